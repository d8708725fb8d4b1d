import { type NumberRule, numberOption, type OptionFinding, printable } from "../shared/options.ts";
import { redactText } from "../shared/privacy/text.ts";
import type { CircuitBreakerOptions } from "./breaker.ts";
import type { RateLimitOptions, WhenRedisIsDown } from "./limiter.ts";
import { mostLimit } from "./shapes.ts";

const month = 31 * 86_400;
const limit = { least: 0, most: mostLimit, otherwise: 100, whole: "down", zero: "lets nothing through" } as const;
const seconds = (otherwise: number) => ({ least: 0.001, most: month, otherwise, optional: true }) as const;
const ttl = (otherwise: number) =>
  ({ least: 60, most: 86_400, otherwise, whole: "up", optional: true, moves: true }) as const;

/** Bounds and defaults of all numeric options; docs/backend.md has the table. */
export const numberRules = {
  "rateLimit.limit": limit,
  "rateLimit.windowSeconds": { least: 1, most: month, otherwise: 60, whole: "up" },
  "rateLimit.localLimit": { ...limit, optional: true },
  "take.cost": {
    least: 0,
    most: mostLimit,
    otherwise: 1,
    whole: "up",
    optional: true,
    zero: "looks and takes nothing",
  },
  "setRateMultiplier.factor": { least: 0, most: 1_000_000, otherwise: 1, zero: "lets nothing through" },
  "setRateMultiplier.ttlSeconds": ttl(86_400),
  "circuitBreaker.failures": { least: 1, most: 1_000, otherwise: 5, whole: "down", optional: true },
  "circuitBreaker.windowSeconds": seconds(60),
  "circuitBreaker.openSeconds": seconds(30),
  "circuitBreaker.trialSeconds": seconds(10),
  "cacheSet.ttlSeconds": ttl(300),
  "cacheIncr.by": { least: -1e12, most: 1e12, otherwise: 1, whole: "down", optional: true, zero: "reads" },
  "cacheIncr.ttlSeconds": ttl(86_400),
  "cached.ttlSeconds": { ...ttl(300), optional: undefined },
  "createStateStore.deadlineMs": { least: 10, most: 10_000, otherwise: 250, whole: "up", optional: true },
  "ready.ms": { least: 0, most: 60_000, otherwise: 1_000, optional: true, zero: "does not wait" },
} as const satisfies Record<string, Omit<NumberRule, "optional"> & { optional?: true | undefined }>;

export type NumberOptionName = keyof typeof numberRules;

/** The number to use for this option; `where` names it in the message. */
export function numberFor(
  name: NumberOptionName,
  value: unknown,
  findings: OptionFinding[],
  where: string = name,
): number {
  return numberOption(where, value, numberRules[name] as NumberRule, findings);
}

/** The redacted name of a bucket or breaker for messages, since an app may use a customer's address as name. */
function called(name: string): string {
  return JSON.stringify(redactText(String(name), 80));
}

/** A limit's effective options, and the problems of the given ones. */
export function limitOptions(bucket: string, given: RateLimitOptions) {
  const findings: OptionFinding[] = [];
  const at = (name: string) => `rateLimit(${called(bucket)}).${name}`;
  const { limit, windowSeconds, localLimit, whenRedisIsDown } = (given ?? {}) as Partial<RateLimitOptions>;
  const used = numberFor("rateLimit.limit", limit, findings, at("limit"));
  const options: Required<RateLimitOptions> = {
    limit: used,
    windowSeconds: numberFor("rateLimit.windowSeconds", windowSeconds, findings, at("windowSeconds")),
    localLimit:
      localLimit === undefined ? used : numberFor("rateLimit.localLimit", localLimit, findings, at("localLimit")),
    whenRedisIsDown: isPolicy(whenRedisIsDown) ? whenRedisIsDown : "local",
  };
  if (!isPolicy(whenRedisIsDown)) {
    const expected = '"open", "closed" or "local"';
    findings.push({ option: at("whenRedisIsDown"), value: printable(whenRedisIsDown), expected, used: '"local"' });
  }
  return { options, findings };
}

function isPolicy(value: unknown): value is WhenRedisIsDown {
  return value === "open" || value === "closed" || value === "local";
}

/** A breaker's effective options, times in ms, and the problems of the given ones. */
export function breakerOptions(name: string, given: CircuitBreakerOptions | undefined) {
  const findings: OptionFinding[] = [];
  const number = (option: "failures" | "windowSeconds" | "openSeconds" | "trialSeconds") =>
    numberFor(`circuitBreaker.${option}`, given?.[option], findings, `circuitBreaker(${called(name)}).${option}`);
  const ms = (option: "windowSeconds" | "openSeconds" | "trialSeconds") =>
    Math.max(1, Math.round(number(option) * 1_000));
  return {
    findings,
    options: {
      failures: number("failures"),
      windowMs: ms("windowSeconds"),
      openMs: ms("openSeconds"),
      trialMs: ms("trialSeconds"),
      isFailure: given?.isFailure ?? (() => true),
    },
  };
}
