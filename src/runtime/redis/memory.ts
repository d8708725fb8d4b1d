import { LRUCache } from "lru-cache";
import { added, wholeNumberOf } from "./shapes.ts";

/** Milliseconds of a monotonic clock, for durations. */
export type Clock = () => number;

export interface MemoryLimits {
  /** Maximum entries; the least recently used is evicted first. */
  readonly maxEntries: number;
  /** Maximum characters of all keys and values. A character needs up to two bytes, an entry about 300 bytes more. */
  readonly maxCharacters: number;
}

/** Documented bound of each memory: 10,000 entries, 4 million characters, so at most about 11 MB. */
export const memoryLimits: MemoryLimits = { maxEntries: 10_000, maxCharacters: 4_000_000 };

/** A bounded store of texts with expiry in this process. Synchronous; replaces Redis while it is down. */
export interface Memory {
  get(key: string): string | undefined;
  /** Returns false for a text that is too large, which is not stored. */
  set(key: string, text: string, ttlMs: number): boolean;
  /** Adds to a counter, which starts at 0 and expires `ttlMs` after its first use. A value that is not an integer counts as 0. */
  add(key: string, by: number, ttlMs: number): { value: number; remainingMs: number };
  remainingMs(key: string): number;
  delete(key: string): boolean;
  clear(): void;
  readonly size: number;
}

/** Never 0, which the cache library takes for no start time. */
const monotonic: Clock = () => performance.now() + 1;

/** @param onEvict called for each entry that is evicted before its expiry */
export function createMemory(
  now: Clock = monotonic,
  limits: MemoryLimits = memoryLimits,
  onEvict?: () => void,
): Memory {
  const texts = new LRUCache<string, string>({
    max: limits.maxEntries,
    maxSize: limits.maxCharacters,
    maxEntrySize: Math.ceil(limits.maxCharacters / 4),
    sizeCalculation: (text, key) => Math.max(1, text.length + key.length),
    // The clock is read each time, so that there are no timers and tests can set the time.
    ttlResolution: 0,
    perf: { now },
    ...(onEvict && { dispose: (_text, _key, reason) => reason === "evict" && onEvict() }),
  });
  const memory: Memory = {
    get: (key) => texts.get(key),
    set(key, text, ttlMs) {
      // The cache library takes a time to live of 0 for no expiry.
      texts.set(key, text, { ttl: Math.max(1, ttlMs) });
      return texts.has(key);
    },
    add(key, by, ttlMs) {
      const before = wholeNumberOf(texts.get(key) ?? "");
      const value = added(before ?? 0, by);
      texts.set(key, String(value), { ttl: before === undefined ? ttlMs : Math.max(1, texts.getRemainingTTL(key)) });
      return { value, remainingMs: texts.getRemainingTTL(key) };
    },
    remainingMs: (key) => (texts.has(key) ? texts.getRemainingTTL(key) : 0),
    delete: (key) => texts.delete(key),
    clear: () => texts.clear(),
    get size() {
      return texts.size;
    },
  };
  return memory;
}
