import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import * as Sentry from "@sentry/node";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseEnvelope } from "../../../../src/local/twins/sentry/envelope.ts";
import { eventFacts } from "../../../../src/local/twins/sentry/event-facts.ts";
import type { HttpClient } from "../http-client.ts";
import { defaultKey, organization, sentryWithProject } from "./support.ts";

const eventId = (number: number) => number.toString(16).padStart(32, "0");

async function ingesting() {
  const started = await sentryWithProject();
  const key = await defaultKey(started.api);
  const envelopeUrl = `${started.twin.url}/api/${key.projectId}/envelope/`;
  const envelope = (...lines: (string | Uint8Array | object)[]) =>
    Buffer.concat(
      lines.flatMap((line) => [
        typeof line === "string" || line instanceof Uint8Array ? Buffer.from(line) : Buffer.from(JSON.stringify(line)),
        Buffer.from("\n"),
      ]),
    );
  const post = (body: Uint8Array, query = `?sentry_key=${key.public}`, headers: Record<string, string> = {}) =>
    fetch(`${envelopeUrl}${query}`, { method: "POST", headers, body });
  const send = (event: Record<string, unknown>) =>
    post(envelope({ event_id: event.event_id }, { type: "event" }, event));
  return { ...started, key, envelope, post, send };
}

const crash = (id: number, more: Record<string, unknown> = {}) => ({
  event_id: eventId(id),
  platform: "javascript",
  environment: "production",
  exception: { values: [{ type: "TypeError", value: "x is undefined" }] },
  ...more,
});

const issuesOf = async (api: HttpClient, query = "") => (await api.get(`${organization}/issues/${query}`)).body;

test("the real SDK's error is found as an issue of its environment, resolved, and comes back as a regression", async ({
  onTestFinished,
}) => {
  const { api, twin, key } = await ingesting();
  const client = Sentry.init({ dsn: key.dsn.public, environment: "production", defaultIntegrations: false });
  onTestFinished(async () => {
    await client?.close();
  });
  const fail = () => Sentry.captureException(new RangeError("no seats left"));
  fail();
  await Sentry.flush();
  const [issue] = await issuesOf(api, "?environment=production");
  expect(issue).toMatchObject({
    title: "RangeError: no seats left",
    status: "unresolved",
    substatus: "new",
    count: "1",
  });
  expect(await issuesOf(api, "?environment=staging")).toEqual([]);

  await api.put(`${organization}/issues/${issue.id}/`, { status: "resolved" });
  expect(await issuesOf(api)).toEqual([]);
  fail();
  await Sentry.flush();
  expect(await issuesOf(api)).toMatchObject([{ id: issue.id, substatus: "regressed", count: "2" }]);
  expect(twin.events()).toHaveLength(2);
});

describe("an envelope", () => {
  test("is read by the length of its items, so that a compressed replay may hold line ends", async () => {
    const { twin, envelope, post, key } = await ingesting();
    const recording = Buffer.concat([Buffer.from('{"segment_id":0}\n'), deflateSync("\n".repeat(500))]);
    const replay = { type: "replay_event", replay_id: eventId(9), urls: ["https://app.example/"] };
    const answer = await post(
      envelope(
        { event_id: eventId(9) },
        { type: "replay_event" },
        replay,
        { type: "replay_recording", length: recording.length },
        recording,
        { type: "event" },
        crash(1),
      ),
    );
    expect([answer.status, await answer.json()]).toEqual([200, { id: eventId(9) }]);
    expect(twin.items("replay_event")[0]?.payload).toEqual(replay);
    expect(twin.items("replay_recording")[0]).toMatchObject({ payload: { segment_id: 0 }, bytes: recording.length });
    expect(twin.events()).toHaveLength(1);
    expect(twin.items().every(({ projectId }) => projectId === String(key.projectId))).toBe(true);
  });

  test("may be gzipped, and may carry its key in a header or in its DSN", async () => {
    const { twin, envelope, post, key } = await ingesting();
    const lines = (id: number) => [{ event_id: eventId(id) }, { type: "event" }, crash(id)] as const;
    await post(gzipSync(envelope(...lines(1))), undefined, { "Content-Encoding": "gzip" });
    await post(envelope(...lines(2)), "", { "X-Sentry-Auth": `Sentry sentry_version=7, sentry_key=${key.public}` });
    await post(envelope({ dsn: key.dsn.public }, ...lines(3).slice(1)), "");
    expect(twin.events().map(({ id }) => id)).toEqual([eventId(1), eventId(2), eventId(3)]);
  });

  test("without a key, with a foreign key or to another project is refused, and keeps nothing", async () => {
    const { api, twin, envelope, post, key } = await ingesting();
    const body = envelope({}, { type: "event" }, crash(1));
    expect((await post(body, "")).status).toBe(401);
    expect((await post(body, "?sentry_key=nobody")).status).toBe(403);
    await api.put(`/api/0/projects/brandvx/operator-ui/keys/${key.id}/`, { name: "off", isActive: false });
    expect((await post(body)).status).toBe(403);
    expect(twin.events()).toEqual([]);
  });

  test("that is no envelope is refused with the cause", async () => {
    const { envelope, post } = await ingesting();
    const broken = await post(Buffer.from("not json\n"));
    expect([broken.status, ((await broken.json()) as { detail: string }).detail]).toEqual([
      400,
      "invalid event envelope",
    ]);
    const cut = await post(envelope({}, { type: "attachment", length: 900 }, "short"));
    expect(cut.status).toBe(400);
  });

  test("is taken from a page of another origin", async () => {
    const { envelope, post } = await ingesting();
    const answer = await post(envelope({}, { type: "session" }, { status: "ok" }), undefined, {
      Origin: "https://app.example",
    });
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
  });

  test("is split as it was put together, whatever bytes its payloads hold", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ payload: fc.uint8Array(), terminated: fc.boolean() })), (items) => {
        const parts = items.map(({ payload, terminated }, index) => {
          const header = Buffer.from(`${JSON.stringify({ type: "attachment", length: payload.length })}\n`);
          const last = index === items.length - 1;
          return Buffer.concat([header, payload, Buffer.from(terminated || !last ? "\n" : "")]);
        });
        const bytes = Buffer.concat([Buffer.from('{"sdk":{}}\n'), ...parts]);
        expect(parseEnvelope(bytes).items.map(({ payload }) => [...payload])).toEqual(
          items.map(({ payload }) => [...payload]),
        );
      }),
    );
  });
});

describe("events make one issue", () => {
  const frames = (...names: string[]) => ({
    frames: names.map((name) => ({ filename: "app.js", function: name, in_app: true })),
  });
  const grouping = (event: Record<string, unknown>) => eventFacts(event).grouping;
  const thrown = (value: string, stacktrace?: object) => ({
    exception: { values: [{ type: "Error", value, stacktrace }] },
  });

  test("when their frames are the same, whatever the message says", () => {
    expect(grouping(thrown("user 1", frames("a", "b")))).toBe(grouping(thrown("user 2", frames("a", "b"))));
    expect(grouping(thrown("user 1", frames("a", "b")))).not.toBe(grouping(thrown("user 1", frames("a", "c"))));
  });
  test("when their type and value are, without frames", () => {
    expect(grouping(thrown("same"))).toBe(grouping(thrown("same")));
    expect(grouping(thrown("same"))).not.toBe(grouping(thrown("other")));
  });
  test("when their fingerprint is", () => {
    const fingerprint = ["checkout"];
    expect(grouping({ ...thrown("a"), fingerprint })).toBe(grouping({ ...thrown("b"), fingerprint }));
    expect(grouping({ ...thrown("a"), fingerprint: ["{{ default }}"] })).toBe(grouping(thrown("a")));
  });
  test("when the template of their message is", () => {
    const message = (formatted: string) => ({ logentry: { message: "user %s left", formatted } });
    expect(grouping(message("user 1 left"))).toBe(grouping(message("user 2 left")));
  });
});

describe("issues are searched", () => {
  test.each([
    ["is:unresolved", 2],
    ["is:resolved", 0],
    ["environment:production", 1],
    ["!environment:production", 1],
    ["tenant:t-7", 1],
    ["release:web@*", 1],
    ['"x is undefined"', 1],
    [`id:${eventId(2)}`, 1],
    [eventId(1), 1],
    ["level:error TypeError", 1],
    ["", 2],
  ])("%s", async (query, count) => {
    const { api, send } = await ingesting();
    await send(crash(1, { tags: { tenant: "t-7" }, release: "web@1.2.0" }));
    await send({ event_id: eventId(2), environment: "staging", message: "queue is full", level: "warning" });
    expect(await issuesOf(api, `?query=${encodeURIComponent(query)}`)).toHaveLength(count);
    expect(
      (await api.get(`/api/0/projects/brandvx/operator-ui/issues/?query=${encodeURIComponent(query)}`)).body,
    ).toHaveLength(count);
  });

  test("and resolved together", async () => {
    const { api, send } = await ingesting();
    await send(crash(1));
    await send(crash(2, { exception: { values: [{ type: "RangeError", value: "y" }] } }));
    const [newest, oldest] = await issuesOf(api);
    const path = `/api/0/projects/brandvx/operator-ui/issues/?id=${newest.id}`;
    expect((await api.put(path, { status: "resolved" })).body).toMatchObject({ status: "resolved" });
    expect((await issuesOf(api)).map(({ id }: { id: string }) => id)).toEqual([oldest.id]);
  });

  test("and a person's events are counted as one user", async () => {
    const { api, send } = await ingesting();
    for (const [id, user] of [
      [1, "ada"],
      [2, "ada"],
      [3, "grace"],
    ] as const)
      await send(crash(id, { user: { id: user } }));
    expect(await issuesOf(api)).toMatchObject([{ count: "3", userCount: 2 }]);
  });
});

test("an event is found by its id, with breadcrumbs, contexts and tags; sent again it counts once", async () => {
  const { api, send } = await ingesting();
  const event = crash(5, {
    breadcrumbs: [{ message: "clicked" }],
    contexts: { browser: { name: "Chrome" } },
    tags: [["tenant", "t-7"]],
  });
  await send(event);
  await send(event);
  const found = (await api.get(`/api/0/projects/brandvx/operator-ui/events/${eventId(5)}/`)).body;
  expect(found.entries.map(({ type }: { type: string }) => type)).toEqual(["exception", "breadcrumbs"]);
  expect(found.contexts).toEqual({ browser: { name: "Chrome" } });
  expect(found.tags).toContainEqual({ key: "tenant", value: "t-7" });
  expect((await api.get(`${organization}/eventids/${eventId(5)}/`)).body).toMatchObject({ projectSlug: "operator-ui" });
  const [issue] = await issuesOf(api);
  expect(issue.count).toBe("1");
  expect((await api.get(`${organization}/issues/${issue.id}/events/latest/`)).body.eventID).toBe(eventId(5));
  expect((await api.get(`/api/0/issues/${issue.id}/events/`)).body).toHaveLength(1);
});

test("the old store endpoint takes an event, too", async () => {
  const { api, twin, key } = await ingesting();
  const answer = await fetch(`${twin.url}/api/${key.projectId}/store/?sentry_key=${key.public}`, {
    method: "POST",
    body: JSON.stringify(crash(7)),
  });
  expect(await answer.json()).toEqual({ id: eventId(7) });
  expect(await issuesOf(api)).toHaveLength(1);
});

describe("packed envelopes", () => {
  const packers = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, zstd: zstdCompressSync };

  test.each(Object.entries(packers))("in %s arrive", async (encoding, pack) => {
    const { twin, envelope, post } = await ingesting();
    const body = pack(envelope({ event_id: eventId(1) }, { type: "event" }, crash(1)));
    expect((await post(body, undefined, { "Content-Encoding": encoding })).status).toBe(200);
    expect(twin.events()).toMatchObject([{ id: eventId(1) }]);
    expect(twin.requests.all().at(-1)?.body).toContain("TypeError");
  });

  test("in an encoding that Relay does not know, or in none where one is named, are refused", async () => {
    const { twin, envelope, post } = await ingesting();
    const plain = envelope({ event_id: eventId(1) }, { type: "event" }, crash(1));
    expect((await post(plain, undefined, { "Content-Encoding": "compress" })).status).toBe(415);
    for (const encoding of Object.keys(packers))
      expect((await post(plain, undefined, { "Content-Encoding": encoding })).status, encoding).toBe(400);
    expect((await post(gzipSync(plain))).status, "packed, and the header does not say so").toBe(400);
    expect(twin.events()).toEqual([]);
  });

  test.each(Object.entries(packers))("that unpack in %s to more than may be are refused", async (encoding, pack) => {
    const { twin, envelope, post } = await ingesting();
    const bomb = pack(Buffer.alloc(64 * 1024 ** 2));
    expect((await post(bomb, undefined, { "Content-Encoding": encoding })).status).toBe(413);
    const large = envelope(
      { event_id: eventId(1) },
      { type: "event" },
      crash(1, { extra: { text: "x".repeat(1024 ** 2) } }),
    );
    const answer = await post(pack(large), undefined, { "Content-Encoding": encoding });
    expect([answer.status, await answer.json()]).toEqual([
      413,
      { detail: "envelope exceeded size limits for type 'event'" },
    ]);
    expect(twin.events()).toEqual([]);
  });
});
