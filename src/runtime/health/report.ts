import type { RedisCounts } from "../redis/state-store.ts";
import type { RedisDetail } from "../redis/status.ts";
import type { SinkDetail } from "../shared/counts.ts";
import { within } from "../shared/within.ts";

export type PartStatus = "ok" | "error" | "disabled";

export interface HealthReport {
  /**
   * "degraded" if a part is in error. The service works nonetheless, which is why the answer's code stays 200: a
   * platform that restarts what is unhealthy would make an outage of Redis one of the service.
   */
  readonly status: "ok" | "degraded";
  readonly redis: PartStatus;
  /** What Redis refuses, by its own word and since when, and what was lost or replaced; absent where it is not known. */
  readonly redis_detail?: RedisHealth;
  readonly posthog: PartStatus;
  /** What became of the events, and why they do not leave; absent where it is not known. */
  readonly posthog_detail?: SinkDetail;
  readonly sentry: PartStatus;
  /** What became of the errors, and why they do not leave; absent where it is not known. */
  readonly sentry_detail?: SinkDetail;
  /** Release or commit; null where it is not known. */
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

/** Longest that a part may take to answer; then it counts as in error. */
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

/** A part's status, and its details where it gave them. */
async function partOf<Detail extends { readonly status: string }>(
  ask: () => Promise<PartStatus | Detail> | PartStatus | Detail,
): Promise<{ status: PartStatus; detail?: Detail }> {
  const answer = await answerOf(ask);
  if (typeof answer !== "object") return { status: partStatus(answer) };
  return { status: partStatus(answer.status), detail: answer };
}

/** The part's answer; undefined where it gives none in time. */
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

/** A release name is a word like `backend@1.4.0+3f2a9c`: anything else might be something that was put there by mistake. */
function releaseOf(parts: HealthParts): string | null {
  try {
    const release = parts.release();
    return release !== undefined && /^[\w.@+-]{1,64}$/.test(release) ? release : null;
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
