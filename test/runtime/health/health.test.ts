import { once } from "node:events";
import { createServer } from "node:http";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { health, healthHandler, nodeHealthHandler } from "../../../src/runtime/health/index.ts";
import { type HealthParts, healthReport } from "../../../src/runtime/health/report.ts";
import { closeRedis, initRedis } from "../../../src/runtime/redis/index.ts";
import { initServer } from "../../../src/runtime/server/index.ts";
import { redisServerPath, startRedisServer } from "../../support/redis-server.ts";

const fine: HealthParts = {
  redis: () => "ok",
  posthog: () => "ok",
  sentry: () => "ok",
  release: () => "backend@1.4.0+3f2a9c",
  uptimeSeconds: () => 12.9,
};

describe("the report", () => {
  test("says how each part is", async () => {
    expect(await healthReport(fine)).toEqual({
      status: "ok",
      redis: "ok",
      posthog: "ok",
      sentry: "ok",
      release: "backend@1.4.0+3f2a9c",
      uptime_s: 12,
    });
    expect(await healthReport({ ...fine, redis: () => "disabled", release: () => undefined })).toMatchObject({
      status: "ok",
      redis: "disabled",
      release: null,
    });
    expect(await healthReport({ ...fine, redis: () => Promise.resolve("error" as const) })).toMatchObject({
      status: "degraded",
      redis: "error",
    });
  });

  test("is there in time and without an error, whatever the parts do", async () => {
    const broken = () => {
      throw new Error("redis://default:hunter2@host");
    };
    const parts: HealthParts = {
      redis: () => new Promise(() => {}),
      posthog: broken,
      sentry: broken,
      release: broken,
      uptimeSeconds: broken,
    };
    const begun = performance.now();
    expect(await healthReport(parts)).toEqual({
      status: "degraded",
      redis: "error",
      posthog: "error",
      sentry: "error",
      release: null,
      uptime_s: 0,
    });
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(await healthReport({ ...fine, redis: () => Promise.reject(new Error("no")) })).toMatchObject({
      redis: "error",
    });
  });

  test("keeps to ok, error and disabled, and says beside it what Redis refuses", async () => {
    const reasons = [
      { word: "READONLY", said: "READONLY You can't write", operations: ["write"], since: "2026-11-27T00:00:00.000Z" },
    ] as const;
    const counts = { stale_keys: 1, stale_keys_lost: 0, evicted: 0, replaced: 0 };
    const redis = () => ({ status: "degraded", reasons, counts }) as const;
    expect(await healthReport({ ...fine, redis })).toMatchObject({
      status: "degraded",
      redis: "error",
      redis_detail: { status: "degraded", reasons, counts },
    });
  });

  test("has every release that a build may have, of up to 100 characters", async () => {
    const release = `backend@${"3f2a9c1-".repeat(11)}1+_.`;
    expect(release).toHaveLength(100);
    expect((await healthReport({ ...fine, release: () => release })).release).toBe(release);
  });

  test("has no release that looks like something else", async () => {
    for (const release of ["redis://default:hunter2@host", "a b", "x".repeat(101), ""]) {
      expect((await healthReport({ ...fine, release: () => release })).release).toBeNull();
    }
  });
});

describe("the process's own health", () => {
  test("is disabled where nothing is set, and has no secret in it where something is", async ({ onTestFinished }) => {
    await initServer({});
    await initRedis({});
    onTestFinished(closeRedis);
    expect(await health()).toEqual({
      status: "ok",
      redis: "disabled",
      redis_detail: { status: "disabled", counts: { stale_keys: 0, stale_keys_lost: 0, evicted: 0, replaced: 0 } },
      posthog: "disabled",
      posthog_detail: { status: "disabled", waiting: 0, sent: 0, dropped: 0, refused: 0 },
      sentry: "disabled",
      sentry_detail: { status: "disabled", waiting: 0, sent: 0, dropped: 0, refused: 0 },
      release: null,
      uptime_s: expect.any(Number),
    });
  });

  test("tells of Redis as it is", { timeout: 20_000 }, async (context) => {
    if (!redisServerPath) return context.skip();
    const server = await startRedisServer(context.onTestFinished);
    context.onTestFinished(closeRedis);
    await initRedis({ REDIS_URL: server.url }, { notice: () => {} });
    expect((await health()).redis).toBe("ok");
    server.pause();
    const begun = performance.now();
    expect((await health()).redis).toBe("error");
    expect(performance.now() - begun).toBeLessThan(1_000);
    server.resume();
    await server.kill();
    expect(await health()).toMatchObject({ status: "degraded", redis: "error" });
  });

  test("is served by a fetch server", async () => {
    const app = new Hono().get("/health", ({ req }) => healthHandler(req.raw));
    const response = await app.request("/health");
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toMatchObject({ status: "ok", uptime_s: expect.any(Number) });
    expect(await (await healthHandler(new Request("http://x/health", { method: "HEAD" }))).text()).toBe("");
    expect((await healthHandler()).status).toBe(200);
  });

  test("is served by Node's own server", async ({ onTestFinished }) => {
    const server = createServer(nodeHealthHandler).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const address = server.address();
    if (typeof address === "string" || !address) throw new Error("no port");
    const url = `http://127.0.0.1:${address.port}/health`;
    const response = await fetch(url);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(await response.json()).toMatchObject({ status: "ok" });
    expect(await (await fetch(url, { method: "HEAD" })).text()).toBe("");
  });
});
