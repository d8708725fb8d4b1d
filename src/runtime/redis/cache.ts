import { parsed, serialized } from "./json.ts";
import type { Memory } from "./memory.ts";
import type { Texts, Written } from "./texts.ts";

/** Shortest and longest life of a cached value. A time outside of it is moved to the nearer bound. */
export const ttlBounds = { shortestSeconds: 60, longestSeconds: 86_400 } as const;

export interface Cache {
  /** The value, or undefined where there is none: never set, expired, deleted, or not JSON. */
  cacheGet<Value = unknown>(key: string): Promise<Value | undefined>;
  /**
   * Keeps a value that JSON can say.
   * @param ttlSeconds 60 to 86400, 300 by default
   * @returns where it is now: "redis", "memory" while Redis is away, "nowhere" if it is no JSON or too large
   */
  cacheSet(key: string, value: unknown, ttlSeconds?: number): Promise<Written>;
  /**
   * Adds to a counter and gives its new value. It begins at 0 and lives for `ttlSeconds` (86400 by default) from its
   * first use. While Redis is away each process counts for itself.
   */
  cacheIncr(key: string, by?: number, ttlSeconds?: number): Promise<number>;
  cacheDel(...keys: string[]): Promise<void>;
}

export function createCache(texts: Texts, memory: Memory): Cache {
  return {
    cacheGet: async <Value>(key: string) => parsed<Value>(await texts.read(key)),

    async cacheSet(key, value, ttlSeconds = 300) {
      const text = serialized(value);
      return text === undefined ? "nowhere" : texts.write(key, text, boundedTtl(ttlSeconds));
    },

    async cacheIncr(key, by = 1, ttlSeconds = ttlBounds.longestSeconds) {
      const amount = Number.isSafeInteger(by) ? by : 0;
      const seconds = boundedTtl(ttlSeconds);
      const added = await texts.attempt(key, (redis) => redis.cacheIncrement(key, amount, seconds));
      return added.reached ? added.value[0] : memory.add(key, amount, seconds * 1_000).value;
    },

    cacheDel: (...keys) => texts.delete(keys),
  };
}

/** The time to live within its bounds; the shortest for what is no number. */
export function boundedTtl(seconds: number): number {
  if (Number.isNaN(seconds)) return ttlBounds.shortestSeconds;
  return Math.min(ttlBounds.longestSeconds, Math.max(ttlBounds.shortestSeconds, Math.round(seconds)));
}
