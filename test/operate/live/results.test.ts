import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { dashboards } from "../../../dashboards/index.ts";
import { dashboard, trend } from "../../../src/insights/define/index.ts";
import { evaluate, openEvents, type QueryAnswer } from "../../../src/insights/evaluate/index.ts";
import { lazyEvaluator } from "../../../src/local/query.ts";
import type { PosthogTwinOptions } from "../../../src/local/twins/posthog/index.ts";
import { liveResults } from "../../../src/operate/live/results.ts";
import { posthog } from "../../local/twins/posthog/client.ts";

const now = new Date("2026-11-10T15:00:00Z");
const [activation, , cadence] = dashboards;

async function project(options: PosthogTwinOptions = {}) {
  const evaluator = lazyEvaluator();
  onTestFinished(evaluator.close);
  const { twin, post } = await posthog({ evaluate: evaluator.evaluate, now: () => now, ...options });
  const access = { host: twin.url, projectId: twin.projectId, key: twin.personalApiKey };
  const capture = (event: string, distinct_id: string, timestamp: string, properties = {}) =>
    post("/i/v0/e/", { api_key: twin.projectKey, event, distinct_id, timestamp, properties });
  return { twin, access, capture };
}

const story = [
  ["onboarding.stepper_open", "ada", "2026-11-09T10:00:00Z", {}],
  ["onboarding.stepper_open", "ben", "2026-11-09T10:00:00Z", {}],
  ["onboarding.step_viewed", "ada", "2026-11-09T10:01:00Z", { step: "profile", position: 1 }],
  ["onboarding.step_completed", "ada", "2026-11-09T10:20:00Z", { step: "profile" }],
  ["ask.prompt_submitted", "ada", "2026-11-09T11:00:00Z", { mode: "draft", onboard: true, length: 5 }],
  ["ask.response_stream_complete", "ada", "2026-11-09T11:00:02Z", { onboard: true, chars: 90, duration_ms: 1800 }],
  ["cadence.message_sent", "glow", "2026-11-09T12:00:00Z", { channel: "sms", template_id: "", contact_id: "c1" }],
  ["cadence.message_failed", "glow", "2026-11-09T12:00:00Z", { channel: "sms", template_id: "", error: "down" }],
] as const;

test.each(dashboards.map((one) => [one.key, one] as const))(
  "%s: each tile is what the local evaluation of the same events gives",
  async (_, definition) => {
    const { access, capture } = await project();
    await using table = await openEvents({ threads: 1 });
    for (const [event, distinct_id, timestamp, properties] of story) {
      await capture(event, distinct_id, timestamp, properties);
      table.append([{ event, distinct_id, timestamp, properties }]);
    }
    const live = await liveResults(definition, access);
    const charts = Object.entries(definition.tiles).flatMap(([key, tile]) =>
      tile.kind === "insight" ? [[key, tile.query] as const] : [],
    );
    expect(Object.keys(live)).toEqual(charts.map(([key]) => key));
    for (const [key, query] of charts) {
      const local = await evaluate(table, query, { now });
      const result = live[key];
      if (result?.kind !== "answered") throw new Error(`${key} ${result?.why}`);
      expect(drawn(result.answer)).toEqual(drawn(local));
    }
  },
);

/** Without PostHog's fields about actions and the compared time, which the drawing does not use. */
function drawn(answer: QueryAnswer): unknown {
  const { resolved_compare_date_range: _, ...rest } = JSON.parse(JSON.stringify({ ...answer, kind: answer.kind }));
  return JSON.parse(JSON.stringify(rest), (key, value) => (key === "action" && value ? { ...value, days: [] } : value));
}

test("a tile that PostHog refuses fails alone", async () => {
  const { access } = await project({
    evaluate: ({ query }) => {
      if (JSON.stringify(query).includes("FunnelsQuery")) throw new Error("Funnels are resting today.");
      return { results: [] };
    },
  });
  const live = await liveResults(activation, access);
  expect(live.conversion).toMatchObject({ kind: "failed", why: expect.stringContaining("Funnels are resting today.") });
  expect(live["people-by-step"]).toMatchObject({ kind: "answered" });
});

test("a wrong key, a wrong project and a wrong host are one error that says which it is", async () => {
  const { access, twin } = await project();
  await expect(liveResults(cadence, { ...access, key: "phx_other" })).rejects.toThrow("Look at the key");
  await expect(liveResults(cadence, { ...access, projectId: 77 })).rejects.toThrow("Look at the project");
  await twin.stop();
  const clock = { now: Date.now, sleep: async () => {} };
  await expect(liveResults(cadence, { ...access, clock })).rejects.toThrow("Look at the host");
});

test("what PostHog is still computing is asked for again", async () => {
  let asked = 0;
  const { access } = await project({
    evaluate: () => {
      asked += 1;
      return asked < 3 ? { results: null, query_status: { id: "q", complete: false } } : { results: [] };
    },
  });
  const waits: number[] = [];
  const clock = { now: Date.now, sleep: async (ms: number) => void waits.push(ms) };
  const live = await liveResults(oneTile, { ...access, clock });
  expect(live).toMatchObject({ visits: { kind: "answered" } });
  expect(waits).toEqual([2000, 2000]);
});

/** PostHog's successive answers to a query and its follow-up requests; the last one repeats. Status 0 means no answer. */
async function slowProject(answers: Readonly<Record<string, readonly (readonly [status: number, body: object])[]>>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const key = `${request.method} ${request.url}`;
    const known = answers[key] ?? [[404, { code: "not_found", detail: "Query not found" }]];
    const [status, body] = known[asked.filter((one) => one === key).length] ?? known.at(-1) ?? [404, {}];
    asked.push(key);
    if (status === 0) return;
    request
      .resume()
      .on("end", () => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const waits: number[] = [];
  const clock = { now: Date.now, sleep: async (ms: number) => void waits.push(ms) };
  return { asked, waits, access: { host: `http://127.0.0.1:${port}`, projectId: 7, key: "phx_key", clock } };
}

const query = "POST /api/projects/7/query/";
const status = "GET /api/projects/7/query/q1/";
const running = [202, { query_status: { id: "q1", complete: false } }] as const;
const visits = { results: [{ label: "Visits", data: [3], days: ["2026-11-09"], action: { order: 0 } }] };

test("the total of a formula has no data over time, which PostHog's versions write in two ways", async () => {
  for (const nothing of [[], null]) {
    const total = {
      label: "Share",
      data: nothing,
      days: nothing,
      labels: null,
      count: 0,
      aggregated_value: 0.25,
      order: 0,
    };
    const { access } = await project({ evaluate: () => ({ results: [{ ...total, action: null }] }) });
    expect(await liveResults(oneTile, access)).toMatchObject({
      visits: { answer: { results: [{ data: [], days: [], aggregated_value: 0.25, action: null }] } },
    });
  }
});

test("what takes PostHog long is fetched by its id, once it is complete", async () => {
  const finished = [200, { query_status: { id: "q1", complete: true, error: false, results: visits } }] as const;
  const { asked, waits, access } = await slowProject({ [query]: [running], [status]: [running, running, finished] });
  expect(await liveResults(oneTile, access)).toMatchObject({ visits: { answer: { results: [{ data: [3] }] } } });
  expect(asked).toEqual([query, status, status, status]);
  expect(waits).toEqual([2000, 2000, 2000]);
});

test("a query that fails while PostHog computes it says what PostHog says", async () => {
  const broken = { id: "q1", complete: true, error: true, error_message: "Memory limit exceeded for phx_key" };
  const inBody = await slowProject({ [query]: [running], [status]: [[200, { query_status: broken }]] });
  const asStatus = await slowProject({ [query]: [running], [status]: [[400, { query_status: broken }]] });
  for (const { access } of [inBody, asStatus]) {
    const { visits: result } = await liveResults(oneTile, access);
    expect(result).toMatchObject({ kind: "failed", why: expect.stringContaining("Memory limit exceeded") });
    expect(JSON.stringify(result)).not.toContain("phx_key");
  }
});

test("a query that PostHog has forgotten is asked anew", async () => {
  const { asked, access } = await slowProject({ [query]: [running, [200, visits]] });
  expect(await liveResults(oneTile, access)).toMatchObject({ visits: { kind: "answered" } });
  expect(asked).toEqual([query, status, query]);
});

test("what PostHog does not finish within a minute is left, and says so", async () => {
  const { waits, access } = await slowProject({ [query]: [running], [status]: [running] });
  expect(await liveResults(oneTile, access)).toMatchObject({
    visits: { kind: "failed", why: "PostHog is still computing it: try again in a minute" },
  });
  expect(waits.reduce((sum, ms) => sum + ms, 0)).toBe(60_000);
});

test("a query that PostHog never answers fails alone", async () => {
  const { access } = await slowProject({ [query]: [[0, {}]] });
  const { visits: result } = await liveResults(oneTile, { ...access, timeoutMs: 20 });
  expect(result).toMatchObject({ kind: "failed", why: expect.stringContaining("takes too long") });
});

test("where somebody else uses the key at the same time, refused queries are asked again, though not told when", async () => {
  const { access } = await project({ limits: { query: { perMinute: 240, perHour: 2400, concurrent: 1 } } });
  const clock = { now: Date.now, sleep: () => new Promise<void>((resolve) => setImmediate(resolve)) };
  const live = await liveResults(cadence, { ...access, clock });
  expect(Object.values(live).map(({ kind }) => kind)).toEqual(Array(9).fill("answered"));
});

test("no more are asked at once than PostHog allows a key", async () => {
  const { access } = await project({ limits: { query: { perMinute: 240, perHour: 2400, concurrent: 3 } } });
  const live = await liveResults(cadence, access);
  expect(Object.values(live).map(({ kind }) => kind)).toEqual(Array(9).fill("answered"));
});

test("an answer in an unexpected form fails that tile, with the reason", async () => {
  const { access } = await project({ evaluate: () => ({ results: "nonsense" }) });
  const live = await liveResults(oneTile, access);
  expect(live.visits).toMatchObject({ kind: "failed", why: expect.stringMatching(/unexpected form.*results/s) });
});

test("numbers that PostHog leaves out, or gives as null, are read as it means them", async () => {
  const { access } = await project({
    evaluate: ({ query }) =>
      JSON.stringify(query).includes("time_to_convert")
        ? { results: { bins: [[0, 0]], average_conversion_time: "NaN", median_conversion_time: null } }
        : {
            results: [
              {
                label: "x",
                data: [1, null],
                days: ["2026-11-09", "2026-11-10"],
                action: { order: 1 },
                breakdown_value: [true, 7],
              },
            ],
          },
  });
  const live = await liveResults(activation, access);
  expect(live["time-to-finish"]).toMatchObject({ answer: { results: { average_conversion_time: null } } });
  expect(live["people-by-step"]).toMatchObject({
    answer: { results: [{ data: [1, 0], order: 1, count: 0, breakdown_value: ["true", "7"] }] },
  });
});

const oneTile = dashboard({
  key: "visits",
  title: "Visits",
  owner: "growth",
  question: "Does anybody come?",
  tiles: {
    visits: trend({
      title: "Visits",
      reading: "Visits: fewer are worse.",
      series: [{ kind: "EventsNode", event: "landing_view", math: "total" }],
      place: { column: 0, row: 0, width: 6, height: 5 },
    }),
  },
});
