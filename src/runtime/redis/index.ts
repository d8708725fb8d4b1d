import { OptionError, type OptionFinding } from "../shared/options.ts";
import { createDrops } from "../shared/privacy/drops.ts";
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
export type { Written } from "./texts.ts";

/** What `initRedis` reads of the environment. */
export interface RedisEnvironment {
  /** redis:// or rediss:// with password; without it this process's memory is used. */
  readonly REDIS_URL?: string | undefined;
  /** "development" and "test": emitted events that the catalog does not allow throw. */
  readonly NODE_ENV?: string | undefined;
}

let store: StateStore | undefined;
const drops = createDrops();

/** The process's store; opened with `process.env` by the first call, if `initRedis` was not called before. */
function current(): StateStore {
  store ??= open(process.env, {});
  return store;
}

function open(env: RedisEnvironment, options: Omit<StateStoreOptions, "url">): StateStore {
  return createStateStore({
    development: isDevelopment(env),
    onDrop: drops.count,
    ...options,
    url: env.REDIS_URL,
  });
}

const isDevelopment = ({ NODE_ENV }: RedisEnvironment) => /^(?:development|test)$/.test(NODE_ENV ?? "");

/** What is stated where a module begins is wrong there, and not with the first request. */
function throwInDevelopment(findings: readonly OptionFinding[]): void {
  if (findings.length > 0 && isDevelopment(process.env)) throw new OptionError(findings);
}

/**
 * Opens Redis for this process. Await it before the service listens: it resolves when Redis is there, at the latest
 * after a second, and tells whether it is. Throws nothing.
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

/** Closes the connections, so that the process can end. */
export async function closeRedis(): Promise<void> {
  await store?.close();
}

export const cacheGet: Cache["cacheGet"] = (key) => current().cacheGet(key);
export const cacheSet: Cache["cacheSet"] = (key, value, ttlSeconds) => current().cacheSet(key, value, ttlSeconds);
export const cacheIncr: Cache["cacheIncr"] = (key, by, ttlSeconds) => current().cacheIncr(key, by, ttlSeconds);
export const cacheDel: Cache["cacheDel"] = (...deleted) => current().cacheDel(...deleted);
export const cached: Cached = (key, ttlSeconds, load) => current().cached(key, ttlSeconds, load);
export const emitEvent: Fanout["emitEvent"] = (event, properties, options) =>
  current().emitEvent(event, properties, options);
export const subscribeEvents: Fanout["subscribeEvents"] = (names, handler) => current().subscribeEvents(names, handler);
export const setRateMultiplier: Limits["setRateMultiplier"] = (tenant, factor, ttlSeconds) =>
  current().setRateMultiplier(tenant, factor, ttlSeconds);

/** A rate limit; can be stated where a module begins, before `initRedis` was called. */
export function rateLimit(bucket: string, options: RateLimitOptions): RateLimit {
  throwInDevelopment(limitOptions(bucket, options).findings);
  const limit = once((opened) => opened.rateLimit(bucket, options));
  return { take: (tenant, cost) => limit().take(tenant, cost) };
}

/** A circuit breaker; can be stated where a module begins, before `initRedis` was called. */
export function circuitBreaker(name: string, options?: CircuitBreakerOptions): CircuitBreaker {
  throwInDevelopment(breakerOptions(name, options).findings);
  const breaker = once((opened) => opened.circuitBreaker(name, options));
  return { run: (call) => breaker().run(call), state: () => breaker().state() };
}

/** "ok", "error" while Redis or part of it cannot be used, "disabled" without REDIS_URL. Never slower than the deadline. */
export async function redisStatus(): Promise<"ok" | "error" | "disabled"> {
  return current().redisStatus();
}

/** The same with its reasons: which commands are refused, by the server's own word, and since when. */
export async function redisDetail(): Promise<RedisDetail> {
  return current().redisDetail();
}

/** What was lost or replaced since the start. */
export function redisCounts(): RedisCounts {
  return current().redisCounts();
}

/** Made of the current store, and again when another one was opened. */
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
