import type { IncomingMessage, ServerResponse } from "node:http";
import { redisCounts, redisDetail } from "../redis/index.ts";
import { sinkStatus } from "../server/index.ts";
import { type HealthReport, healthReport } from "./report.ts";

export type { HealthReport, PartStatus, RedisHealth } from "./report.ts";

/**
 * Health report of this process. Never throws, never takes longer than half a second, contains no secret.
 *
 * @example const { status } = await health();
 */
export function health(): Promise<HealthReport> {
  return healthReport({
    redis: async () => ({ ...(await redisDetail()), counts: redisCounts() }),
    posthog: () => sinkStatus().posthog,
    sentry: () => sinkStatus().sentry,
    release: () => sinkStatus().release,
    uptimeSeconds: () => process.uptime(),
  });
}

const headers = { "content-type": "application/json", "cache-control": "no-store" } as const;

/**
 * `/health` for servers that speak fetch: Hono, Bun, Deno, Workers.
 *
 * @example const response = await healthHandler(new Request("http://127.0.0.1/health"));
 */
export async function healthHandler(request?: Request): Promise<Response> {
  const body = request?.method === "HEAD" ? null : JSON.stringify(await health());
  return new Response(body, { headers });
}

/**
 * `/health` for Node's own server, and for Express and its like.
 *
 * @example
 * import { createServer } from "node:http";
 * createServer((request, response) => void nodeHealthHandler(request, response)).listen(8080);
 */
export async function nodeHealthHandler(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = JSON.stringify(await health());
  // The client may have disconnected meanwhile.
  if (response.destroyed || response.headersSent) return;
  response.writeHead(200, headers);
  response.end(request.method === "HEAD" ? undefined : body);
}
