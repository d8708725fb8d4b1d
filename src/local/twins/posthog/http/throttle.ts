import type { RateLimit } from "../options.ts";

export interface Throttle {
  /** Counts a request in this bucket. `null`: it is allowed; else whole seconds until the next one is. */
  take(bucket: string, limit: RateLimit, nowMs: number): number | null;
}

const windows = [
  { windowMs: 60_000, allowed: (limit: RateLimit) => limit.perMinute },
  { windowMs: 3_600_000, allowed: (limit: RateLimit) => limit.perHour },
] as const;

/**
 * Sliding windows of one minute and one hour, as in Django REST framework: a request counts in each window that allows
 * it, and the longest wait is the answer.
 */
export function throttle(): Throttle {
  const passed = new Map<string, number[]>();
  return {
    take(bucket, limit, nowMs) {
      let waitMs = 0;
      for (const { windowMs, allowed } of windows) {
        const key = `${bucket} ${windowMs}`;
        const recent = (passed.get(key) ?? []).filter((at) => at > nowMs - windowMs);
        const oldest = recent[0];
        if (recent.length >= allowed(limit)) waitMs = Math.max(waitMs, windowMs - (nowMs - (oldest ?? nowMs)));
        else recent.push(nowMs);
        passed.set(key, recent);
      }
      return waitMs === 0 ? null : Math.ceil(waitMs / 1000);
    },
  };
}
