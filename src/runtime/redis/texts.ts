import type { Client } from "./client.ts";
import type { RedisLink, RedisResult } from "./link.ts";
import type { Memory } from "./memory.ts";
import type { Operation } from "./outcome.ts";

/** Where a value was written. "nowhere": it is not JSON, or too large for Redis or the memory. */
export type WriteTarget = "redis" | "memory" | "nowhere";

/** Texts under keys, in Redis when it is available, else in memory. */
export interface Texts {
  /** The result of `of` for the text; undefined without one. */
  read<Value>(key: string, of: (text: string | undefined) => Value): Promise<Value>;
  write(key: string, text: string, seconds: number): Promise<WriteTarget>;
  delete(keys: readonly string[]): Promise<void>;
  /** Runs work on one key; skips Redis while it has an older text under the key than callers were given. */
  attempt<Value>(
    operation: Operation,
    key: string,
    work: (redis: Client) => Promise<Value>,
    budgetMs?: number,
  ): Promise<RedisResult<Value>>;
  /** Stores a text in memory after an attempt did not reach Redis. */
  keep(key: string, text: string, seconds: number): WriteTarget;
  readFromMemory(key: string): string | undefined;
  /** Keys with an older text in Redis: how many now, and how many exceeded the limit. */
  stale(): { now: number; lost: number };
}

/**
 * Keys that changed while Redis was unavailable. Bounded: keys beyond the limit stay outdated in Redis until they
 * expire.
 */
const mostStaleKeys = 10_000;

const unreached = { reached: false } as const;

/**
 * @param onValue called when Redis refuses one value, or has another type under one key
 * @param onLost called when there are more outdated keys than the limit
 */
export function createTexts(
  link: RedisLink,
  memory: Memory,
  onValue: (key: string, reason: string) => void,
  onLost: () => void,
): Texts {
  const stale = new Set<string>();
  let lost = 0;

  // Redis has older texts under these keys than callers were given: they are deleted before Redis is used again.
  link.onReturn(async (redis) => {
    const hadFallback = link.state !== "up" || stale.size > 0;
    while (stale.size > 0) {
      const some = [...stale].slice(0, 500);
      await redis.unlink(...some);
      for (const key of some) stale.delete(key);
    }
    // Removed, so that the next outage does not serve it when it is even older.
    if (hadFallback) memory.clear();
  });

  function isStaleInRedis(key: string): void {
    if (link.state === "disabled" || stale.has(key)) return;
    if (stale.size < mostStaleKeys) stale.add(key);
    else {
      lost += 1;
      onLost();
    }
    if (link.state === "up") link.settleSoon();
  }

  const texts: Texts = {
    attempt: async (operation, key, work, budgetMs) =>
      stale.size > 0 && stale.has(key) ? unreached : link.attempt(operation, work, budgetMs),
    readFromMemory: (key) => memory.get(key),
    stale: () => ({ now: stale.size, lost }),
    keep(key, text, seconds) {
      isStaleInRedis(key);
      return memory.set(key, text, seconds * 1_000) ? "memory" : "nowhere";
    },
    read: (key, of) =>
      stale.size > 0 && stale.has(key)
        ? Promise.resolve(of(memory.get(key)))
        : link.attemptThen(
            "read",
            (redis) => redis.get(key),
            (found) => {
              if (found.reached) return of(found.value ?? undefined);
              if (found.refusedValue === undefined) return of(memory.get(key));
              onValue(key, found.refusedValue);
              return of(undefined);
            },
          ),
    async write(key, text, seconds) {
      const answer = await texts.attempt("write", key, (redis) => redis.set(key, text, "EX", seconds));
      if (answer.reached) return "redis";
      if (answer.refusedValue === undefined) return texts.keep(key, text, seconds);
      // Too large for Redis: no value is better than the previous one.
      onValue(key, answer.refusedValue);
      await texts.delete([key]);
      return "nowhere";
    },
    async delete(keys) {
      if (keys.length === 0) return;
      const deleted = await link.attempt("delete", (redis) => redis.unlink(...keys));
      for (const key of keys) {
        memory.delete(key);
        if (!deleted.reached) isStaleInRedis(key);
      }
    },
  };
  return texts;
}
