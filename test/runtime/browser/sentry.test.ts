import { beforeEach, expect, test, vi } from "vitest";
import { noise } from "../../../src/runtime/browser/faults.ts";
import { open as openSentry } from "../../../src/runtime/browser/sentry.ts";
import { redactSentryEvent } from "../../../src/runtime/shared/privacy/sentry.ts";

const sdk = vi.hoisted(() => {
  const recorder: { _recordingOptions?: { plugins?: { eventProcessor(event: object): object }[] } } = {};
  return {
    recorder,
    init: vi.fn(),
    addIntegration: vi.fn(),
    addEventProcessor: vi.fn(),
    addBreadcrumb: vi.fn(),
    captureException: vi.fn(),
    setTag: vi.fn(),
    setUser: vi.fn(),
    getClient: vi.fn(),
    browserTracingIntegration: () => "tracing",
    replayIntegration: vi.fn(() => recorder),
  };
});
vi.mock("@sentry/browser", () => sdk);

beforeEach(() => {
  vi.clearAllMocks();
  sdk.recorder._recordingOptions = {};
});

const env = { VITE_SENTRY_DSN: "https://key@host/1" };

test("a tenth of the page loads is traced, and replays are sent with errors alone", async () => {
  await openSentry(env, { release: "ui@1" }, noise);
  expect(sdk.init).toHaveBeenCalledWith(
    expect.objectContaining({
      dsn: "https://key@host/1",
      environment: "production",
      release: "ui@1",
      tracesSampleRate: 0.1,
      replaysSessionSampleRate: 0,
      replaysOnErrorSampleRate: 1,
      integrations: ["tracing"],
    }),
  );
  expect(sdk.replayIntegration).toHaveBeenCalledWith(
    expect.objectContaining({ maskAllText: true, blockAllMedia: true }),
  );
});

test("the SDK collects no bodies, cookies, headers, queries and addresses, and all of its hooks redact", async () => {
  await openSentry(env, {}, noise);
  const [options] = sdk.init.mock.lastCall ?? [];
  expect(options.dataCollection).toMatchObject({
    userInfo: false,
    cookies: false,
    httpHeaders: false,
    httpBodies: [],
    urlQueryParams: false,
  });
  const event = { message: "to ada@example.com" };
  expect(options.beforeSend(event)).toEqual(redactSentryEvent(event));
  expect(options.beforeBreadcrumb(event)).toEqual({ message: "to [email]" });
  expect(options.beforeSendSpan({ name: "to ada@example.com" })).toEqual({ name: "to [email]" });
  const [processor] = sdk.addEventProcessor.mock.lastCall ?? [];
  expect(processor({ type: "replay_event", urls: ["https://app/x?q=1"] })).toEqual({
    type: "replay_event",
    urls: ["https://app/x"],
  });
  expect(processor(event)).toBe(event);
});

test("what is recorded goes through the redactor", async () => {
  await openSentry(env, {}, noise);
  const [plugin] = sdk.recorder._recordingOptions?.plugins ?? [];
  expect(plugin?.eventProcessor({ type: 4, data: { href: "https://app/x?token=1" } })).toEqual({
    type: 4,
    data: { href: "https://app/x" },
  });
  expect(sdk.addIntegration).toHaveBeenCalledOnce();
});

test("there is no replay where the redactor cannot see what is recorded", async () => {
  delete sdk.recorder._recordingOptions;
  await openSentry(env, {}, noise);
  expect(sdk.addIntegration).not.toHaveBeenCalled();
});

test("errors carry the user's id and the tenant, until they log out", async () => {
  const sink = await openSentry(env, {}, noise);
  sink.handle({ kind: "identify", userId: "ada@example.com", person: {} }, false);
  sink.handle({ kind: "tenant", tenantId: "tenant_42" }, false);
  expect(sdk.setUser).toHaveBeenLastCalledWith({ id: expect.stringMatching(/^h_/) });
  expect(sdk.setTag).toHaveBeenLastCalledWith("tenant_id", "tenant_42");
  sink.handle({ kind: "reset" }, false);
  expect(sdk.setUser).toHaveBeenLastCalledWith(null);
  expect(sdk.setTag).toHaveBeenLastCalledWith("tenant_id", undefined);
});

test("a DSN that cannot be right is named, Sentry is not begun, and errors are counted", async ({ onTestFinished }) => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  onTestFinished(() => warn.mockRestore());
  const sink = await openSentry({ VITE_SENTRY_DSN: "https://host/1" }, {}, noise);
  sink.handle({ kind: "error", error: new Error("no") }, true);
  expect(sdk.init).not.toHaveBeenCalled();
  expect(sink.losses?.()).toEqual({ dropped: 1, refused: 0 });
  expect(warn.mock.calls).toEqual([[expect.stringContaining("VITE_SENTRY_DSN must be a DSN")]]);
});

test("a stage that cannot be one is named, and not taken for production", async ({ onTestFinished }) => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  onTestFinished(() => warn.mockRestore());
  await openSentry({ ...env, VITE_SENTRY_ENVIRONMENT: "my stage" }, {}, noise);
  expect(sdk.init.mock.lastCall?.[0]).toMatchObject({ environment: "unknown" });
  expect(warn).toHaveBeenCalledOnce();
});
