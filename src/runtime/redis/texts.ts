import type { Client } from "./client.ts";
import type { Attempt, RedisLink } from "./link.ts";
import type { Memory } from "./memory.ts";

/** Where a value was written. "nowhere": it is no JSON, or too large for the memory. */
export type Written = "redis" | "memory" | "nowhere";

/** Texts under keys, in Redis where it can be reached, else in memory. */
export interface Texts {
  read(key: string): Promise<string | undefined>;
  write(key: string, text: string, seconds: number): Promise<Written>;
  delete(keys: readonly string[]): Promise<void>;
  /** Work on one key; not reached while Redis has an older text under it than callers were told. */
  attempt<Value>(key: string, work: (redis: Client) => Promise<Value>, budgetMs?: number): Promise<Attempt<Value>>;
  /** Keeps a text in memory after an attempt did not reach Redis. */
  keep(key: string, text: string, seconds: number): Written;
  readFromMemory(key: string): string | undefined;
}

/** Keys that changed while Redis could not be told. Bounded: those beyond are old in Redis until they expire. */
const mostStaleKeys = 10_000;

const unreached = { reached: false } as const;

export function createTexts(link: RedisLink, memory: Memory): Texts {
  const stale = new Set<string>();

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
    if (link.state === "disabled") return;
    if (stale.size < mostStaleKeys) stale.add(key);
    if (link.state === "up") link.settleSoon();
  }

  const texts: Texts = {
    attempt: async (key, work, budgetMs) => (stale.has(key) ? unreached : link.attempt(work, budgetMs)),
    readFromMemory: (key) => memory.get(key),
    keep(key, text, seconds) {
      isStaleInRedis(key);
      return memory.set(key, text, seconds * 1_000) ? "memory" : "nowhere";
    },
    async read(key) {
      const found = await texts.attempt(key, (redis) => redis.get(key));
      return found.reached ? (found.value ?? undefined) : memory.get(key);
    },
    async write(key, text, seconds) {
      const written = await texts.attempt(key, (redis) => redis.set(key, text, "EX", seconds));
      return written.reached ? "redis" : texts.keep(key, text, seconds);
    },
    async delete(keys) {
      if (keys.length === 0) return;
      const deleted = await link.attempt((redis) => redis.unlink(...keys));
      for (const key of keys) {
        memory.delete(key);
        if (!deleted.reached) isStaleInRedis(key);
      }
    },
  };
  return texts;
}
