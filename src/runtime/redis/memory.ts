import { LRUCache } from "lru-cache";
import { added, wholeNumberOf } from "./shapes.ts";

/** Milliseconds of a clock that nobody sets: durations are measured by it. */
export type Clock = () => number;

export interface MemoryLimits {
  /** Most entries; the one that was not used for longest goes first. */
  readonly maxEntries: number;
  /** Most characters in keys and values together. A character costs up to two bytes, an entry some 300 bytes more. */
  readonly maxCharacters: number;
}

/** Stated bound of each memory: 10,000 entries, 4 million characters, so at most about 11 MB. */
export const memoryLimits: MemoryLimits = { maxEntries: 10_000, maxCharacters: 4_000_000 };

/** Texts with a time to live in this process, bounded. Stands in for Redis; everything is as synchronous as it is local. */
export interface Memory {
  get(key: string): string | undefined;
  /** Too large a text is not kept; false tells. */
  set(key: string, text: string, ttlMs: number): boolean;
  /** Adds to a counter, which begins at 0 and lives for `ttlMs` from its first use. What is no integer counts as 0. */
  add(key: string, by: number, ttlMs: number): { value: number; remainingMs: number };
  remainingMs(key: string): number;
  delete(key: string): boolean;
  clear(): void;
  readonly size: number;
}

/** Never 0, which to the cache is no beginning at all. */
const monotonic: Clock = () => performance.now() + 1;

/** @param onEvict told of each entry that had to go before its time */
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
    // The clock is asked each time: no timers, and tests set the time.
    ttlResolution: 0,
    perf: { now },
    ...(onEvict && { dispose: (_text, _key, reason) => reason === "evict" && onEvict() }),
  });
  const memory: Memory = {
    get: (key) => texts.get(key),
    set(key, text, ttlMs) {
      // To the cache a time of 0 is no end at all.
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
