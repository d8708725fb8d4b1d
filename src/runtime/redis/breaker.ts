import { randomUUID } from "node:crypto";
import type { ReportOptions } from "../shared/options.ts";
import { breakerInMemory, type Entry } from "./breaker-memory.ts";
import { keys } from "./keys.ts";
import type { RedisLink } from "./link.ts";
import type { Memory } from "./memory.ts";
import { breakerOptions } from "./options.ts";
import { counterOf } from "./shapes.ts";

export interface CircuitBreakerOptions {
  /**
   * Consecutive failures, over all processes, that open the breaker.
   * @default 5
   */
  readonly failures?: number;
  /**
   * Seconds after the last failure until failures are forgotten.
   * @default 60
   */
  readonly windowSeconds?: number;
  /**
   * Seconds for which calls are refused before one trial is allowed.
   * @default 30
   */
  readonly openSeconds?: number;
  /**
   * Seconds that the trial may take before another one is allowed.
   * @default 10
   */
  readonly trialSeconds?: number;
  /**
   * Which errors count as failures; for example, a 404 of a working provider should not.
   * @default all errors
   */
  readonly isFailure?: (error: unknown) => boolean;
}

/** "half-open": the next call is let through as a trial. */
export type CircuitState = "closed" | "open" | "half-open";

export interface CircuitBreaker {
  /**
   * Runs the call, unless the breaker is open.
   * @throws {@link CircuitOpenError} if it is; else what the call throws
   */
  run<Result>(call: () => Result | Promise<Result>): Promise<Result>;
  state(): Promise<CircuitState>;
}

/**
 * A call was not made, because the last ones failed. `retryAfterMs` tells when a trial is let through.
 *
 * @example
 * try {
 *   await circuitBreaker("calendar").run(async () => ["10:00"]);
 * } catch (error) {
 *   if (error instanceof CircuitOpenError) console.log(error.retryAfterMs);
 * }
 */
export class CircuitOpenError extends Error {
  override readonly name = "CircuitOpenError";
  readonly breaker: string;
  /** "open", or "trial": one call is under way that will decide. */
  readonly reason: "open" | "trial";
  readonly retryAfterMs: number;

  constructor(breaker: string, reason: "open" | "trial", retryAfterMs: number) {
    super(`circuit breaker "${breaker}" is open; a trial is let through in ${retryAfterMs} ms`);
    this.breaker = breaker;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Also true for an error of another copy of this package.
 *
 * @example
 * try {
 *   await circuitBreaker("calendar").run(async () => ["10:00"]);
 * } catch (error) {
 *   if (isCircuitOpenError(error)) console.log(error.retryAfterMs);
 * }
 */
export function isCircuitOpenError(error: unknown): error is CircuitOpenError {
  return error instanceof Error && error.name === "CircuitOpenError";
}

export type CreateCircuitBreaker = (name: string, options?: CircuitBreakerOptions) => CircuitBreaker;

/** Circuit breakers whose state all processes share, in `cb_fail:name` and `cb_open:name`. */
export function createBreakers(
  link: RedisLink,
  memory: Memory,
  deadlineMs: number,
  report: ReportOptions,
): CreateCircuitBreaker {
  const local = breakerInMemory(memory);

  return (name, given) => {
    const { options, findings } = breakerOptions(name, given);
    report(findings);
    const { failures, windowMs, openMs, trialMs, isFailure } = options;
    const fail = keys.breakerFailures(name);
    const open = keys.breakerOpen(name);

    async function enter(token: string, budgetMs: number): Promise<Entry & { shared: boolean }> {
      const entered = await link.attempt(
        "script",
        (redis) => redis.breakerEnter(fail, open, failures, trialMs, token, openMs),
        budgetMs,
      );
      if (!entered.reached) return { ...local.enter(fail, open, failures, trialMs, token), shared: false };
      const [state, detail, holder] = entered.value;
      if (state === "closed") return { state, failures: detail, shared: true };
      if (state === "half-open") return { state, shared: true };
      return { state: "open", retryAfterMs: Math.max(0, detail), trial: holder === "trial", shared: true };
    }

    return {
      async run(call) {
        const token = `trial:${randomUUID()}`;
        const begun = performance.now();
        const entry = await enter(token, deadlineMs);
        if (entry.state === "open") {
          throw new CircuitOpenError(name, entry.trial ? "trial" : "open", entry.retryAfterMs);
        }
        // What is left of the deadline is for telling how it went, so that both together stay within it. It is told in
        // any case: a slow Redis counts what it was sent, though nobody waits for its answer.
        const budgetMs = entry.shared ? Math.max(1, deadlineMs - (performance.now() - begun)) : 0;
        const held = entry.state === "half-open" ? token : "";
        try {
          const result = await call();
          if (held || (entry.state === "closed" && entry.failures > 0)) await succeeded(held, budgetMs);
          return result;
        } catch (error) {
          if (isFailure(error)) await failed(held, budgetMs);
          else if (held) await succeeded(held, budgetMs);
          throw error;
        }
      },

      async state() {
        // As lua/breaker_enter.lua reads: whatever stands under `open` opens it, and a count without an expiry is none.
        const read = await link.attempt("read", (redis) =>
          Promise.all([redis.pttl(open), redis.mget(fail), redis.pttl(fail)]),
        );
        if (!read.reached) return local.state(fail, open, failures);
        const [openMs, [count], countMs] = read.value;
        if (openMs !== -2) return "open";
        return countMs >= 0 && (counterOf(count ?? "") ?? 0) >= failures ? "half-open" : "closed";
      },
    };

    async function failed(token: string, budgetMs: number): Promise<void> {
      const told = await link.attempt(
        "script",
        (redis) => redis.breakerFail(fail, open, failures, windowMs, openMs, token),
        budgetMs,
      );
      if (!told.reached) local.fail(fail, open, failures, windowMs, openMs, token);
    }

    async function succeeded(token: string, budgetMs: number): Promise<void> {
      const answer = await link.attempt(
        "script",
        (redis) => redis.breakerSucceed(fail, open, failures, token),
        budgetMs,
      );
      if (!answer.reached) local.succeed(fail, open, failures, token);
    }
  };
}
