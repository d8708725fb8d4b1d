import { describe, expect, onTestFinished, test } from "vitest";
import { activationFunnel } from "../../dashboards/activation-funnel.ts";
import { cadenceThroughput } from "../../dashboards/cadence-throughput.ts";
import { lazyEvaluator } from "../../src/local/query.ts";
import type { PosthogTwinOptions } from "../../src/local/twins/posthog/index.ts";
import { type Client, posthog, sql, trend } from "./twins/posthog/client.ts";

const now = () => new Date("2026-11-10T15:00:00Z");

async function evaluating(options: PosthogTwinOptions = {}): Promise<Client> {
  const evaluator = lazyEvaluator();
  onTestFinished(evaluator.close);
  return posthog({ evaluate: evaluator.evaluate, now, ...options });
}

const capture = (client: Client, event: string, distinct_id: string, timestamp: string, properties = {}) =>
  client.post("/i/v0/e/", { api_key: "phc_local", event, distinct_id, timestamp, properties });

const ask = async (client: Client, { query }: { query: object }) => (await client.post("query/", { query })).body;

test("a tile is answered from the events that were captured, also those that come between two queries", async () => {
  const client = await evaluating();
  const { tile } = cadenceThroughput.tile("failure-ratio-by-channel");
  const sms = { channel: "sms", template_id: "", contact_id: "contact-1" };
  await capture(client, "cadence.message_sent", "glow", "2026-11-09T10:00:00Z", sms);
  expect((await ask(client, tile)).results[0].data.at(-2)).toBe(0);
  await capture(client, "cadence.message_failed", "glow", "2026-11-09T11:00:00Z", { ...sms, error: "down" });
  const { results, resolved_date_range } = await ask(client, tile);
  expect(results).toHaveLength(1);
  expect(results[0]).toMatchObject({ label: "Failure ratio", breakdown_value: ["sms"] });
  expect(results[0].data.at(-2)).toBe(0.5);
  expect(resolved_date_range.date_from).toMatch(/^2026-10-11T00:00/);
});

test("signing in between two queries makes one person of two, also in what was counted before", async () => {
  const client = await evaluating();
  const { tile } = activationFunnel.tile("conversion");
  const counts = async () => (await ask(client, tile)).results.map(({ count }: { count: number }) => count);
  await capture(client, "onboarding.stepper_open", "browser-1", "2026-11-09T10:00:00Z");
  await capture(client, "onboarding.step_completed", "ada", "2026-11-09T10:20:00Z", { step: "profile" });
  expect(await counts()).toEqual([1, 0]);
  await capture(client, "$identify", "ada", "2026-11-09T10:10:00Z", { $anon_distinct_id: "browser-1" });
  expect(await counts()).toEqual([1, 1]);
});

test("days are those of the project", async () => {
  const client = await evaluating({ timezone: "America/New_York", weekStart: 1 });
  await capture(client, "landing_view", "ada", "2026-11-09T03:00:00Z");
  const query = (interval: string) => trend("landing_view", { interval, dateRange: { date_from: "-7d" } });
  const daysOf = async (interval: string) => {
    const [{ days, data }] = (await ask(client, { query: query(interval) })).results;
    return days.filter((_: string, index: number) => data[index] > 0);
  };
  expect(await daysOf("day")).toEqual(["2026-11-08"]);
  expect(await daysOf("week")).toEqual(["2026-11-02"]);
});

test("queries that are asked at once see the same events", async () => {
  const client = await evaluating();
  await capture(client, "landing_view", "ada", "2026-11-09T03:00:00Z");
  const answers = await Promise.all([1, 2, 3, 4].map(() => ask(client, { query: trend("landing_view") })));
  expect(answers.map(({ results }) => results[0].count)).toEqual([1, 1, 1, 1]);
});

test("what only PostHog can answer is refused with its name, and plain counts of events are answered", async () => {
  const client = await evaluating();
  await capture(client, "landing_view", "ada", "2026-11-09T03:00:00Z");
  const retention = await client.post("query/", { query: { kind: "RetentionQuery" } });
  expect(retention).toMatchObject({ status: 400, body: { type: "validation_error", attr: "query" } });
  expect(retention.body.detail).toContain("RetentionQuery");
  const aboutPeople = trend("landing_view", {
    properties: [{ type: "person", key: "plan", operator: "exact", value: ["pro"] }],
  });
  expect((await client.post("query/", { query: aboutPeople })).status).toBe(400);
  const count = await ask(client, { query: sql("select count() from events where event = 'landing_view'") });
  expect(count.results).toEqual([[1]]);
});

describe("a client gets the envelope and the shapes that PostHog documents", () => {
  async function answered(query: object) {
    const client = await evaluating();
    const sms = { channel: "sms", template_id: "reminder-24h", contact_id: "contact-1" };
    await capture(client, "cadence.message_sent", "glow", "2026-11-09T10:00:00Z", sms);
    await capture(client, "cadence.message_failed", "glow", "2026-11-09T11:00:00Z", { ...sms, error: "down" });
    await capture(client, "onboarding.stepper_open", "ada", "2026-11-09T10:00:00Z");
    await capture(client, "onboarding.step_viewed", "ada", "2026-11-09T10:00:05Z", { step: "welcome", position: 1 });
    await capture(client, "onboarding.step_completed", "ada", "2026-11-09T10:20:00Z", { step: "welcome" });
    const { status, body } = await client.post("query/", { query });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ is_cached: false, query_status: null, error: null, timezone: "UTC", cache_key: expect.any(String) },
      resolved_date_range: { date_from: expect.any(String), date_to: expect.any(String) },
    });
    return body.results;
  }

  test("trends: a value for each day, of each series", async () => {
    const [series] = await answered(trend("cadence.message_sent"));
    expect(series).toMatchObject({
      label: "cadence.message_sent",
      count: 1,
      action: { id: "cadence.message_sent", type: "events", order: 0 },
    });
    expect(series.data).toHaveLength(series.days.length);
    expect(series.labels).toHaveLength(series.days.length);
    expect(series.days.at(-2)).toBe("2026-11-09");
  });

  test("formulas: under their names, of the series that they are made of", async () => {
    const [ratio] = await answered(cadenceThroughput.tiles["failure-ratio"].query);
    expect(ratio.label).toBe("Failure ratio");
    expect(Math.max(...ratio.data)).toBe(1);
  });

  test("compared with a time before: each series twice, and which is which", async () => {
    const results = await answered(activationFunnel.tiles["completions-over-time"].query);
    expect(results.map((one: { compare: boolean; compare_label: string }) => [one.compare, one.compare_label])).toEqual(
      [
        [true, "current"],
        [true, "previous"],
      ],
    );
  });

  test("totals: a value for the whole time instead of one for each day", async () => {
    const results = await answered(activationFunnel.tiles["drop-off-by-step"].query);
    expect(results[0]).toMatchObject({ breakdown_value: ["welcome"], aggregated_value: 0 });
  });

  test("funnels: people at each step, and how long they took", async () => {
    const [opened, completed] = await answered(activationFunnel.tiles.conversion.query);
    expect(opened).toMatchObject({ order: 0, type: "events", count: 1, average_conversion_time: null });
    expect(completed).toMatchObject({
      order: 1,
      count: 1,
      average_conversion_time: 1200,
      median_conversion_time: 1200,
    });
  });

  test("time to convert: bins of seconds and people", async () => {
    const results = await answered(activationFunnel.tiles["time-to-finish"].query);
    expect(results).toMatchObject({ average_conversion_time: 1200, median_conversion_time: 1200 });
    expect(results.bins.reduce((sum: number, [, people]: [number, number]) => sum + people, 0)).toBe(1);
  });
});
