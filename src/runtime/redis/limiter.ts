import { LRUCache } from "lru-cache";
import type { OptionFinding, ReportOptions } from "../shared/options.ts";
import { checkedNumber } from "./cache.ts";
import { keys } from "./keys.ts";
import { takeInMemory, type WindowCount } from "./limit-memory.ts";
import type { RedisLink } from "./link.ts";
import type { Memory } from "./memory.ts";
import { limitOptions, numberFor } from "./options.ts";
import { factorOf, times, type UnexpectedValue } from "./shapes.ts";
import type { Texts } from "./texts.ts";

/**
 * Behavior of a limit while Redis is down. "open": allows all calls (log-in, reading). "closed": refuses all calls (those that
 * cost money). "local": each process counts for itself, up to `localLimit`.
 */
export type WhenRedisIsDown = "open" | "closed" | "local";

export interface RateLimitOptions {
  /** Maximum that one tenant may take in a window, before its multiplier. A whole number; 0 refuses all calls. */
  readonly limit: number;
  /** Length of a window, from the first take in it. Whole seconds. */
  readonly windowSeconds: number;
  readonly whenRedisIsDown: WhenRedisIsDown;
  /**
   * For "local": maximum that one tenant may take from one process. With n processes, use `limit` / n.
   * @default `limit`
   */
  readonly localLimit?: number;
}

/**
 * Result of a take, with its reason. `limit_reached`: the caller took too much. Reasons that begin with `redis_down`: an
 * outage, for which somebody else should be alerted.
 */
export type LimitAnswer =
  | {
      readonly allowed: true;
      readonly reason: "within_limit" | "redis_down_open" | "redis_down_local";
      /** Takes of one window, after the tenant's multiplier. */
      readonly limit: number;
      /** Takes left in this window. */
      readonly remaining: number;
      readonly retryAfterMs: 0;
    }
  | {
      readonly allowed: false;
      readonly reason: "limit_reached" | "redis_down_closed" | "redis_down_local_limit_reached";
      /** Takes of one window, after the tenant's multiplier. */
      readonly limit: number;
      /** Takes left in this window. */
      readonly remaining: number;
      /** When the window ends and a take can succeed again. */
      readonly retryAfterMs: number;
    };

export interface RateLimit {
  /**
   * Takes `cost` (default 1) for the tenant if that much is left; a refused take is not counted. 0 only reads the
   * state.
   */
  take(tenant: string, cost?: number): Promise<LimitAnswer>;
}

export interface Limits {
  /** A limit in `ratelimit:{tenant}:{bucket}`, for all processes together. */
  rateLimit(bucket: string, options: RateLimitOptions): RateLimit;
  /**
   * Sets the factor on all limits of a tenant, `tenant:{id}:rl_multiplier`: 2 doubles them, 0 refuses all calls.
   * @param ttlSeconds 60 to 86400 (the default); afterwards the factor is 1 again
   */
  setRateMultiplier(tenant: string, factor: number, ttlSeconds?: number): Promise<void>;
}

export interface LimitsOptions {
  readonly report: ReportOptions;
  /** Called when a key had a value in another format. */
  readonly onFound: (key: string, found: UnexpectedValue) => void;
}

export function createLimits(
  link: RedisLink,
  texts: Texts,
  memory: Memory,
  { report, onFound }: LimitsOptions,
): Limits {
  // Every take also reads the factor; its last value applies while Redis is down.
  const factors = new LRUCache<string, string>({ max: 10_000 });

  return {
    rateLimit(bucket, given) {
      const { options, findings } = limitOptions(bucket, given);
      report(findings);
      const { limit: base, windowSeconds } = options;

      // Not async, and with the connection's own promise: each further promise costs a part of a call.
      function take(tenant: string, cost: number): Promise<LimitAnswer> {
        const key = keys.rateLimit(tenant, bucket);
        const factorKey = keys.rateMultiplier(tenant);
        return link.attemptThen(
          "script",
          (redis) => redis.limitTake(key, factorKey, cost, windowSeconds, base),
          (taken) => {
            if (!taken.reached) return whileDown(tenant, key, options, cost);
            const [counted, total, resetsInMs, limit, factor, found] = taken.value;
            if ((factor !== "" || factors.size > 0) && factor !== (factors.get(tenant) ?? ""))
              factors.set(tenant, factor);
            if (found !== "") onFound(found === "factor" ? factorKey : key, found);
            return answer({ counted: counted === 1, total, resetsInMs, limit }, "within_limit", "limit_reached");
          },
        );
      }

      return {
        take(tenant, given) {
          if (given === undefined && typeof tenant === "string") return take(tenant, 1);
          // An error of an argument rejects, as every caller of a promise expects.
          return (async () => take(tenant, checkedNumber("take.cost", given, report)))();
        },
      };
    },

    async setRateMultiplier(tenant, factor, ttlSeconds) {
      const findings: OptionFinding[] = [];
      const seconds = numberFor("setRateMultiplier.ttlSeconds", ttlSeconds, findings);
      const used = numberFor("setRateMultiplier.factor", factor, findings);
      report(findings);
      factors.set(tenant, String(used));
      await texts.write(keys.rateMultiplier(tenant), String(used), seconds);
    },
  };

  function whileDown(
    tenant: string,
    key: string,
    { limit, windowSeconds, localLimit, whenRedisIsDown }: Required<RateLimitOptions>,
    cost: number,
  ): LimitAnswer {
    const factor = texts.readFromMemory(keys.rateMultiplier(tenant)) ?? (factors.get(tenant) || undefined);
    // Without a configured Redis there is only this process, so its count is complete.
    if (link.state === "disabled") {
      const used = takeInMemory(memory, key, factor, cost, windowSeconds, limit);
      return answer(used, "within_limit", "limit_reached");
    }
    const all = times(limit, factorOf(factor) ?? 1);
    switch (whenRedisIsDown) {
      case "open":
        // A cost above the limit is refused in any case; it is not the outage's doing.
        if (cost > all) return { allowed: false, reason: "limit_reached", limit: all, remaining: all, retryAfterMs: 0 };
        return { allowed: true, reason: "redis_down_open", limit: all, remaining: all, retryAfterMs: 0 };
      case "closed":
        return { allowed: false, reason: "redis_down_closed", limit: all, remaining: 0, retryAfterMs: 5_000 };
      default:
        return answer(
          takeInMemory(memory, key, factor, cost, windowSeconds, localLimit),
          "redis_down_local",
          "redis_down_local_limit_reached",
        );
    }
  }
}

function answer(
  { counted, total, resetsInMs, limit }: WindowCount,
  yes: "within_limit" | "redis_down_local",
  no: "limit_reached" | "redis_down_local_limit_reached",
): LimitAnswer {
  const remaining = Math.max(0, limit - total);
  return counted
    ? { allowed: true, reason: yes, limit, remaining, retryAfterMs: 0 }
    : { allowed: false, reason: no, limit, remaining, retryAfterMs: resetsInMs };
}
