import { Redis } from "ioredis";
import { beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import type { EmittedEvent } from "../../../src/runtime/redis/fanout.ts";
import { createStateStore } from "../../../src/runtime/redis/state-store.ts";
import { redisServerPath, startRedisServer } from "../../support/redis-server.ts";
import { type Subject, subjectKinds } from "./subjects.ts";

const sent = { channel: "sms", template_id: "welcome", contact_id: "c1" } as const;

describe.for(subjectKinds)("events between processes, $name", ({ available, open, name }) => {
  let subject: Subject;
  let store: Subject["store"];

  beforeEach(async (context) => {
    if (!available) return context.skip();
    subject = await open(context.onTestFinished);
    store = subject.store;
  });

  test("reach each subscriber once, with what was emitted", async () => {
    const first = vi.fn();
    const second = vi.fn();
    await store.subscribeEvents("all", first);
    await store.subscribeEvents(["cadence.message_sent"], second);
    const where = await store.emitEvent("cadence.message_sent", { ...sent, fallback: true }, { tenant: "t1" });
    await store.emitEvent("cadence.message_queued", sent);
    await vi.waitFor(() => expect(first).toHaveBeenCalledTimes(2));
    expect(second).toHaveBeenCalledOnce();
    expect(first.mock.calls[0]?.[0]).toMatchObject({
      event: "cadence.message_sent",
      properties: { ...sent, fallback: true },
      tenant: "t1",
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(where).toBe(name === "in a real Redis" ? "redis" : "local");
  });

  test("reach the other process once", async (context) => {
    const { other } = subject;
    if (!other) return context.skip();
    const here = vi.fn();
    const there = vi.fn();
    await Promise.all([store.subscribeEvents("all", here), other.subscribeEvents("all", there)]);
    await Promise.all(Array.from({ length: 50 }, () => store.emitEvent("cadence.message_sent", sent)));
    await vi.waitFor(() => expect(there).toHaveBeenCalledTimes(50));
    expect(here).toHaveBeenCalledTimes(50);
  });

  test("go on to the others when one handler throws or changes them", async () => {
    const errors = vi.spyOn(console, "error").mockImplementation(() => {});
    const seen: string[] = [];
    await store.subscribeEvents("all", () => {
      throw new Error("for ada@example.com");
    });
    await store.subscribeEvents(["cadence.message_sent"], (event) => {
      Object.assign(event.properties, { contact_id: "changed" });
    });
    await store.subscribeEvents(["cadence.message_sent"], (event) => void seen.push(event.properties.contact_id));
    await store.emitEvent("cadence.message_sent", sent);
    await vi.waitFor(() => expect(seen).toEqual(["c1"]));
    expect(errors.mock.calls.flat().join()).toContain("for [email]");
    errors.mockRestore();
  });

  test("do not reach who has unsubscribed", async () => {
    const gone = vi.fn();
    const there = vi.fn();
    const end = await store.subscribeEvents("all", gone);
    await store.subscribeEvents("all", there);
    end();
    await store.emitEvent("cadence.message_sent", sent);
    await vi.waitFor(() => expect(there).toHaveBeenCalledOnce());
    expect(gone).not.toHaveBeenCalled();
  });

  test("carry only what the catalog allows", async () => {
    const seen: unknown[] = [];
    await store.subscribeEvents(["cadence.message_sent"], ({ properties }) => void seen.push(properties));
    await store.emitEvent("cadence.message_sent", {
      ...sent,
      contact_id: "+15551234567",
      body: "hi",
    } as unknown as typeof sent);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    expect(seen).toEqual([{ ...sent, contact_id: expect.stringMatching(/^h_/) }]);
  });
});

test("what others publish on the channel does no harm", async (context) => {
  if (!redisServerPath) return context.skip();
  const { url } = await startRedisServer(context.onTestFinished);
  const store = createStateStore({ url, notice: () => {} });
  const client = new Redis(url);
  context.onTestFinished(async () => {
    client.disconnect();
    await store.close();
  });
  const seen: string[] = [];
  await store.ready(5_000);
  await store.subscribeEvents("all", ({ event }) => void seen.push(event));
  await vi.waitFor(async () => expect(await client.publish("brandvx.events", "not json")).toBe(1));
  const foreign = [
    "null",
    "[]",
    '{"event":"unknown.event","properties":{}}',
    '{"event":"cadence.message_sent"}',
    '{"event":"cadence.message_sent","properties":{"channel":"sms"}}',
    JSON.stringify({ event: "cadence.message_sent", properties: sent }),
  ];
  for (const text of foreign) await client.publish("brandvx.events", text);
  await vi.waitFor(() => expect(seen).toEqual(["cadence.message_sent"]));
});

test("what a caller gives that cannot be is neither an error nor sent", async (context) => {
  const notices: string[] = [];
  const seen: unknown[] = [];
  const store = createStateStore({ notice: ({ message }) => notices.push(message) });
  context.onTestFinished(() => store.close());
  await store.subscribeEvents("all", (event) => void seen.push(event));
  const emit = store.emitEvent as (...given: unknown[]) => Promise<string>;
  const unreadable = {
    get channel() {
      throw new Error("hostile");
    },
  };
  const wrong = [
    ["nope anna@example.com", {}],
    [undefined, {}],
    ["cadence.message_sent"],
    ["cadence.message_sent", null, null],
    ["cadence.message_sent", { channel: "sms" }],
    ["cadence.message_sent", unreadable],
    ["constructor", {}],
  ];
  for (const given of wrong) expect(await emit(...given)).toBe("local");
  await new Promise(setImmediate);
  expect(seen).toEqual([]);
  expect(notices.join("\n")).not.toContain("anna@example.com");
  expect(notices).toContainEqual(expect.stringContaining("cadence.message_sent without contact_id was dropped"));
});

test("a tenant is an opaque id to all who get the event, whatever it was given as", async (context) => {
  const store = createStateStore();
  context.onTestFinished(() => store.close());
  const tenants: (string | undefined)[] = [];
  await store.subscribeEvents("all", ({ tenant }) => void tenants.push(tenant));
  for (const tenant of ["tenant_42", "anna@example.com", 5n, null, undefined]) {
    await store.emitEvent("cadence.message_sent", sent, { tenant } as { tenant: string });
  }
  await vi.waitFor(() => expect(tenants).toHaveLength(5));
  const pseudonym = expect.stringMatching(/^h_[a-p]{20}$/);
  expect(tenants).toEqual(["tenant_42", pseudonym, pseudonym, undefined, undefined]);
});

test("one name alone is a list of one", async (context) => {
  const store = createStateStore();
  context.onTestFinished(() => store.close());
  const seen: string[] = [];
  await store.subscribeEvents("cadence.message_sent" as "all", ({ event }) => void seen.push(event));
  await store.emitEvent("cadence.message_sent", sent);
  await vi.waitFor(() => expect(seen).toEqual(["cadence.message_sent"]));
});

test("in development, an event that the catalog does not allow is an error", async () => {
  const store = createStateStore({ development: true });
  // @ts-expect-error channel is sms or email
  const emitted = store.emitEvent("cadence.message_sent", { ...sent, channel: "fax" });
  await expect(emitted).rejects.toThrow('property "channel" is not sms | email');
});

test("handlers know the properties of the events they asked for", () => {
  const store = createStateStore();
  void store.subscribeEvents(["cadence.message_failed", "cadence.message_sent"], (event) => {
    expectTypeOf(event.event).toEqualTypeOf<"cadence.message_failed" | "cadence.message_sent">();
    if (event.event === "cadence.message_failed") expectTypeOf(event.properties.error).toEqualTypeOf<string>();
  });
  expectTypeOf<EmittedEvent<"$pageview">["properties"]["path"]>().toEqualTypeOf<string>();
  // @ts-expect-error no such event
  void store.subscribeEvents(["cadence.message_lost"], () => {});
  // @ts-expect-error no such property
  void store.emitEvent("cadence.message_sent", { ...sent, body: "hi" });
});

test("a burst of more events than are remembered is heard once by the process that emits it", async (context) => {
  if (!redisServerPath) return context.skip();
  const server = await startRedisServer(context.onTestFinished);
  const options = { url: server.url, deadlineMs: 10_000, notice: () => {} };
  const [store, other] = [createStateStore(options), createStateStore(options)];
  context.onTestFinished(async () => void (await Promise.all([store.close(), other.close()])));
  await Promise.all([store.ready(5_000), other.ready(5_000)]);
  const heard = new Map<string, number>();
  const there = vi.fn();
  await store.subscribeEvents("all", ({ id }) => void heard.set(id, (heard.get(id) ?? 0) + 1));
  await other.subscribeEvents("all", there);
  await Promise.all(Array.from({ length: 3_000 }, () => store.emitEvent("cadence.message_sent", sent)));
  // What is emitted last comes back last.
  await other.emitEvent("cadence.message_queued", sent);
  await vi.waitFor(() => expect([heard.size, there.mock.calls.length]).toEqual([3_001, 3_001]), { timeout: 10_000 });
  expect([...heard.values()].filter((times) => times !== 1)).toEqual([]);
  expect(there.mock.calls[0]?.[0]).not.toHaveProperty("origin");
});
