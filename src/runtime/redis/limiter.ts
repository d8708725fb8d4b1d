import { LRUCache } from "lru-cache";
import { boundedTtl, ttlBounds } from "./cache.ts";
import { keys } from "./keys.ts";
import { createLimitCounter, type Used } from "./limit-counter.ts";
import type { RedisLink } from "./link.ts";
import type { Memory } from "./memory.ts";
import type { Texts } from "./texts.ts";

/**
 * What a limit does while Redis cannot be asked. "open": lets all through (log-in, reading). "closed": lets nothing
 * through (what costs money with each call). "local": each process counts for itself, up to `localLimit`.
 */
export type WhenRedisIsDown = "open" | "closed" | "local";

export interface RateLimitOptions {
  /** Most that one tenant may take in a window, before its multiplier. */
  readonly limit: number;
  /** Length of a window, from the first take in it. Whole seconds. */
  readonly windowSeconds: number;
  readonly whenRedisIsDown: WhenRedisIsDown;
  /** For "local": most that one tenant may take of one process, by default `limit`. With n processes, `limit` / n. */
  readonly localLimit?: number;
}

/**
 * The answer to a take, and why. `limit_reached` is the caller's doing; every reason that begins with `redis_down` is
 * an outage's, and should page somebody else.
 */
export type LimitAnswer =
  | {
      readonly allowed: true;
      readonly reason: "within_limit" | "redis_down_open" | "redis_down_local";
      readonly limit: number;
      readonly remaining: number;
      readonly retryAfterMs: 0;
    }
  | {
      readonly allowed: false;
      readonly reason: "limit_reached" | "redis_down_closed" | "redis_down_local_limit_reached";
      readonly limit: number;
      readonly remaining: number;
      /** When the window ends and a take can succeed again. */
      readonly retryAfterMs: number;
    };

export interface RateLimit {
  /** Takes `cost` (1 by default) for the tenant if that much is left; what is refused is not counted. */
  take(tenant: string, cost?: number): Promise<LimitAnswer>;
}

export interface Limits {
  /** A limit in `ratelimit:{tenant}:{bucket}`, for all processes together. */
  rateLimit(bucket: string, options: RateLimitOptions): RateLimit;
  /**
   * Sets the factor on all limits of a tenant, `tenant:{id}:rl_multiplier`: 2 doubles them, 0 lets nothing through.
   * @param ttlSeconds 60 to 86400 (the default); afterwards the factor is 1 again
   */
  setRateMultiplier(tenant: string, factor: number, ttlSeconds?: number): Promise<void>;
}

export function createLimits(link: RedisLink, texts: Texts, memory: Memory): Limits {
  const counter = createLimitCounter(memory);
  // The factor is read along with every take; the last one seen is what the take assumes.
  const factors = new LRUCache<string, number>({ max: 10_000 });

  return {
    rateLimit(bucket, options) {
      const windowSeconds = Math.max(1, Math.round(options.windowSeconds));
      return {
        async take(tenant, cost = 1) {
          const points = Number.isFinite(cost) ? Math.max(0, Math.ceil(cost)) : 0;
          const key = keys.rateLimit(tenant, bucket);
          const inRedis = await takeInRedis(tenant, key, options.limit, windowSeconds, points);
          if (inRedis) return answer(inRedis, "within_limit", "limit_reached");
          return whileDown(tenant, key, options, windowSeconds, points);
        },
      };
    },

    async setRateMultiplier(tenant, factor, ttlSeconds = ttlBounds.longestSeconds) {
      const seconds = boundedTtl(ttlSeconds);
      const valid = factorOf(String(factor));
      factors.set(tenant, valid);
      await texts.write(keys.rateMultiplier(tenant), String(valid), seconds);
    },
  };

  /** One round trip; a second one when the tenant's factor has changed since the last take. */
  async function takeInRedis(tenant: string, key: string, base: number, windowSeconds: number, cost: number) {
    const taken = await link.attempt(async (redis) => {
      const assumed = factors.get(tenant) ?? 1;
      const limit = times(base, assumed);
      const [used, text] = await Promise.all([
        counter.inRedis(redis, key, limit, windowSeconds, cost),
        redis.get(keys.rateMultiplier(tenant)),
      ]);
      const factor = factorOf(text);
      if (factor === assumed) return { used, limit };
      factors.set(tenant, factor);
      if (used.counted) await counter.giveBack(redis, key, windowSeconds, cost);
      const right = times(base, factor);
      return { used: await counter.inRedis(redis, key, right, windowSeconds, cost), limit: right };
    });
    return taken.reached ? taken.value : undefined;
  }

  function whileDown(
    tenant: string,
    key: string,
    { limit, localLimit = limit, whenRedisIsDown }: RateLimitOptions,
    windowSeconds: number,
    cost: number,
  ): LimitAnswer {
    const factor = factorOf(texts.readFromMemory(keys.rateMultiplier(tenant)) ?? String(factors.get(tenant) ?? 1));
    // Without Redis by configuration this process is all there is: its count is the count.
    const all = times(limit, factor);
    if (link.state === "disabled") {
      const used = counter.inMemory(key, all, windowSeconds, cost);
      return answer({ used, limit: all }, "within_limit", "limit_reached");
    }
    const local = times(localLimit, factor);
    switch (whenRedisIsDown) {
      case "open":
        return { allowed: true, reason: "redis_down_open", limit: all, remaining: all, retryAfterMs: 0 };
      case "closed":
        return { allowed: false, reason: "redis_down_closed", limit: all, remaining: 0, retryAfterMs: 5_000 };
      default:
        return answer(
          { used: counter.inMemory(key, local, windowSeconds, cost), limit: local },
          "redis_down_local",
          "redis_down_local_limit_reached",
        );
    }
  }
}

function answer(
  { used, limit }: { used: Used; limit: number },
  yes: "within_limit" | "redis_down_local",
  no: "limit_reached" | "redis_down_local_limit_reached",
): LimitAnswer {
  const remaining = Math.max(0, limit - used.total);
  return used.counted
    ? { allowed: true, reason: yes, limit, remaining, retryAfterMs: 0 }
    : { allowed: false, reason: no, limit, remaining, retryAfterMs: used.resetsInMs };
}

/** A factor as it stands in Redis; 1 for none and for what is none. */
function factorOf(text: string | null | undefined): number {
  const factor = text ? Number(text) : 1;
  return Number.isFinite(factor) && factor >= 0 ? factor : 1;
}

/** A limit under a factor: whole, and at least 1 unless the factor is 0. */
function times(limit: number, factor: number): number {
  if (factor === 0) return 0;
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(1, Math.floor(limit * factor)));
}
