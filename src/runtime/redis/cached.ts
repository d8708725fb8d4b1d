import { randomUUID } from "node:crypto";
import type { ReportOptions } from "../shared/options.ts";
import { checkedNumber, textOfKey } from "./cache.ts";
import type { Client } from "./client.ts";
import { parsed, serialized } from "./json.ts";
import { keys } from "./keys.ts";
import { outcomeOf } from "./outcome.ts";
import type { Texts } from "./texts.ts";

/** Expiry of a lock without renewal, in milliseconds: the maximum wait for a process that has ended. */
const lockMs = 1_000;
/** Interval at which the holder renews its lock. */
const renewEveryMs = 250;
/** Maximum loading time of one process before another one also tries. */
const loadLimitMs = 10_000;
/** Polling interval of waiting callers. */
const lookEveryMs = 25;

/**
 * The cached value, or what `load` gives, which is then cached. However many ask at once, in this process and in
 * others, `load` runs once; the others wait for its value. After 10 s without it, or 1 s if the process that loads is
 * gone, one of them loads it as well. What
 * `load` throws is thrown to all who waited in this process. Everybody gets a copy of their own, as JSON has it (a Date
 * is a text), on a hit and on a miss alike.
 *
 * @param ttlSeconds 60 to 86400
 */
export type Cached = <Value>(key: string, ttlSeconds: number, load: () => Value | Promise<Value>) => Promise<Value>;

/** A load of this process. */
interface UnderWay {
  readonly begun: number;
  readonly loaded: Promise<Loaded>;
  /** Once somebody waits for it: resolves when it has taken too long. */
  tooLong?: Promise<undefined>;
  timer?: NodeJS.Timeout;
}

interface Loaded {
  /** Absent for a value that cannot be JSON: it is returned unchanged, and not cached. */
  readonly text?: string | undefined;
  readonly value?: unknown;
}

/** A lock of this process, renewed while it loads. */
interface Lock {
  /** Releases it without waiting for the answer, so that the next caller need not wait. */
  release(): void;
}

export interface CachedOptions {
  readonly deadlineMs: number;
  readonly report: ReportOptions;
  /** Called for a value that JSON cannot say: it is loaded each time. */
  readonly onNoJson: (key: string) => void;
}

export function createCached(texts: Texts, { deadlineMs, report, onNoJson }: CachedOptions): Cached {
  const underWay = new Map<string, UnderWay>();

  return async <Value>(given: string, ttlSeconds: number, load: () => Value | Promise<Value>) => {
    const key = textOfKey(given);
    const seconds = checkedNumber("cached.ttlSeconds", ttlSeconds, report);
    const { text, value } = await (underWay.has(key) ? join(key, seconds, load) : begin(key, seconds, load));
    return (text === undefined ? value : parsed(text)) as Value;
  };

  function begin(key: string, seconds: number, load: () => unknown): Promise<Loaded> {
    const own: UnderWay = {
      begun: performance.now(),
      loaded: find(key, seconds, load).finally(() => {
        clearTimeout(own.timer);
        if (underWay.get(key) === own) underWay.delete(key);
      }),
    };
    underWay.set(key, own);
    return own.loaded;
  }

  /** Waits for the load of another call; where that takes too long, the first of those who wait loads as well. */
  async function join(key: string, seconds: number, load: () => unknown): Promise<Loaded> {
    for (let other = underWay.get(key); other; other = underWay.get(key)) {
      const loaded = await Promise.race([other.loaded, tooLong(other)]);
      if (loaded !== undefined) return loaded;
      if (underWay.get(key) === other) underWay.delete(key);
    }
    return begin(key, seconds, load);
  }

  async function find(key: string, seconds: number, load: () => unknown): Promise<Loaded> {
    const lock = keys.loading(key);
    const begun = performance.now();
    const hit = await texts.attempt("read", key, (redis) => textOf(redis, key));
    // After a failed attempt, Redis is not tried again in the same call, so that the caller waits at most once.
    if (!hit.reached) return fromMemory(key, seconds, load);
    if (isJson(hit.value)) return { text: hit.value };
    for (let budgetMs = deadlineMs - (performance.now() - begun); ; budgetMs = deadlineMs) {
      const asked = performance.now();
      // The lock before the value: whoever gets the lock sees what its last holder wrote.
      const look = await texts.attempt(
        "write",
        key,
        (redis) =>
          Promise.all([redis.set(lock, randomUUID(), "PX", lockMs, "NX"), textOf(redis, key), redis.pttl(lock)]),
        budgetMs,
      );
      if (!look.reached) return fromMemory(key, seconds, load);
      const [held, found, lockLeftMs] = look.value;
      const tooLong = performance.now() - begun > loadLimitMs;
      const mine = held ? hold(lock, key) : undefined;
      if (isJson(found)) {
        mine?.release();
        return { text: found };
      }
      if (held || tooLong) {
        return underLock(key, seconds, load, mine, Math.max(1, budgetMs - (performance.now() - asked)));
      }
      if (lockLeftMs === -1 || lockLeftMs > lockMs) bound(lock, key);
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  }

  /** A lock without an expiry, or with a longer one, is no holder's: it would be waited for each time. */
  function bound(lock: string, key: string): void {
    void texts.attempt("write", key, (redis) => redis.pexpire(lock, lockMs)).catch(() => {});
  }

  /**
   * Renews the lock until it is released. Ownership follows from the expiry: the lock is deleted only if its last renewal is
   * younger than the expiry, so that no other holder's lock is deleted, and no script, which Redis may refuse, is needed.
   */
  function hold(lock: string, key: string): Lock {
    const begun = performance.now();
    let signOfLife = begun;
    const renewal = setInterval(async () => {
      if (performance.now() - begun > loadLimitMs || performance.now() - signOfLife > lockMs) {
        return clearInterval(renewal);
      }
      const asked = performance.now();
      const renewed = await texts.attempt("write", key, (redis) => redis.pexpire(lock, lockMs)).catch(() => undefined);
      if (renewed?.reached && renewed.value === 1) signOfLife = asked;
    }, renewEveryMs).unref();
    return {
      release() {
        clearInterval(renewal);
        if (performance.now() - signOfLife > lockMs - deadlineMs) return;
        void texts.attempt("delete", key, (redis) => redis.unlink(lock)).catch(() => {});
      },
    };
  }

  async function underLock(
    key: string,
    seconds: number,
    load: () => unknown,
    lock: Lock | undefined,
    budgetMs: number,
  ): Promise<Loaded> {
    try {
      const value = await load();
      const text = serialized(value);
      if (text === undefined) return uncached(key, value);
      const answer = await texts.attempt("write", key, (redis) => redis.set(key, text, "EX", seconds), budgetMs);
      if (!answer.reached && answer.refusedValue === undefined) texts.keep(key, text, seconds);
      return { text };
    } finally {
      lock?.release();
    }
  }

  /** Undefined is what a load gives that found nothing; anything else that JSON cannot say is a mistake. */
  function uncached(key: string, value: unknown): Loaded {
    if (value !== undefined) onNoJson(key);
    return { value };
  }

  async function fromMemory(key: string, seconds: number, load: () => unknown): Promise<Loaded> {
    const remembered = texts.readFromMemory(key);
    if (isJson(remembered)) return { text: remembered };
    const value = await load();
    const text = serialized(value);
    if (text === undefined) return uncached(key, value);
    texts.keep(key, text, seconds);
    return { text };
  }
}

function tooLong(load: UnderWay): Promise<undefined> {
  load.tooLong ??= new Promise((resolve) => {
    load.timer = setTimeout(resolve, loadLimitMs - (performance.now() - load.begun), undefined);
  });
  return load.tooLong;
}

/** The text under a key; null for another type, which the next write replaces. */
async function textOf(redis: Client, key: string): Promise<string | null> {
  try {
    return await redis.get(key);
  } catch (error) {
    if (outcomeOf(error).kind === "value") return null;
    throw error;
  }
}

function isJson(text: string | null | undefined): text is string {
  return parsed(text) !== undefined;
}
