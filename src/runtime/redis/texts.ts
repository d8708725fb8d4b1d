import type { Client } from "./client.ts";
import type { RedisLink, RedisResult } from "./link.ts";
import type { Memory } from "./memory.ts";
import type { Operation } from "./outcome.ts";

/** Where a value was written. "nowhere": it is no JSON, or too large for Redis or the memory. */
export type WriteTarget = "redis" | "memory" | "nowhere";

/** Texts under keys, in Redis where it can be reached, else in memory. */
export interface Texts {
  /** What `of` makes of the text; undefined for none. */
  read<Value>(key: string, of: (text: string | undefined) => Value): Promise<Value>;
  write(key: string, text: string, seconds: number): Promise<WriteTarget>;
  delete(keys: readonly string[]): Promise<void>;
  /** Work on one key; not reached while Redis has an older text under it than callers were told. */
  attempt<Value>(
    operation: Operation,
    key: string,
    work: (redis: Client) => Promise<Value>,
    budgetMs?: number,
  ): Promise<RedisResult<Value>>;
  /** Keeps a text in memory after an attempt did not reach Redis. */
  keep(key: string, text: string, seconds: number): WriteTarget;
  readFromMemory(key: string): string | undefined;
  /** Keys that Redis has an older text under: how many now, and how many there was no room to remember. */
  stale(): { now: number; lost: number };
}

/** Keys that changed while Redis could not be told. Bounded: those beyond are old in Redis until they expire. */
const mostStaleKeys = 10_000;

const unreached = { reached: false } as const;

/**
 * @param onValue told when Redis does not take one value, or has another type under one key
 * @param onLost told when there are more stale keys than can be remembered
 */
export function createTexts(
  link: RedisLink,
  memory: Memory,
  onValue: (key: string, said: string) => void,
  onLost: () => void,
): Texts {
  const stale = new Set<string>();
  let lost = 0;

  // What Redis still has under these keys is older than what callers were told: it goes before Redis is used again.
  link.onReturn(async (redis) => {
    const hadFallback = link.state !== "up" || stale.size > 0;
    while (stale.size > 0) {
      const some = [...stale].slice(0, 500);
      await redis.unlink(...some);
      for (const key of some) stale.delete(key);
    }
    // Not to be served in the next outage, when it will be older still.
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
      const written = await texts.attempt("write", key, (redis) => redis.set(key, text, "EX", seconds));
      if (written.reached) return "redis";
      if (written.refusedValue === undefined) return texts.keep(key, text, seconds);
      // Too large for Redis: nothing is better than what was there before.
      onValue(key, written.refusedValue);
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
