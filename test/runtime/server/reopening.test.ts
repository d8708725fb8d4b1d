import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type PosthogTwin, startPosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import { type SentryProject, startSentryProject } from "../../support/sentry-project.ts";

const sent = { channel: "sms", template_id: "welcome", contact_id: "c1" } as const;
const ends: (() => Promise<void>)[] = [];
let posthog: PosthogTwin;
let sentry: SentryProject;

// A test's first import of them may take longer than a replaced server has.
beforeAll(async () => void (await Promise.all([import("posthog-node"), import("@sentry/node")])), 60_000);

beforeEach(async () => {
  posthog = await startPosthogTwin();
  ends.push(() => posthog.stop());
  sentry = await startSentryProject((end) => ends.push(end));
  for (const [name, value] of Object.entries(variables())) vi.stubEnv(name, value);
  vi.resetModules();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const end of ends.splice(0)) await end();
});

const variables = () => ({ POSTHOG_API_KEY: posthog.projectKey, POSTHOG_HOST: posthog.url, SENTRY_DSN: sentry.dsn });
const helper = () => import("../../../src/runtime/server/index.ts");
const texts = () => sentry.twin.events().map(({ payload }) => JSON.stringify(payload));

test("what was captured before initServer is sent by the time it is over, and counted", async () => {
  const { captureError, initServer, phCapture, shutdown, sinkStatus } = await helper();
  for (let index = 0; index < 5; index += 1) phCapture("cadence.message_sent", "t1", sent);
  captureError(new Error("early"));
  await initServer(variables());
  expect(posthog.events()).toHaveLength(5);
  expect(texts()).toEqual([expect.stringContaining("early")]);
  expect(sinkStatus()).toMatchObject({ posthog: { sent: 5, waiting: 0 }, sentry: { sent: 1, waiting: 0 } });
  phCapture("cadence.message_sent", "t1", sent);
  captureError(new Error("late"));
  expect(await shutdown(5_000)).toEqual({
    posthog: { sent: 6, dropped: 0, refused: 0 },
    sentry: { sent: 2, dropped: 0, refused: 0 },
  });
  expect(posthog.events()).toHaveLength(6);
  expect(texts()).toEqual([expect.stringContaining("early"), expect.stringContaining("late")]);
});

test("calls while initServer is under way lose nothing, nor do several initServer at once", async () => {
  const { captureError, initServer, phCapture, shutdown, sinkStatus } = await helper();
  const openings: Promise<void>[] = [];
  for (let index = 0; index < 3; index += 1) {
    phCapture("cadence.message_sent", "t1", sent);
    captureError(new Error(`number ${index}`));
    openings.push(initServer(variables()));
  }
  phCapture("cadence.message_sent", "t1", sent);
  captureError(new Error("number 3"));
  const { posthog: events, sentry: errors } = sinkStatus();
  expect([events.sent + events.waiting, errors.sent + errors.waiting]).toEqual([4, 4]);
  await Promise.all(openings);
  expect(await shutdown(5_000)).toEqual({
    posthog: { sent: 4, dropped: 0, refused: 0 },
    sentry: { sent: 4, dropped: 0, refused: 0 },
  });
  expect([posthog.events().length, texts().length]).toEqual([4, 4]);
});

test("an error of a tool that began before initServer is not lost", async () => {
  const { initServer, shutdown, withBreadcrumbs } = await helper();
  let fail = (_: Error): void => {};
  const tool = withBreadcrumbs({ tool: "t" }, () => new Promise((_, reject) => (fail = reject)));
  await initServer(variables());
  fail(new Error("from before"));
  await expect(tool).rejects.toThrow("from before");
  expect((await shutdown(5_000)).sentry).toEqual({ sent: 1, dropped: 0, refused: 0 });
});

test("while the former PostHog is away, initServer is over in time, and what was lost is counted", async () => {
  const { initServer, phCapture, shutdown } = await helper();
  vi.stubEnv("POSTHOG_HOST", "http://127.0.0.1:1");
  phCapture("cadence.message_sent", "t1", sent);
  const begun = performance.now();
  await initServer(variables(), { warn: () => {} });
  expect(performance.now() - begun).toBeLessThan(10_000);
  phCapture("cadence.message_sent", "t1", sent);
  expect((await shutdown(5_000)).posthog).toEqual({ sent: 1, dropped: 1, refused: 0 });
});

test("errors after shutdown count as dropped", async () => {
  const { captureError, initServer, shutdown, sinkStatus } = await helper();
  await initServer(variables(), { warn: () => {} });
  await shutdown(1_000);
  captureError(new Error("too late"));
  expect(sinkStatus().sentry).toMatchObject({ dropped: 1 });
  expect((await shutdown(0)).sentry).toEqual({ sent: 0, dropped: 1, refused: 0 });
});
