import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gzipBomb } from "../bomb.ts";
import { type Client, posthog } from "./client.ts";

const event = (fields: Record<string, unknown> = {}) => ({
  api_key: "phc_local",
  event: "landing_view",
  distinct_id: "ada",
  ...fields,
});

async function send(
  { twin }: Client,
  path: string,
  body: string | Buffer<ArrayBuffer>,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${twin.url}${path}`, { method: "POST", body, headers });
  return [response.status, await response.text()];
}

const ok = [200, '{"status":"Ok"}'];

describe("capture", () => {
  test.each(["/e/", "/i/v0/e/", "/capture/", "/batch/", "/track/", "/engage/", "/e", "/i/v0/e", "/batch"])(
    "%s stores an event of the project",
    async (path) => {
      const client = await posthog();
      expect(await send(client, path, JSON.stringify(event({ properties: { variant: "b" } })))).toEqual(ok);
      expect(client.twin.events()).toMatchObject([
        { event: "landing_view", distinctId: "ada", properties: { variant: "b" } },
      ]);
    },
  );

  test.each([
    ["gzip without any header that says so", (text: string) => gzipSync(text), "text/plain"],
    [
      "a form with base64",
      (text: string) => `data=${encodeURIComponent(Buffer.from(text).toString("base64"))}`,
      "application/x-www-form-urlencoded",
    ],
    [
      "a form whose plus signs were not escaped",
      (text: string) => `data=${Buffer.from(text).toString("base64")}`,
      "application/x-www-form-urlencoded",
    ],
    ["plain base64", (text: string) => Buffer.from(text).toString("base64"), "text/plain"],
    ["plain JSON", (text: string) => text, "application/json"],
  ])("reads %s", async (_, encode, type) => {
    const client = await posthog();
    const properties = { note: "ü>>>???~~~ÿ", $current_url: "https://brandvx.example/?a=1&data=2" };
    expect(await send(client, "/e/", encode(JSON.stringify(event({ properties }))), { "Content-Type": type })).toEqual(
      ok,
    );
    expect(client.twin.events()[0]?.properties).toEqual(properties);
  });

  test("reads any event in any wrapping as it was", async () => {
    const client = await posthog();
    const wrappings = [
      (text: string) => gzipSync(text),
      (text: string) => `data=${encodeURIComponent(Buffer.from(text).toString("base64"))}`,
      (text: string) => Buffer.from(text).toString("base64"),
      (text: string) => text,
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue()),
        fc.constantFrom(...wrappings),
        async (said, wrap) => {
          const properties = JSON.parse(
            JSON.stringify({ ...said, token: "phc_local", $set: {}, $set_once: {}, __proto__: null }),
          );
          const last = client.twin.events().at(-1)?.id ?? 0;
          await send(client, "/e/", wrap(JSON.stringify(event({ properties }))));
          expect(client.twin.events(last).map((it) => it.properties)).toEqual([properties]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a megabyte of gzip that unpacks to a gigabyte is refused, and the next event is taken", async () => {
    const client = await posthog();
    const bomb = gzipBomb();
    expect(await send(client, "/batch/", bomb)).toEqual([400, "maximum event size exceeded"]);
    expect(await send(client, "/flags/?v=2", bomb)).toEqual([400, "maximum event size exceeded"]);
    expect(await send(client, "/e/", JSON.stringify(event()))).toEqual(ok);
    expect(client.twin.requests.all()[0]?.body).toMatch(/too large once unpacked/);
  });

  test("a single event holds 2 MB and a batch 20 MB, as they come over the wire", async () => {
    const client = await posthog();
    const megabytes = (count: number) => JSON.stringify(event({ properties: { text: "x".repeat(count * 1024 ** 2) } }));
    expect(await send(client, "/e/", megabytes(1.9))).toEqual(ok);
    expect(await send(client, "/e/", megabytes(2.1))).toEqual([413, "length limit exceeded"]);
    expect(await send(client, "/batch/", megabytes(2.1))).toEqual(ok);
    expect((await send(client, "/batch/", megabytes(20.1)))[0]).toBe(413);
    expect(client.twin.events()).toHaveLength(2);
  });

  test("what is no UTF-8, no gzip or no JSON is refused in the capture service's words", async () => {
    const client = await posthog();
    expect(await send(client, "/e/", Buffer.from([0x7b, 0xff, 0x7d]))).toEqual([
      400,
      "failed to decode request: invalid UTF8 in request payload",
    ]);
    expect(await send(client, "/e/", Buffer.from([0x1f, 0x8b, 0x00]))).toEqual([
      400,
      "failed to decode request: invalid GZIP data",
    ]);
    expect((await send(client, "/e/", "{"))[0]).toBe(400);
  });

  test("half a surrogate pair becomes U+FFFD, in names and values", async () => {
    const client = await posthog();
    const body = String.raw`{"api_key":"phc_local","event":"a\ud83d","distinct_id":"\udc00","properties":{"k\ud83d":"\\ud83d"}}`;
    expect(await send(client, "/e/", body)).toEqual(ok);
    expect(client.twin.events()).toMatchObject([
      { event: "a\ufffd", distinctId: "\ufffd", properties: { "k\ufffd": String.raw`\ud83d` } },
    ]);
  });

  test("takes a batch, and the distinct id from the properties", async () => {
    const client = await posthog();
    const batch = [
      { event: "a", properties: { distinct_id: "ada" } },
      { event: "b", distinct_id: 7, properties: {} },
    ];
    expect(await send(client, "/batch/", JSON.stringify({ api_key: "phc_local", batch }))).toEqual(ok);
    expect(client.twin.events().map((it) => [it.event, it.distinctId])).toEqual([
      ["a", "ada"],
      ["b", "7"],
    ]);
  });

  test("a key of no project is 200 all the same, and its events go nowhere", async () => {
    const client = await posthog();
    expect(await send(client, "/e/", JSON.stringify(event({ api_key: "phc_someone_else" })))).toEqual(ok);
    expect(client.twin.events()).toEqual([]);
    expect((await client.get("event_definitions/")).body.count).toBe(0);
  });

  test("a key with a stray newline is the key", async () => {
    const client = await posthog();
    await send(client, "/e/", JSON.stringify(event({ api_key: "phc_local\n" })));
    expect(client.twin.events()).toHaveLength(1);
  });

  test.each([
    [event({ api_key: undefined }), 401, "event submitted without an api_key"],
    [event({ api_key: "phx_local" }), 401, "API key is not valid: personal_api_key"],
    [event({ api_key: " " }), 401, "API key is not valid: empty"],
    [event({ api_key: "x".repeat(65) }), 401, "API key is not valid: too_long"],
    [event({ api_key: "phc_ü" }), 401, "API key is not valid: not_ascii"],
    [event({ api_key: "phc\0x" }), 401, "API key is not valid: null_byte"],
    [[event(), event({ api_key: "phc_b" })], 401, "batch submitted with inconsistent api_key values"],
    [{ api_key: "phc_local", batch: [] }, 400, "request holds no event"],
    [event({ event: "" }), 400, "event submitted with an empty event name"],
    [event({ distinct_id: undefined }), 400, "event submitted without a distinct_id"],
    [event({ distinct_id: "" }), 400, "event submitted with an empty distinct_id"],
  ])("%j is %i in plain text", async (body, status, message) => {
    const client = await posthog();
    expect(await send(client, "/batch/", JSON.stringify(body))).toEqual([status, message]);
    expect(client.twin.events()).toEqual([]);
  });

  test("an event that comes twice with the same uuid is kept once", async () => {
    const client = await posthog();
    const once = JSON.stringify(event({ uuid: "0193a5b0-0000-7000-8000-000000000001" }));
    await send(client, "/e/", once);
    await send(client, "/e/?retry_count=1", once);
    expect(client.twin.events()).toHaveLength(1);
  });

  test("recordings are taken and thrown away", async () => {
    const client = await posthog();
    expect(await send(client, "/s/", gzipSync('[{"event":"$snapshot"}]'))).toEqual(ok);
    expect(client.twin.events()).toEqual([]);
  });

  test("a browser of any origin may send", async () => {
    const { twin } = await posthog();
    for (const path of ["/e/", "/flags/?v=2", "/array/phc_local/config"]) {
      const preflight = await fetch(twin.url + path, {
        method: "OPTIONS",
        headers: {
          Origin: "https://brandvx.example",
          "Access-Control-Request-Method": "POST",
          "Access-Control-Request-Headers": "content-type",
        },
      });
      expect([preflight.status, preflight.headers.get("Access-Control-Allow-Origin")]).toEqual([
        204,
        "https://brandvx.example",
      ]);
    }
  });
});

describe("an event's time", () => {
  const now = new Date("2026-11-22T10:00:00Z");
  test.each([
    ["none", {}, "2026-11-22T10:00:00.000Z"],
    ["its own", { timestamp: "2026-11-01T08:00:00+01:00" }, "2026-11-01T07:00:00.000Z"],
    [
      "its own, by a clock that is an hour slow",
      { timestamp: "2026-11-22T08:30:00Z", sent_at: "2026-11-22T09:00:00Z" },
      "2026-11-22T09:30:00.000Z",
    ],
    ["how long ago", { offset: 60_000 }, "2026-11-22T09:59:00.000Z"],
    ["days ahead", { timestamp: "2026-12-24T10:00:00Z" }, "2026-11-22T10:00:00.000Z"],
    ["no date", { timestamp: "yesterday" }, "2026-11-22T10:00:00.000Z"],
  ])("that says %s", async (_, fields, timestamp) => {
    const client = await posthog({ now: () => now });
    await send(client, "/e/", JSON.stringify(event(fields)));
    expect(client.twin.events()[0]?.timestamp).toBe(timestamp);
  });
});

describe("people", () => {
  const story = async (...events: Record<string, unknown>[]) => {
    const client = await posthog();
    for (const each of events) await send(client, "/e/", JSON.stringify(event(each)));
    return client.twin.events();
  };
  const people = (events: { personId: string }[]) => new Set(events.map((it) => it.personId)).size;
  const identify = (distinct_id: string, anonymous: string) => ({
    event: "$identify",
    distinct_id,
    properties: { $anon_distinct_id: anonymous },
  });

  test("who sign up are the visitors they were, also for what they did before", async () => {
    const events = await story({ distinct_id: "anon-1" }, identify("ada", "anon-1"), { distinct_id: "ada" });
    expect(people(events)).toBe(1);
  });

  test("on two devices are one, and two users of one device stay two", async () => {
    expect(
      people(
        await story(
          { distinct_id: "phone" },
          identify("ada", "phone"),
          { distinct_id: "laptop" },
          identify("ada", "laptop"),
        ),
      ),
    ).toBe(1);
    expect(people(await story(identify("ada", "device"), identify("bob", "device"), { distinct_id: "bob" }))).toBe(2);
  });

  test("are joined by an alias, and already identified ones only dangerously", async () => {
    const alias = (event: string) => ({ event, distinct_id: "ada", properties: { alias: "bob" } });
    expect(people(await story({ distinct_id: "bob" }, alias("$create_alias")))).toBe(1);
    expect(people(await story(identify("bob", "x"), alias("$create_alias")))).toBe(2);
    expect(people(await story(identify("bob", "x"), alias("$merge_dangerously")))).toBe(1);
  });

  test("are never joined by an id that stands for nobody", async () => {
    expect(people(await story({ distinct_id: "anonymous" }, identify("ada", "anonymous")))).toBe(2);
  });

  test("have properties: the last $set, the first $set_once", async () => {
    const events = await story(
      { properties: { $set: { plan: "free" }, $set_once: { source: "ad" } } },
      { $set: { plan: "pro" }, $set_once: { source: "friend" } },
    );
    expect(events[0]?.personProperties).toEqual({ plan: "pro", source: "ad" });
  });

  test("without a profile still count as one each", async () => {
    const events = await story(
      { properties: { $process_person_profile: false } },
      { properties: { $process_person_profile: false } },
    );
    expect([people(events), events[0]?.personProperties]).toEqual([1, {}]);
  });
});

describe("flags and configuration", () => {
  test("flags are evaluated for a person, with what is known and what is said of them", async () => {
    const client = await posthog();
    const flag = (key: string, filters: object, more = {}) => client.post("feature_flags/", { key, filters, ...more });
    const plan = { key: "plan", value: ["pro"], operator: "exact", type: "person" };
    await flag("all", { groups: [{ rollout_percentage: 100 }], payloads: { true: '{"size":3}' } });
    await flag("none", { groups: [{ rollout_percentage: 0 }] });
    await flag("off", { groups: [{}] }, { active: false });
    await flag("pro", { groups: [{ properties: [plan] }] });
    await flag("color", { groups: [{}], multivariate: { variants: [{ key: "red", rollout_percentage: 100 }] } });

    const ask = async (body: object) =>
      (await client.post("/flags/?v=2", { token: "phc_local", distinct_id: "ada", ...body })).body;
    const { flags, errorsWhileComputingFlags } = await ask({});
    expect(errorsWhileComputingFlags).toBe(false);
    expect(
      Object.fromEntries(
        Object.entries(flags).map(([key, it]) => [
          key,
          (it as { variant?: string; enabled: boolean }).variant ?? (it as { enabled: boolean }).enabled,
        ]),
      ),
    ).toEqual({
      all: true,
      none: false,
      off: false,
      pro: false,
      color: "red",
    });
    expect(flags.all).toMatchObject({ reason: { code: "condition_match" }, metadata: { payload: '{"size":3}' } });
    expect((await ask({ person_properties: { plan: "Pro" } })).flags.pro.enabled).toBe(true);
    expect(Object.keys((await ask({ flag_keys_to_evaluate: ["all"] })).flags)).toEqual(["all"]);
  });

  test("about a third of people are in a third", async () => {
    const client = await posthog();
    await client.post("feature_flags/", { key: "third", filters: { groups: [{ rollout_percentage: 33 }] } });
    const asked = await Promise.all(
      Array.from({ length: 150 }, (_, person) =>
        client.post("/flags/?v=2", { token: "phc_local", distinct_id: `p${person}` }),
      ),
    );
    const share = asked.filter(({ body }) => body.flags.third.enabled).length / asked.length;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.41);
  });

  test("a wrong key is 401 in plain text: the cheap way to check one", async () => {
    const client = await posthog();
    for (const path of ["/flags/?v=2", "/decide/?v=3"]) {
      expect(await send(client, path, JSON.stringify({ token: "phc_other", distinct_id: "a" }))).toEqual([
        401,
        "The provided API key is invalid or has expired. Please check your API key and try again.",
      ]);
    }
  });

  test("the browser's configuration is served as JSON and as a script that it can run", async () => {
    const client = await posthog();
    const config = (await client.get("/array/phc_local/config")).body;
    expect(config).toMatchObject({ token: "phc_local", analytics: { endpoint: "/i/v0/e/" }, hasFeatureFlags: false });
    const script = (await client.get("/array/phc_local/config.js")).body;
    const window: { _POSTHOG_REMOTE_CONFIG?: Record<string, { config: unknown }> } = {};
    new Function("window", script)(window);
    expect(window._POSTHOG_REMOTE_CONFIG?.phc_local?.config).toEqual(config);
    expect((await client.get("/array/phc_other/config")).status).toBe(404);
  });
});

test("an IP address is kept until the project drops it", async () => {
  const client = await posthog();
  const withIp = JSON.stringify(event({ properties: { $ip: "203.0.113.7", plan: "pro" } }));
  await send(client, "/e/", withIp);
  expect((await client.patch("/api/projects/1/", { anonymize_ips: true })).status).toBe(200);
  await send(client, "/e/", withIp);
  expect(client.twin.events().map(({ properties }) => properties)).toEqual([
    { $ip: "203.0.113.7", plan: "pro" },
    { plan: "pro" },
  ]);
});
