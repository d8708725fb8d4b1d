import { expect, onTestFinished, test } from "vitest";
import { ensurePython } from "../../../src/local/python.ts";
import { startPythonBackend } from "../../../src/local/traffic/python-backend.ts";
import { capture } from "../../../src/local/traffic/story/deed.ts";
import { startPosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import { redisServerPath, startRedisServer } from "../../support/redis-server.ts";
import { startSentryProject } from "../../support/sentry-project.ts";

const environment = await ensurePython();
if ("missing" in environment) console.warn(`The FastAPI backend is not tested: ${environment.missing}.`);

test.skipIf("missing" in environment || !redisServerPath)(
  "the FastAPI backend's events, errors, state and health come through the Python package",
  async () => {
    const posthog = await startPosthogTwin();
    onTestFinished(() => posthog.stop());
    const redis = await startRedisServer(onTestFinished);
    const sentry = await startSentryProject(onTestFinished);
    const backend = await startPythonBackend(
      {
        python: "python" in environment ? environment.python : "",
        env: {
          ...{ POSTHOG_API_KEY: posthog.projectKey, POSTHOG_HOST: posthog.url, REDIS_URL: redis.url },
          ...{ SENTRY_DSN: sentry.dsn, SENTRY_ENVIRONMENT: "production", RENDER_GIT_COMMIT: "3f2a9c1" },
        },
      },
      () => {},
    );
    onTestFinished(() => backend.kill());
    const tenant = "9a1c5b7e-8a52-4c1e-9d60-1f2e3d4c5b6a";
    const message = { channel: "sms", template_id: "", contact_id: "ct_1" } as const;
    await backend.play([
      capture(Date.now(), tenant, "cadence.message_queued", message),
      capture(Date.now(), tenant, "cadence.message_failed", { ...message, error: "jane@salon.example is away" }),
    ]);
    expect(await backend.health()).toMatchObject({
      ...{ status: "ok", redis: "ok", posthog: "ok", sentry: "ok", release: "backend@3f2a9c1" },
      redis_detail: { status: "ok" },
    });
    await backend.end();

    expect(posthog.events()).toMatchObject([
      { event: "cadence.message_queued", distinctId: tenant, properties: { $lib: "posthog-python" } },
      { event: "cadence.message_failed", distinctId: tenant, properties: { error: "[email] is away" } },
    ]);
    const error = sentry.twin.events()[0]?.payload;
    expect(error).toMatchObject({ release: "backend@3f2a9c1", tags: { tool: "cadence.send", tenant_id: tenant } });
    expect(JSON.stringify(error)).not.toContain("jane@salon.example");
  },
);
