import type { MiddlewareHandler } from "hono";
import type { TwinEnv } from "../kit/index.ts";
import { renderError } from "./http.ts";

/** Requests a minute. Source: api-docs.render.com/reference/rate-limiting (400 reads, 30 writes, 10 deploys a service). */
export interface RenderLimits {
  readsPerMinute: number;
  writesPerMinute: number;
  deploysPerMinute: number;
}

export const publishedLimits: RenderLimits = { readsPerMinute: 400, writesPerMinute: 30, deploysPerMinute: 10 };

const windowMs = 60_000;

/**
 * `Ratelimit-*` on every answer, and 429 with `Retry-After` when `limits` are given. Without them the headers have
 * values observed from Render (400 on GET, 100 on writes of variables, 10 on deploys), and nothing is refused. A window
 * starts with its first request; the clock is a parameter.
 */
export function rateLimits(limits: RenderLimits | null, now: () => number): MiddlewareHandler<TwinEnv> {
  const windows = new Map<string, { startedAt: number; used: number }>();

  return async (c, next) => {
    const { bucket, limit } = bucketOf(c.req.method, c.req.path, limits);
    const at = now();
    const known = windows.get(bucket);
    const window = known !== undefined && at - known.startedAt < windowMs ? known : { startedAt: at, used: 0 };
    windows.set(bucket, window);
    window.used += 1;
    const resetSeconds = Math.max(1, Math.ceil((window.startedAt + windowMs - at) / 1000));
    const refused = limits !== null && window.used > limit;
    if (refused) c.res = renderError({ status: 429, retryAfterSeconds: resetSeconds });
    else await next();
    c.res.headers.set("Ratelimit-Limit", String(limit));
    c.res.headers.set("Ratelimit-Remaining", String(Math.max(0, limit - window.used)));
    c.res.headers.set("Ratelimit-Reset", String(resetSeconds));
  };
}

function bucketOf(method: string, path: string, limits: RenderLimits | null): { bucket: string; limit: number } {
  if (method === "GET") return { bucket: "read", limit: (limits ?? publishedLimits).readsPerMinute };
  const deploy = /\/services\/([^/]+)\/deploys$/.exec(path);
  if (deploy !== null) return { bucket: `deploy ${deploy[1]}`, limit: (limits ?? publishedLimits).deploysPerMinute };
  if (limits === null && path.includes("/env-vars")) return { bucket: "variable", limit: 100 };
  return { bucket: "write", limit: (limits ?? publishedLimits).writesPerMinute };
}
