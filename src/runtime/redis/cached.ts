import { randomUUID } from "node:crypto";
import { boundedTtl } from "./cache.ts";
import type { Client } from "./client.ts";
import { parsed, serialized } from "./json.ts";
import { keys } from "./keys.ts";
import type { Texts } from "./texts.ts";

/** How long one process may load before another one tries as well. */
const loadLimitMs = 10_000;
/** How often those who wait look whether the value is there. */
const lookEveryMs = 25;

/**
 * The cached value, or what `load` gives, which is then cached. However many ask at once, in this process and in
 * others, `load` runs once; the others wait for its value. What `load` throws is thrown to all who waited in this
 * process. Everybody gets a copy of their own, as JSON has it (a Date is a text), on a hit and on a miss alike.
 *
 * @param ttlSeconds 60 to 86400
 */
export type Cached = <Value>(key: string, ttlSeconds: number, load: () => Value | Promise<Value>) => Promise<Value>;

interface Loaded {
  /** Absent for a value that JSON cannot say: it is given as it is, and not cached. */
  readonly text?: string | undefined;
  readonly value?: unknown;
}

export function createCached(texts: Texts, deadlineMs: number): Cached {
  const underWay = new Map<string, Promise<Loaded>>();

  return async <Value>(key: string, ttlSeconds: number, load: () => Value | Promise<Value>) => {
    const { text, value } = await (underWay.get(key) ?? begin(key, boundedTtl(ttlSeconds), load));
    return (text === undefined ? value : parsed(text)) as Value;
  };

  function begin(key: string, seconds: number, load: () => unknown): Promise<Loaded> {
    const begun = find(key, seconds, load).finally(() => underWay.delete(key));
    underWay.set(key, begun);
    return begun;
  }

  async function find(key: string, seconds: number, load: () => unknown): Promise<Loaded> {
    const lock = keys.loading(key);
    const token = randomUUID();
    const begun = performance.now();
    const hit = await texts.attempt(key, (redis) => redis.get(key));
    // A process that cannot reach Redis now does not ask it again in the same call, so that it waits once at most.
    if (!hit.reached) return fromMemory(key, seconds, load);
    if (isJson(hit.value)) return { text: hit.value };
    for (let budgetMs = deadlineMs - (performance.now() - begun); ; budgetMs = deadlineMs) {
      // The lock before the value: whoever gets the lock sees what its last holder wrote.
      const look = await texts.attempt(
        key,
        (redis) => Promise.all([redis.set(lock, token, "PX", loadLimitMs, "NX"), redis.get(key)]),
        budgetMs,
      );
      if (!look.reached) return fromMemory(key, seconds, load);
      const [held, found] = look.value;
      if (isJson(found)) {
        if (held) void texts.attempt(key, (redis) => deleteIfEqual(redis, lock, token));
        return { text: found };
      }
      const tooLong = performance.now() - begun > loadLimitMs;
      if (held || tooLong) return underLock(key, seconds, load, token, budgetMs);
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  }

  async function underLock(
    key: string,
    seconds: number,
    load: () => unknown,
    token: string,
    budgetMs: number,
  ): Promise<Loaded> {
    const release = (redis: Client) => deleteIfEqual(redis, keys.loading(key), token);
    let value: unknown;
    try {
      value = await load();
    } catch (error) {
      void texts.attempt(key, release);
      throw error;
    }
    const text = serialized(value);
    if (text === undefined) {
      void texts.attempt(key, release);
      return { value };
    }
    const written = await texts.attempt(
      key,
      (redis) => Promise.all([redis.set(key, text, "EX", seconds), release(redis)]),
      budgetMs,
    );
    if (!written.reached) texts.keep(key, text, seconds);
    return { text };
  }

  async function fromMemory(key: string, seconds: number, load: () => unknown): Promise<Loaded> {
    const kept = texts.readFromMemory(key);
    if (isJson(kept)) return { text: kept };
    const value = await load();
    const text = serialized(value);
    if (text !== undefined) texts.keep(key, text, seconds);
    return { text, value };
  }
}

function isJson(text: string | null | undefined): text is string {
  return parsed(text) !== undefined;
}

async function deleteIfEqual(redis: Client, key: string, value: string): Promise<void> {
  if ((await redis.get(key)) === value) await redis.unlink(key);
}
