import { serverRules } from "../shared/environment.ts";
import { createOptionReport, type OptionFinding } from "../shared/options.ts";
import { createDrops, droppedInWords } from "../shared/privacy/drops.ts";
import { redactText } from "../shared/privacy/text.ts";
import { redact } from "../shared/privacy/value.ts";
import { checkedVariable } from "../shared/variables.ts";
import { type CreateCircuitBreaker, createBreakers } from "./breaker.ts";
import type { Cache } from "./cache.ts";
import { checkedNumber, createCache } from "./cache.ts";
import { type Cached, createCached } from "./cached.ts";
import { createFanout, type Fanout } from "./fanout.ts";
import { createLimits, type Limits } from "./limiter.ts";
import { createLink, type LinkState } from "./link.ts";
import { createListener } from "./listener.ts";
import { type Clock, createMemory, memoryLimits } from "./memory.ts";
import type { Notice } from "./notice.ts";
import { numberFor } from "./options.ts";
import type { UnexpectedValue } from "./shapes.ts";
import type { RedisDetail } from "./status.ts";
import { createTexts } from "./texts.ts";

export interface StateStoreOptions {
  /**
   * `redis://` or `rediss://` with password.
   * @default this process's memory
   */
  readonly url?: string | undefined;
  /**
   * Maximum time that a call waits for Redis, in milliseconds: 10 to 10,000.
   * @default 250
   */
  readonly deadlineMs?: number | undefined;
  /**
   * Throw {@link EventNotAllowedError} on an event that the catalog does not allow, and {@link OptionError} on an option
   * that cannot be. false by default: the event is sent without it, the option is replaced, and both are told once.
   * @default false
   */
  readonly development?: boolean | undefined;
  /**
   * Called with log messages: one line when a condition begins and one when it ends.
   * @default the console
   */
  readonly notice?: ((notice: Notice) => void) | undefined;
  /**
   * Called for each event that is not emitted, and each property dropped from one that is.
   * @default nothing is called
   */
  readonly onDrop?: ((what: string) => void) | undefined;
  /**
   * Clock of the memory, in milliseconds from any start; it must be monotonic.
   * @default a monotonic clock
   */
  readonly now?: Clock | undefined;
}

/** Exact counts of what was lost or replaced since the start. */
export interface RedisCounts {
  /** Keys with an outdated value in Redis; they are deleted when it is back. */
  readonly stale_keys: number;
  /** Outdated keys beyond the memory's bound: they stay outdated in Redis until they expire. */
  readonly stale_keys_lost: number;
  /** Values and counters evicted from this process's memory before their expiry. */
  readonly evicted: number;
  /** Keys in another format that were replaced. */
  readonly replaced: number;
}

/** Cache, limits, breakers and events over one connection. */
export interface StateStore extends Cache, Limits, Fanout {
  readonly cached: Cached;
  readonly circuitBreaker: CreateCircuitBreaker;
  /** "ok", "error" while Redis or part of it cannot be used, "disabled" without a URL. Never slower than the deadline. */
  redisStatus(): Promise<"ok" | "error" | "disabled">;
  /** The same with reasons. */
  redisDetail(): Promise<RedisDetail>;
  redisCounts(): RedisCounts;
  /** The known state of Redis, without a request. */
  readonly state: LinkState;
  /** Resolves with whether Redis is up, after `ms` (default 1000) at the latest. A service should await it before it listens. */
  ready(ms?: number): Promise<boolean>;
  /** Closes the connections, so that the process can end. Calls after it use the memory. */
  close(): Promise<void>;
}

const inWords: Readonly<Record<Exclude<UnexpectedValue, "">, string>> = {
  text: "is no counter: it was replaced",
  type: "is of another type: it was replaced",
  endless: "had no expiry, or one beyond its window: it counts as a window that has ended, or gets one",
  factor: "is no factor from 0 to 1000000: 1 is used",
};

/**
 * Opens cache, limits, breakers and events on one Redis, or in memory. Throws nothing, whatever the URL.
 * @throws OptionError in development, for an invalid deadline
 * @example
 * const store = createStateStore({ url: process.env.REDIS_URL, deadlineMs: 100 });
 * await store.cacheSet("slots:42", ["10:00"], 60);
 */
export function createStateStore(options: StateStoreOptions = {}): StateStore {
  const { development = false, now } = options;
  const notice = quiet(options.notice ?? onConsole);
  const drops = createDrops((what) => notice({ kind: "event-dropped", message: droppedInWords(what) }));
  const onDrop = (what: string): void => {
    drops.count(what);
    options.onDrop?.(what);
  };
  const report = createOptionReport(development, (message) => notice({ kind: "option", message }));
  const findings: OptionFinding[] = [];
  const deadlineMs = numberFor("createStateStore.deadlineMs", options.deadlineMs, findings);
  report(findings);
  const { value: url, finding: wrong } = checkedVariable("REDIS_URL", options.url, serverRules.REDIS_URL);
  if (url && wrong) notice({ kind: "variable", message: `${wrong}. It is used without them.` });

  const warned = new Set<string>();
  const once = (kind: "redis-found" | "redis-lost", what: string, message: string): void => {
    if (warned.has(what)) return;
    warned.add(what);
    notice({ kind, message });
  };
  let evicted = 0;
  let replaced = 0;
  const onEvict = (what: string) => () => {
    evicted += 1;
    const { maxEntries, maxCharacters } = memoryLimits;
    const room = `there is room for ${maxEntries} entries and ${maxCharacters} characters`;
    once("redis-lost", `evicted ${what}`, `${what} left this process's memory before their time: ${room}.`);
  };
  const onFound = (key: string, found: UnexpectedValue): void => {
    if (found === "") return;
    replaced += 1;
    once("redis-found", found, `What another program wrote under ${redactText(key, 120)} ${inWords[found]}.`);
  };
  const onValue = (key: string, reason: string): void => {
    replaced += 1;
    once(
      "redis-found",
      reason,
      `Redis does not take the value of ${redactText(key, 120)}: ${reason}. It is not cached.`,
    );
  };
  const onNoJson = (key: string): void => {
    const what = `The value of ${redactText(key, 120)} cannot be written as JSON (undefined, a BigInt, a function, a cycle)`;
    once("redis-found", "no JSON", `${what}: such values are not cached.`);
  };
  const onStaleLost = () =>
    once(
      "redis-lost",
      "stale",
      "More keys changed while Redis was away than can be remembered: some are old until they expire.",
    );

  const link = createLink({ url, wrong, deadlineMs, notice });
  const values = createMemory(now, memoryLimits, onEvict("Cached values"));
  const counters = createMemory(now, memoryLimits, onEvict("Counters of limits and breakers"));
  const listener = createListener(url, deadlineMs);
  const texts = createTexts(link, values, onValue, onStaleLost);
  return {
    ...createCache(texts, values, report, { onFound, onNoJson }),
    ...createLimits(link, texts, counters, { report, onFound }),
    ...createFanout(link, listener, { development, onDrop, onHandlerError }),
    cached: createCached(texts, { deadlineMs, report, onNoJson }),
    circuitBreaker: createBreakers(link, counters, deadlineMs, report),
    get state() {
      return link.state;
    },
    redisDetail: () => link.detail(),
    async redisStatus() {
      const { status } = await link.detail();
      return status === "degraded" ? "error" : status;
    },
    redisCounts() {
      const stale = texts.stale();
      return { stale_keys: stale.now, stale_keys_lost: stale.lost, evicted, replaced };
    },
    ready: async (ms) => link.ready(checkedNumber("ready.ms", ms, report)),
    async close() {
      listener.close();
      await link.close();
    },
  };
}

/** An error of the app's notice handler must not become an error here. */
function quiet(notice: (notice: Notice) => void): (notice: Notice) => void {
  return (change) => {
    try {
      notice(change);
    } catch {
      // Ignored.
    }
  };
}

function onHandlerError(error: unknown): void {
  console.error(`[observability] A subscriber of events failed: ${JSON.stringify(redact(error))}`);
}

function onConsole({ kind, message }: Notice): void {
  if (kind === "redis-up" || kind === "redis-takes") console.info(`[observability] ${message}`);
  else console.warn(`[observability] ${message}`);
}
