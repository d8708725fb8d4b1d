import { describe, expect, test } from "vitest";
import { publishedLimits } from "../../../../src/local/twins/posthog/index.ts";
import { posthog, sql } from "./client.ts";

/** A clock that a test moves. */
function clock(start = "2026-11-22T10:00:00Z") {
  let at = Date.parse(start);
  return { now: () => new Date(at), pass: (seconds: number) => (at += seconds * 1000) };
}

describe("rate limits", () => {
  test("are off unless asked for", async () => {
    const client = await posthog();
    const answers = await Promise.all(Array.from({ length: 300 }, () => client.get("insights/")));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
  });

  test("a request too many is 429 and told when to come back: when the oldest of the minute has passed", async () => {
    const time = clock();
    const client = await posthog({ now: time.now, limits: { insights: { perMinute: 2, perHour: 100 } } });
    await client.post("insights/", { name: "A" });
    time.pass(20.5);
    await client.post("insights/", { name: "B" });
    const refused = await client.post("insights/", { name: "C" });
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "40"]);
    expect(refused.body).toEqual({
      type: "throttled_error",
      code: "throttled",
      detail: "Request was throttled. Expected available in 40 seconds.",
      attr: null,
    });
    expect(client.twin.live().insights).toHaveLength(2);
    time.pass(40);
    expect((await client.post("insights/", { name: "C" })).status).toBe(201);
  });

  test("the hour holds longer than the minute", async () => {
    const time = clock();
    const client = await posthog({ now: time.now, limits: { default: { perMinute: 100, perHour: 1 } } });
    await client.get("dashboards/");
    expect((await client.get("dashboards/")).headers.get("Retry-After")).toBe("3600");
    time.pass(3599);
    expect((await client.get("dashboards/")).body.detail).toBe(
      "Request was throttled. Expected available in 1 second.",
    );
  });

  test("all requests on insights share a bucket of their own, for each key", async () => {
    const client = await posthog({
      limits: { insights: { perMinute: 1, perHour: 10 } },
      scopedKeys: [{ key: "phx_second", scopes: ["*"] }],
    });
    expect((await client.get("insights/")).status).toBe(200);
    expect((await client.patch("insights/1/", { name: "A" })).status).toBe(429);
    expect((await client.get("dashboards/")).status).toBe(200);
    expect((await client.as("phx_second").get("insights/")).status).toBe(200);
  });

  test("a wrong key is 401 before it is counted", async () => {
    const client = await posthog({ limits: { default: { perMinute: 1, perHour: 10 } } });
    await client.as("phx_wrong").get("dashboards/");
    expect((await client.get("dashboards/")).status).toBe(200);
  });

  test("a query too many at once is 429 without a time to come back", async () => {
    const arrived: (() => void)[] = [];
    const client = await posthog({
      limits: { query: { ...publishedLimits.query, concurrent: 1 } },
      evaluate: async () => {
        await new Promise<void>((resolve) => arrived.push(resolve));
        return { results: [] };
      },
    });
    const first = client.post("query/", { query: sql("select 1") });
    await expect.poll(() => arrived.length).toBe(1);
    const second = await client.post("query/", { query: sql("select 1") });
    expect([second.status, second.headers.get("Retry-After")]).toEqual([429, null]);
    arrived[0]?.();
    expect((await first).status).toBe(200);
  });

  test("capture and flags know none", async () => {
    const client = await posthog({ limits: { default: { perMinute: 0, perHour: 0 } } });
    expect((await client.post("/e/", { api_key: "phc_local", event: "a", distinct_id: "b" })).status).toBe(200);
  });
});

describe("injected faults", () => {
  test.each([
    [401, { type: "authentication_error", code: "authentication_failed" }],
    [403, { type: "authentication_error", code: "permission_denied" }],
    [404, { type: "invalid_request", code: "not_found" }],
    [500, { type: "server_error", code: "error" }],
    [503, { type: "server_error", code: "error" }],
  ] as const)("a %i comes in PostHog's shape and commits nothing", async (status, body) => {
    const client = await posthog();
    client.twin.faults.add({ match: { method: "POST", path: "/api/" }, effect: { kind: "status", status } });
    expect(await client.post("dashboards/", { name: "A" })).toMatchObject({ status, body });
    expect(client.twin.live().dashboards).toEqual([]);
  });

  test("an answer that is lost leaves what was made", async () => {
    const client = await posthog();
    client.twin.faults.add({ match: { path: /\/dashboards\/$/ }, effect: { kind: "reset-after" } });
    await expect(client.post("dashboards/", { name: "A" })).rejects.toThrow("fetch failed");
    expect(client.twin.live().dashboards).toMatchObject([{ name: "A" }]);
  });

  test("a throttled answer carries the seconds it was given", async () => {
    const client = await posthog();
    client.twin.faults.add({ match: {}, effect: { kind: "status", status: 429, retryAfterSeconds: 61 } });
    const answer = await client.get("dashboards/");
    expect([answer.headers.get("Retry-After"), answer.body.code]).toEqual(["61", "throttled"]);
  });
});
