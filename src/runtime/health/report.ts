import { releasePattern } from "../../model/release.ts";
import type { RedisCounts } from "../redis/state-store.ts";
import type { RedisDetail } from "../redis/status.ts";
import type { SinkDetail } from "../shared/counts.ts";
import { within } from "../shared/within.ts";

export type PartStatus = "ok" | "error" | "disabled";

export interface HealthReport {
  /**
   * "degraded" if a part has an error. The service still works, so the status code stays 200: otherwise a platform that
   * restarts unhealthy services would turn an outage of Redis into one of the service.
   */
  readonly status: "ok" | "degraded";
  readonly redis: PartStatus;
  /** What Redis refuses, with its error code and since when, and what was lost or replaced; absent when not known. */
  readonly redis_detail?: RedisHealth;
  readonly posthog: PartStatus;
  /** Delivery of events, and why it fails; absent when not known. */
  readonly posthog_detail?: SinkDetail;
  readonly sentry: PartStatus;
  /** Delivery of errors, and why it fails; absent when not known. */
  readonly sentry_detail?: SinkDetail;
  /** Release or commit; null when not known. */
  readonly release: string | null;
  /** Whole seconds since the process began. */
  readonly uptime_s: number;
}

export type RedisHealth = RedisDetail & { readonly counts: RedisCounts };

export interface HealthParts {
  /** "degraded" is "error" in the report's `redis`. */
  redis(): Promise<PartStatus | RedisHealth> | PartStatus | RedisHealth;
  posthog(): PartStatus | SinkDetail;
  sentry(): PartStatus | SinkDetail;
  release(): string | undefined;
  uptimeSeconds(): number;
}

/** Timeout of a part in milliseconds; a slower part counts as an error. */
const partLimitMs = 500;

/** Asks each part. Never throws and never takes longer than half a second, whatever the parts do. */
export async function healthReport(parts: HealthParts): Promise<HealthReport> {
  const [redis, posthog, sentry] = await Promise.all([
    partOf(() => parts.redis()),
    partOf(() => parts.posthog()),
    partOf(() => parts.sentry()),
  ]);
  return {
    status: [redis, posthog, sentry].some(({ status }) => status === "error") ? "degraded" : "ok",
    redis: redis.status,
    ...(redis.detail && { redis_detail: redis.detail }),
    posthog: posthog.status,
    ...(posthog.detail && { posthog_detail: posthog.detail }),
    sentry: sentry.status,
    ...(sentry.detail && { sentry_detail: sentry.detail }),
    release: releaseOf(parts),
    uptime_s: uptimeOf(parts),
  };
}

/** A part's status, with its details if it has any. */
async function partOf<Detail extends { readonly status: string }>(
  ask: () => Promise<PartStatus | Detail> | PartStatus | Detail,
): Promise<{ status: PartStatus; detail?: Detail }> {
  const answer = await answerOf(ask);
  if (typeof answer !== "object") return { status: partStatus(answer) };
  return { status: partStatus(answer.status), detail: answer };
}

/** The part's answer; undefined when there is none in time. */
async function answerOf<Answer>(ask: () => Promise<Answer> | Answer): Promise<Answer | undefined> {
  try {
    return await within(partLimitMs, Promise.resolve(ask()));
  } catch {
    return undefined;
  }
}

function partStatus(status: unknown): PartStatus {
  return status === "ok" || status === "disabled" ? status : "error";
}

/** Accepts only release names like `backend@1.4.0+3f2a9c`: any other text might be a secret set there by mistake. */
function releaseOf(parts: HealthParts): string | null {
  try {
    const release = parts.release();
    return release !== undefined && releasePattern.test(release) ? release : null;
  } catch {
    return null;
  }
}

function uptimeOf(parts: HealthParts): number {
  try {
    return Math.floor(parts.uptimeSeconds());
  } catch {
    return 0;
  }
}
