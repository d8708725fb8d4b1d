import { OptionError, type OptionFinding } from "../shared/options.ts";
import type { CircuitBreaker, CircuitBreakerOptions } from "./breaker.ts";
import type { Cache } from "./cache.ts";
import type { Cached } from "./cached.ts";
import type { Fanout } from "./fanout.ts";
import type { Limits, RateLimit, RateLimitOptions } from "./limiter.ts";
import { breakerOptions, limitOptions } from "./options.ts";
import { createStateStore, type RedisCounts, type StateStore, type StateStoreOptions } from "./state-store.ts";
import type { RedisDetail } from "./status.ts";

export type { EventName, EventProperties } from "../shared/catalog.ts";
export { EventNotAllowedError } from "../shared/check.ts";
export { isOptionError, OptionError, type OptionFinding } from "../shared/options.ts";
export {
  type CircuitBreaker,
  type CircuitBreakerOptions,
  CircuitOpenError,
  type CircuitState,
  isCircuitOpenError,
} from "./breaker.ts";
export { ttlBounds } from "./cache.ts";
export type { EmittedEvent, EventHandler } from "./fanout.ts";
export { eventChannel, keys } from "./keys.ts";
export type { LimitAnswer, RateLimit, RateLimitOptions, WhenRedisIsDown } from "./limiter.ts";
export type { LinkState } from "./link.ts";
export { memoryLimits } from "./memory.ts";
export type { Notice } from "./notice.ts";
export type { Operation } from "./outcome.ts";
export { createStateStore, type RedisCounts, type StateStore, type StateStoreOptions } from "./state-store.ts";
export type { RedisDetail, RefusalReason } from "./status.ts";
export type { WriteTarget } from "./texts.ts";

/** Environment variables of `initRedis`. */
export interface RedisEnvironment {
  /**
   * redis:// or rediss:// with password.
   * @default this process's memory
   */
  readonly REDIS_URL?: string | undefined;
  /**
   * "development" and "test": emitted events that the catalog does not allow throw.
   * @default "production"
   */
  readonly NODE_ENV?: string | undefined;
}

let store: StateStore | undefined;

/** The process's store; the first call opens it with `process.env` if `initRedis` was not called before. */
function current(): StateStore {
  store ??= open(process.env, {});
  return store;
}

function open(env: RedisEnvironment, options: Omit<StateStoreOptions, "url">): StateStore {
  return createStateStore({
    development: isDevelopment(env),
    ...options,
    url: env.REDIS_URL,
  });
}

const isDevelopment = ({ NODE_ENV }: RedisEnvironment) => /^(?:development|test)$/.test(NODE_ENV ?? "");

/** Checks options at the top of a module immediately, not at the first request. */
function throwInDevelopment(findings: readonly OptionFinding[]): void {
  if (findings.length > 0 && isDevelopment(process.env)) throw new OptionError(findings);
}

/**
 * Opens Redis for this process. Await it before the service listens: it resolves with whether Redis is up, after a second at
 * the latest. Throws nothing.
 *
 * @example const isThere = await initRedis();
 */
export async function initRedis(
  env: RedisEnvironment = process.env,
  options: Omit<StateStoreOptions, "url"> = {},
): Promise<boolean> {
  const before = store;
  store = open(env, options);
  await before?.close();
  return store.ready();
}

/**
 * Closes the connections, so that the process can end.
 *
 * @example process.once("SIGTERM", () => void closeRedis());
 */
export async function closeRedis(): Promise<void> {
  await store?.close();
}

/**
 * The value under a key; undefined when there is none, or when Redis is down and this process has none.
 *
 * @example const seen = await cacheGet("slots:42");
 */
export const cacheGet: Cache["cacheGet"] = (key) => current().cacheGet(key);
/**
 * Stores a value under a key for so many seconds.
 *
 * @example await cacheSet("slots:42", ["10:00"], 60);
 */
export const cacheSet: Cache["cacheSet"] = (key, value, ttlSeconds) => current().cacheSet(key, value, ttlSeconds);
/**
 * Adds to a counter and returns its new value; its seconds start with the first addition.
 *
 * @example const sent = await cacheIncr("sent:42", 1, 3600);
 */
export const cacheIncr: Cache["cacheIncr"] = (key, by, ttlSeconds) => current().cacheIncr(key, by, ttlSeconds);
/**
 * Deletes values and counters.
 *
 * @example await cacheDel("slots:42", "sent:42");
 */
export const cacheDel: Cache["cacheDel"] = (...deleted) => current().cacheDel(...deleted);
/**
 * The value under a key; if there is none, the result of `load`, which is stored for so many seconds.
 *
 * @example const slots = await cached("slots:42", 60, async () => ["10:00"]);
 */
export const cached: Cached = (key, ttlSeconds, load) => current().cached(key, ttlSeconds, load);
/**
 * Publishes an event of the catalog to the other processes.
 *
 * @example await emitEvent("cadence.message_queued", { channel: "sms", template_id: "", contact_id: "c_1" }, { tenant: "tenant_42" });
 */
export const emitEvent: Fanout["emitEvent"] = (event, properties, options) =>
  current().emitEvent(event, properties, options);
/**
 * Calls the handler for each of these events that any process emits.
 *
 * @example await subscribeEvents(["cadence.message_queued"], ({ tenant }) => console.log(tenant));
 */
export const subscribeEvents: Fanout["subscribeEvents"] = (names, handler) => current().subscribeEvents(names, handler);
/**
 * Multiplies the limits of a tenant for so many seconds.
 *
 * @example await setRateMultiplier("tenant_42", 0.5, 3600);
 */
export const setRateMultiplier: Limits["setRateMultiplier"] = (tenant, factor, ttlSeconds) =>
  current().setRateMultiplier(tenant, factor, ttlSeconds);

/**
 * A rate limit; can be defined at the top of a module, before `initRedis` is called.
 *
 * @example
 * const sms = rateLimit("sms", { limit: 20, windowSeconds: 60, whenRedisIsDown: "open" });
 * const { allowed, retryAfterMs } = await sms.take("tenant_42");
 */
export function rateLimit(bucket: string, options: RateLimitOptions): RateLimit {
  throwInDevelopment(limitOptions(bucket, options).findings);
  const limit = once((opened) => opened.rateLimit(bucket, options));
  return { take: (tenant, cost) => limit().take(tenant, cost) };
}

/**
 * A circuit breaker; can be defined at the top of a module, before `initRedis` is called.
 *
 * @example
 * const calendar = circuitBreaker("calendar", { failures: 5, openSeconds: 30 });
 * const slots = await calendar.run(async () => ["10:00"]);
 */
export function circuitBreaker(name: string, options?: CircuitBreakerOptions): CircuitBreaker {
  throwInDevelopment(breakerOptions(name, options).findings);
  const breaker = once((opened) => opened.circuitBreaker(name, options));
  return { run: (call) => breaker().run(call), state: () => breaker().state() };
}

/**
 * "ok", "error" while Redis or part of it cannot be used, "disabled" without REDIS_URL. Never slower than the deadline.
 *
 * @example const status = await redisStatus();
 */
export async function redisStatus(): Promise<"ok" | "error" | "disabled"> {
  return current().redisStatus();
}

/**
 * The same with reasons: which commands are refused, with the server's error code, and since when.
 *
 * @example const detail = await redisDetail();
 */
export async function redisDetail(): Promise<RedisDetail> {
  return current().redisDetail();
}

/**
 * Counts of what was lost or replaced since the start.
 *
 * @example const { evicted } = redisCounts();
 */
export function redisCounts(): RedisCounts {
  return current().redisCounts();
}

/** Created from the current store, and again when another one is opened. */
function once<Made>(make: (opened: StateStore) => Made): () => Made {
  let of: StateStore | undefined;
  let made: Made;
  return () => {
    const opened = current();
    if (of !== opened) {
      made = make(opened);
      of = opened;
    }
    return made;
  };
}
