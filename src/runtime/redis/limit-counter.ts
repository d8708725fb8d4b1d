import { RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { Client } from "./client.ts";
import { integer, type Memory } from "./memory.ts";

/** A window's counter after a take. */
export interface Used {
  /** Whether the take is counted; if not, it would have gone beyond the limit. */
  readonly counted: boolean;
  /** All that is counted in the window. */
  readonly total: number;
  readonly resetsInMs: number;
}

/**
 * rate-limiter-flexible's step, except that what goes beyond the limit (ARGV[3]) is not counted: a limit that is raised
 * in the middle of a window then lets through what it should, however often the tenant knocked before.
 */
const countUpToLimit = `
  local total = (tonumber(redis.call("get", KEYS[1])) or 0) + ARGV[1]
  local ttl = redis.call("pttl", KEYS[1])
  if total > tonumber(ARGV[3]) and tonumber(ARGV[1]) > 0 then return { total, math.max(ttl, 0) } end
  if ttl < 0 and tonumber(ARGV[1]) < 0 then return { 0, 0 } end
  if ttl < 0 then
    redis.call("set", KEYS[1], total, "EX", ARGV[2])
    return { total, ARGV[2] * 1000 }
  end
  redis.call("incrby", KEYS[1], ARGV[1])
  return { total, ttl }`;

export interface LimitCounter {
  inRedis(redis: Client, key: string, limit: number, windowSeconds: number, cost: number): Promise<Used>;
  giveBack(redis: Client, key: string, windowSeconds: number, cost: number): Promise<void>;
  inMemory(key: string, limit: number, windowSeconds: number, cost: number): Used;
}

/** Counts takes in windows: atomically in Redis by rate-limiter-flexible, or in this process's memory. */
export function createLimitCounter(memory: Memory): LimitCounter {
  const limiters = new WeakMap<Client, Map<number, RateLimiterRedis>>();

  function limiterFor(redis: Client, windowSeconds: number): RateLimiterRedis {
    const ofClient = limiters.get(redis) ?? new Map<number, RateLimiterRedis>();
    limiters.set(redis, ofClient);
    const limiter =
      ofClient.get(windowSeconds) ??
      new RateLimiterRedis({
        storeClient: redis,
        keyPrefix: "",
        points: 1,
        duration: windowSeconds,
        customIncrTtlLuaScript: countUpToLimit,
      });
    ofClient.set(windowSeconds, limiter);
    return limiter;
  }

  return {
    async inRedis(redis, key, limit, windowSeconds, cost) {
      const limiter = limiterFor(redis, windowSeconds);
      // Read while the command is built, before anything else runs: one limiter serves every limit of a window length.
      limiter.points = limit;
      const { consumedPoints, msBeforeNext } = await limiter.consume(key, cost).catch(resultOfRefusal);
      const counted = consumedPoints <= limit;
      return { counted, total: counted ? consumedPoints : consumedPoints - cost, resetsInMs: msBeforeNext };
    },

    async giveBack(redis, key, windowSeconds, cost) {
      await limiterFor(redis, windowSeconds).reward(key, cost);
    },

    inMemory(key, limit, windowSeconds, cost) {
      const total = integer(memory.get(key)) + cost;
      if (total > limit && cost > 0)
        return { counted: false, total: total - cost, resetsInMs: memory.remainingMs(key) };
      const { value, remainingMs } = memory.add(key, cost, windowSeconds * 1_000);
      return { counted: true, total: value, resetsInMs: remainingMs };
    },
  };
}

/** A refusal is rejected with a result that is no Error; a fault with an Error. */
function resultOfRefusal(refusal: unknown): RateLimiterRes {
  if (refusal instanceof RateLimiterRes) return refusal;
  throw refusal;
}
