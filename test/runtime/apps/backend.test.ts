import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { startPosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import { redisServerPath, startRedisServer } from "../../support/redis-server.ts";
import { startSentryProject } from "../../support/sentry-project.ts";
import { packedPackage, scratchApp } from "./packed.ts";

type OnEnd = (end: () => Promise<void>) => void;

const files = new URL("backend", import.meta.url);
const libraries = ["posthog-node", "@sentry/node", "ioredis"];

interface Service {
  get(path: string): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Stops it as a platform does, and returns what it printed at the end. */
  terminate(): Promise<Record<string, unknown>[]>;
}

/** Starts the scratch service, and waits until it listens. */
async function start(folder: string, env: Record<string, string>, onEnd: OnEnd): Promise<Service> {
  const child: ChildProcess = spawn(process.execPath, ["--import", "./loaded.mjs", "service.mjs"], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onEnd(async () => void child.kill("SIGKILL"));
  if (!child.stdout) throw new Error("no output");
  const printed: Record<string, unknown>[] = [];
  const lines = createInterface(child.stdout);
  lines.on("line", (line) => line.startsWith("{") && printed.push(JSON.parse(line)));
  const port = await vi.waitFor(
    () => {
      const said = printed.find((line) => "port" in line);
      if (!said) throw new Error("the service does not listen");
      return said.port;
    },
    { timeout: 20_000 },
  );
  return {
    async get(path) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    async terminate() {
      const closed = once(child, "close");
      child.kill("SIGTERM");
      await closed;
      return printed;
    },
  };
}

describe("a service with the package installed", { timeout: 60_000 }, () => {
  beforeAll(packedPackage, 240_000);

  test("measures, reports, limits, caches and tells how it is; what waits is sent when it ends", async (context) => {
    if (!redisServerPath) return context.skip();
    const { onTestFinished } = context;
    const [posthog, sentry, redis, app] = await Promise.all([
      startPosthogTwin(),
      startSentryProject(onTestFinished),
      startRedisServer(onTestFinished),
      scratchApp(files, libraries, onTestFinished),
    ]);
    onTestFinished(() => posthog.stop());
    const service = await start(
      app.folder,
      {
        POSTHOG_API_KEY: posthog.projectKey,
        POSTHOG_HOST: posthog.url,
        SENTRY_DSN: sentry.dsn,
        SENTRY_TRACES_SAMPLE_RATE: "1",
        REDIS_URL: redis.url,
        RENDER_GIT_COMMIT: "3f2a9c1",
      },
      onTestFinished,
    );

    // A busy machine may need longer for Redis than the service waits for it.
    await vi.waitFor(async () => expect((await service.get("/health")).body.redis).toBe("ok"), { timeout: 10_000 });
    expect((await service.get("/health")).body).toEqual({
      status: "ok",
      redis: "ok",
      redis_detail: { status: "ok", counts: { evicted: 0, replaced: 0, stale_keys: 0, stale_keys_lost: 0 } },
      posthog: "ok",
      posthog_detail: { status: "ok", waiting: 0, sent: 0, dropped: 0, refused: 0 },
      sentry: "ok",
      sentry_detail: { status: "ok", waiting: 0, sent: 0, dropped: 0, refused: 0 },
      release: "backend@3f2a9c1",
      uptime_s: expect.any(Number),
    });
    const answers = [];
    for (let index = 0; index < 4; index += 1) answers.push((await service.get("/send")).body);
    expect(answers.map(({ allowed, reason }) => [allowed, reason])).toEqual([
      [true, "within_limit"],
      [true, "within_limit"],
      [true, "within_limit"],
      [false, "limit_reached"],
    ]);
    expect(await service.get("/kpis")).toEqual(await service.get("/kpis"));
    expect((await service.get("/fail")).status).toBe(500);

    await redis.kill();
    await vi.waitFor(async () =>
      expect((await service.get("/health")).body).toMatchObject({ status: "degraded", redis: "error" }),
    );
    expect((await service.get("/send")).body).toMatchObject({ allowed: true, reason: "redis_down_local" });

    const printed = await service.terminate();
    expect(printed).toContainEqual({
      posthog: { sent: 4, dropped: 0, refused: 0 },
      sentry: { sent: 1, dropped: 0, refused: 0 },
    });
    expect(printed).toContainEqual({ asked: ["@sentry/node", "ioredis", "posthog-node"] });
    const events = posthog.events();
    expect(events.map(({ event, distinctId }) => [event, distinctId])).toEqual(
      Array.from({ length: 4 }, () => ["cadence.message_sent", "tenant_42"]),
    );
    expect(events[0]?.properties).toMatchObject({ channel: "sms", contact_id: expect.stringMatching(/^h_/) });
    const [error] = sentry.twin.events();
    expect(error?.payload).toMatchObject({
      release: "backend@3f2a9c1",
      environment: "production",
      tags: { tool: "calendar.find_slot", tenant_id: "tenant_42" },
      exception: { values: [{ type: "RangeError", value: "no slot for [email]" }] },
    });
    const spans = JSON.stringify(sentry.twin.items("span"));
    expect(spans).toContain("calendar.search");
    const left = JSON.stringify([posthog.requests.all(), sentry.twin.events(), sentry.twin.items()]);
    expect(left).not.toMatch(/ada@example|5551234567|Hi Ada/);
  });

  test("works without any variable, and loads no library", async ({ onTestFinished }) => {
    const app = await scratchApp(files, libraries, onTestFinished);
    const service = await start(app.folder, {}, onTestFinished);
    expect((await service.get("/health")).body).toMatchObject({
      status: "ok",
      redis: "disabled",
      posthog: "disabled",
      sentry: "disabled",
      release: null,
    });
    expect((await service.get("/send")).body).toMatchObject({ allowed: true, reason: "within_limit" });
    expect((await service.get("/fail")).body).toEqual({ error: "RangeError" });
    expect(await service.terminate()).toContainEqual({ asked: [] });
  });

  test("works with variables but without the libraries, and says what is missing", async ({ onTestFinished }) => {
    const app = await scratchApp(files, [], onTestFinished);
    const service = await start(
      app.folder,
      { POSTHOG_API_KEY: "phc_x", SENTRY_DSN: "https://key@127.0.0.1/1", REDIS_URL: "redis://127.0.0.1:1" },
      onTestFinished,
    );
    expect((await service.get("/health")).body).toMatchObject({
      status: "degraded",
      redis: "error",
      posthog: "error",
      sentry: "error",
    });
    expect((await service.get("/send")).body).toMatchObject({ allowed: true, reason: "redis_down_local" });
    expect(await service.get("/kpis")).toEqual(await service.get("/kpis"));
    expect((await service.get("/fail")).status).toBe(500);
    expect(await service.terminate()).toContainEqual({
      posthog: { sent: 0, dropped: 1, refused: 0 },
      sentry: { sent: 0, dropped: 1, refused: 0 },
    });
  });
});
