import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createErrors } from "../../../src/runtime/server/errors.ts";
import {
  addBreadcrumb,
  captureError,
  initServer,
  shutdown,
  withBreadcrumbs,
  withSpan,
} from "../../../src/runtime/server/index.ts";
import { createSink } from "../../../src/runtime/server/sink.ts";
import { type SentryProject, startSentryProject } from "../../support/sentry-project.ts";

const ends: (() => Promise<void>)[] = [];
let sentry: SentryProject;

beforeAll(async () => {
  sentry = await startSentryProject((end) => ends.push(end));
  await initServer({ SENTRY_DSN: sentry.dsn, SENTRY_TRACES_SAMPLE_RATE: "1", SENTRY_RELEASE: "backend@1.2.3" });
});

afterAll(async () => {
  const { sentry: counts } = await shutdown(5_000);
  expect(counts).toEqual({ sent: sentry.twin.events().length, dropped: 0, refused: 0 });
  expect(counts.sent).toBeGreaterThan(5);
  for (const end of ends) await end();
});

interface Payload {
  exception: { values: { type: string; value: string }[] };
  breadcrumbs: { category: string; message: string; data: Record<string, unknown> }[];
  tags: Record<string, string>;
  extra: Record<string, unknown>;
  environment: string;
  release: string;
}

/** The error with this text, when it has arrived. */
const arrived = (text: string) =>
  vi.waitFor(
    () => {
      const found = sentry.twin.events().map(({ payload }) => payload as unknown as Payload);
      const event = found.find(({ exception }) => exception?.values.some(({ value }) => value.includes(text)));
      if (!event) throw new Error(`no error "${text}" in Sentry`);
      return event;
    },
    { timeout: 5_000 },
  );

describe("an error in a tool", () => {
  test("reaches Sentry with tool, tenant and the breadcrumbs before it, and is thrown on", async () => {
    const run = withBreadcrumbs(
      { tool: "calendar.find_slot", tenantId: "tenant_42", data: { day: "monday" } },
      async () => {
        addBreadcrumb("asked the calendar", { tool: "calendar.find_slot", data: { to: "ada@example.com" } });
        await Promise.resolve();
        throw new RangeError("no slot for ada@example.com");
      },
    );
    await expect(run).rejects.toThrow("no slot for ada@example.com");
    const event = await arrived("no slot for [email]");
    expect(event).toMatchObject({
      environment: "production",
      release: "backend@1.2.3",
      tags: { tool: "calendar.find_slot", tenant_id: "tenant_42" },
      extra: { day: "monday" },
    });
    expect(event.breadcrumbs.filter(({ category }) => category === "tool")).toMatchObject([
      { message: "calendar.find_slot", data: { tenant_id: "tenant_42", day: "monday" } },
      { message: "asked the calendar", data: { to: "[email]" } },
    ]);
    expect(JSON.stringify(sentry.twin.events())).not.toContain("ada@example.com");
  });

  test("is thrown on at once where the tool is no promise", async () => {
    const run = () =>
      withBreadcrumbs({ tool: "sync" }, () => {
        throw new TypeError("at once");
      });
    expect(run).toThrow(TypeError);
    expect((await arrived("at once")).tags).toMatchObject({ tool: "sync" });
  });

  test("has the breadcrumbs and the tenant of its own request alone", async () => {
    const request = (name: string, tenantId: string) =>
      withBreadcrumbs({ tool: name, tenantId }, async () => {
        addBreadcrumb(`step of ${name}`);
        await new Promise((resolve) => setImmediate(resolve));
        throw new Error(`${name} broke`);
      }).catch(() => {});
    await Promise.all([request("first", "t1"), request("second", "t2")]);
    const [first, second] = await Promise.all([arrived("first broke"), arrived("second broke")]);
    const texts = (event: Payload) => event.breadcrumbs.map(({ message }) => message);
    expect(texts(first)).toContain("step of first");
    expect(texts(first)).not.toContain("step of second");
    expect([first.tags.tenant_id, second.tags.tenant_id]).toEqual(["t1", "t2"]);
  });

  test("is reported once, through how many tools it may pass", async () => {
    const outer = withBreadcrumbs({ tool: "outer" }, () =>
      withBreadcrumbs({ tool: "inner" }, async () => {
        throw new Error("passed through");
      }),
    );
    await expect(outer).rejects.toThrow("passed through");
    captureError(new Error("afterwards"));
    await arrived("afterwards");
    const all = sentry.twin.events().filter(({ payload }) => JSON.stringify(payload).includes('"passed through"'));
    expect(all).toHaveLength(1);
    expect((await arrived("passed through")).tags.tool).toBe("inner");
  });

  const throwing = (name: string): Record<string, unknown> =>
    Object.defineProperty({ day: "monday" }, name, {
      enumerable: true,
      get() {
        throw new Error("hostile");
      },
    });

  test.for<[string, unknown, object]>([
    ["null", null, {}],
    ["a text", "calendar", {}],
    ["data that is null", { data: null, tool: "t" }, { tags: { tool: "t" } }],
    ["data that is a text", { data: "monday" }, { extra: { data: "monday" } }],
    ["data with a getter that throws", { data: throwing("slot") }, { extra: { day: "monday", slot: "[unreadable]" } }],
    ["data of which a part throws", { data: { of: throwing("slot") } }, { extra: { of: { slot: "[unreadable]" } } }],
    ["a getter in place of its data", throwing("data"), { extra: { data: "[unreadable]" } }],
    ["a getter in place of its tool", throwing("tool"), { tags: { tool: "[unreadable]" } }],
    ["a tenant that is no text", { tenantId: Object.create(null) }, { tags: { tenant_id: expect.any(String) } }],
  ])("reaches Sentry whatever comes with it: %s", async ([what, circumstances, expected]) => {
    captureError(new Error(`came with ${what}.`), circumstances as { tool: string });
    expect(await arrived(`came with ${what}.`)).toMatchObject(expected);
    addBreadcrumb("step", circumstances as { tool: string });
    expect(withBreadcrumbs(circumstances as { tool: string }, () => 7)).toBe(7);
  });

  test("has the data as they were when it happened", async () => {
    const data = { day: "monday" };
    captureError(new Error("on that day"), { data });
    data.day = "tuesday";
    expect((await arrived("on that day")).extra).toMatchObject({ day: "monday" });
  });

  test("does not carry contact data in its tenant, nor the source line that has it", async () => {
    captureError(new Error("from a literal: +15551234567"), { tenantId: "ada@example.com" });
    const event = await arrived("from a literal: [phone]");
    expect(event.tags.tenant_id).toMatch(/^h_/);
    expect(JSON.stringify(event)).not.toContain("5551234567");
  });
});

test("what succeeds gives its result, at once or as a promise", async () => {
  expect(withBreadcrumbs({ tool: "t" }, () => 7)).toBe(7);
  expect(await withBreadcrumbs({ tool: "t" }, async () => 7)).toBe(7);
  expect(withSpan("s", {}, () => 7)).toBe(7);
});

test("a span reaches Sentry with its figures, and what it ran in it", async () => {
  await withSpan("ask.answer", { "sentry.op": "ai.chat", chars: 120, to: "ada@example.com" }, async () => {
    await withSpan("ask.search", {}, async () => {});
  });
  await shutdownlessFlush();
  const spans = sentry.twin
    .items("span")
    .flatMap(({ payload }) => (payload as unknown as { items: Record<string, unknown>[] }).items);
  const answer = spans.find(({ name }) => name === "ask.answer");
  expect(answer?.attributes).toMatchObject({ chars: { value: 120 }, to: { value: "[email]" } });
  expect(spans.find(({ name }) => name === "ask.search")).toMatchObject({ parent_span_id: answer?.span_id });
});

/** Sends the queued events without shutting anything down. */
async function shutdownlessFlush(): Promise<void> {
  const { flush } = await import("@sentry/node");
  await flush(5_000);
}

describe("without a DSN, or with one that is none", () => {
  const open = (dsn: string | undefined) => {
    const warnings: string[] = [];
    const errors = createErrors({
      dsn,
      environment: "production",
      release: undefined,
      tracesSampleRate: 0,
      sink: createSink("Errors do not reach Sentry", "Errors reach Sentry again", (line) => warnings.push(line)),
    });
    return { errors, warnings };
  };

  test("everything just runs", async () => {
    const { errors, warnings } = open(undefined);
    await errors.ready();
    errors.capture(new Error("nowhere"), {});
    errors.breadcrumb("nowhere", {});
    expect(errors.isolated({ tool: "t" }, () => 1)).toBe(1);
    expect(errors.span("s", {}, () => 2)).toBe(2);
    expect(errors.detail()).toEqual({ status: "disabled", waiting: 0, sent: 0, dropped: 0, refused: 0 });
    expect(await errors.close(100)).toEqual({ sent: 0, dropped: 0, refused: 0 });
    expect(warnings).toEqual([]);
  });
});
