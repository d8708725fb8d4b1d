import { redact } from "../shared/privacy/value.ts";
import { type CreateCircuitBreaker, createBreakers } from "./breaker.ts";
import type { Cache } from "./cache.ts";
import { createCache } from "./cache.ts";
import { type Cached, createCached } from "./cached.ts";
import { createFanout, type Fanout } from "./fanout.ts";
import { createLimits, type Limits } from "./limiter.ts";
import { createLink, type LinkState, type Notice } from "./link.ts";
import { createListener } from "./listener.ts";
import { type Clock, createMemory } from "./memory.ts";
import { createTexts } from "./texts.ts";

export interface StateStoreOptions {
  /** `redis://` or `rediss://` with password; without it everything is kept in this process's memory. */
  readonly url?: string | undefined;
  /** Longest that any call waits for Redis. 250 by default. */
  readonly deadlineMs?: number | undefined;
  /** Throw {@link EventNotAllowedError} on an event that the catalog does not allow. false by default. */
  readonly development?: boolean | undefined;
  /** Told when Redis goes and comes back. Warns on the console by default. */
  readonly notice?: ((notice: Notice) => void) | undefined;
  /** Told of each property dropped from an emitted event. */
  readonly onDrop?: ((what: string) => void) | undefined;
  /** Clock of the memory, milliseconds since 1970. */
  readonly now?: Clock | undefined;
}

/** Cache, limits, breakers and events over one connection. */
export interface StateStore extends Cache, Limits, Fanout {
  readonly cached: Cached;
  readonly circuitBreaker: CreateCircuitBreaker;
  /** "ok", "error" while Redis is away, "disabled" without a URL. Never slower than the deadline. */
  redisStatus(): Promise<"ok" | "error" | "disabled">;
  /** What is known of Redis without asking it. */
  readonly state: LinkState;
  /** Whether Redis is up, at the latest after `ms` (1000 by default). For a service to wait for before it listens. */
  ready(ms?: number): Promise<boolean>;
  /** Closes the connections, so that the process can end. Calls after it use the memory. */
  close(): Promise<void>;
}

/** Opens cache, limits, breakers and events on one Redis, or in memory. Throws nothing, whatever the URL. */
export function createStateStore(options: StateStoreOptions = {}): StateStore {
  const { url, deadlineMs = 250, development = false, onDrop = () => {}, notice = onConsole, now } = options;
  const link = createLink({ url, deadlineMs, notice });
  const values = createMemory(now);
  const counters = createMemory(now);
  const listener = createListener(url, deadlineMs);
  const texts = createTexts(link, values);
  const cache = createCache(texts, values);
  return {
    ...cache,
    ...createLimits(link, texts, counters),
    ...createFanout(link, listener, { development, onDrop, onHandlerError }),
    cached: createCached(texts, deadlineMs),
    circuitBreaker: createBreakers(link, counters, deadlineMs),
    get state() {
      return link.state;
    },
    async redisStatus() {
      if (link.state === "disabled") return "disabled";
      return (await link.attempt((redis) => redis.ping())).reached ? "ok" : "error";
    },
    ready: (ms = 1_000) => link.ready(ms),
    async close() {
      listener.close();
      await link.close();
    },
  };
}

function onHandlerError(error: unknown): void {
  console.error(`[observability] A subscriber of events failed: ${JSON.stringify(redact(error))}`);
}

function onConsole({ kind, message }: Notice): void {
  if (kind === "redis-down") console.warn(`[observability] ${message}`);
  else console.info(`[observability] ${message}`);
}
