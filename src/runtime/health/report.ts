import type { RedisCounts } from "../redis/state-store.ts";
import type { RedisDetail } from "../redis/status.ts";
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
  readonly sentry: PartStatus;
  /** Release or commit; null where it is not known. */
  readonly release: string | null;
  /** Whole seconds since the process began. */
  readonly uptime_s: number;
}

export type RedisHealth = RedisDetail & { readonly counts: RedisCounts };

export interface HealthParts {
  /** "degraded" is "error" in the report's `redis`. */
  redis(): Promise<PartStatus | RedisHealth> | PartStatus | RedisHealth;
  posthog(): PartStatus;
  sentry(): PartStatus;
  release(): string | undefined;
  uptimeSeconds(): number;
}

/** Longest that a part may take to answer; then it counts as in error. */
const partLimitMs = 500;

/** Asks each part. Never throws and never takes longer than half a second, whatever the parts do. */
export async function healthReport(parts: HealthParts): Promise<HealthReport> {
  const [redisAnswer, posthog, sentry] = await Promise.all([
    answerOf(() => parts.redis()),
    statusOf(() => parts.posthog()),
    statusOf(() => parts.sentry()),
  ]);
  const detail = typeof redisAnswer === "object" ? redisAnswer : undefined;
  const redis = partStatus(detail?.status ?? redisAnswer);
  return {
    status: [redis, posthog, sentry].includes("error") ? "degraded" : "ok",
    redis,
    ...(detail && { redis_detail: detail }),
    posthog,
    sentry,
    release: releaseOf(parts),
    uptime_s: uptimeOf(parts),
  };
}

async function statusOf(ask: () => Promise<PartStatus> | PartStatus): Promise<PartStatus> {
  return partStatus(await answerOf(ask));
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
