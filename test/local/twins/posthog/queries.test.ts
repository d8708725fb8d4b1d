import { describe, expect, test } from "vitest";
import { posthog, sql, trend } from "./client.ts";

describe("a query", () => {
  test("without an evaluator counts events, which is enough to see whether one has arrived", async () => {
    const client = await posthog();
    await client.post("/i/v0/e/", {
      api_key: "phc_local",
      event: "landing_view",
      distinct_id: "o'brien",
      properties: { plan: "pro" },
    });
    await client.post("/i/v0/e/", { api_key: "phc_local", event: "landing_view", distinct_id: "bob" });
    const count = async (where: string) =>
      (await client.post("query/", { query: sql(`SELECT count() AS n FROM events ${where}`).source })).body
        .results[0][0];
    expect(await count("")).toBe(2);
    expect(await count("where event = 'landing_view'")).toBe(2);
    expect(await count("where event = 'landing_view' and distinct_id = 'bob'")).toBe(1);
    expect(await count("where distinct_id = 'o\\'brien' AND properties.plan = 'pro' LIMIT 1")).toBe(1);
    expect(await count("where event = 'other'")).toBe(0);
  });

  test("without an evaluator lists events with their properties as JSON in a text, as PostHog does", async () => {
    const client = await posthog();
    const properties = { plan: "pro", mark: "1" };
    for (const distinct_id of ["ada", "bob"])
      await client.post("/i/v0/e/", { api_key: "phc_local", event: "landing_view", distinct_id, properties });
    const list = async (where: string) =>
      (await client.post("query/", { query: sql(`select distinct_id, properties from events ${where}`).source })).body;
    expect(await list("where event = 'landing_view' and properties.mark = '1'")).toMatchObject({
      columns: ["distinct_id", "properties"],
      results: [
        ["ada", JSON.stringify(properties)],
        ["bob", JSON.stringify(properties)],
      ],
    });
    expect((await list("where properties.mark = '2'")).results).toEqual([]);
  });

  test("answers in PostHog's envelope", async () => {
    const client = await posthog({ now: () => new Date("2026-11-22T10:00:00Z") });
    const { body } = await client.post("query/", { query: sql("select count() from events") });
    expect(body).toMatchObject({
      results: [[0]],
      columns: ["count()"],
      hasMore: false,
      is_cached: false,
      last_refresh: "2026-11-22T10:00:00.000Z",
      limit: 100,
      offset: 0,
    });
  });

  test.each([
    trend(),
    sql("select event, count() from events group by event"),
    sql("select count() from events where timestamp > now()"),
  ])("that it cannot evaluate is refused rather than answered wrongly: %j", async (query) => {
    const answer = await (await posthog()).post("query/", { query });
    expect(answer).toMatchObject({ status: 400, body: { type: "validation_error", attr: "query" } });
    expect(answer.body.detail).toMatch(/^This PostHog twin cannot evaluate (TrendsQuery|HogQLQuery)/);
  });

  test("goes to the evaluator that the twin was started with, and its refusal is a 400", async () => {
    const client = await posthog({
      weekStart: 1,
      timezone: "Europe/Berlin",
      evaluate: ({ query, events, weekStart, timezone }) => {
        if (query.kind !== "InsightVizNode") throw new Error("Only trends, please.");
        return { results: [events().length, weekStart, timezone] };
      },
    });
    await client.post("/e/", { api_key: "phc_local", event: "a", distinct_id: "b" });
    expect((await client.post("query/", { query: trend() })).body.results).toEqual([1, 1, "Europe/Berlin"]);
    expect((await client.post("query/", { query: sql("select 1") })).body.detail).toBe("Only trends, please.");
  });

  test("that is missing or no object is 400", async () => {
    const client = await posthog();
    expect((await client.post("query/", {})).body).toMatchObject({ attr: "query", code: "required" });
    expect((await client.post("query/", { query: "select 1" })).body).toMatchObject({ attr: "query" });
  });

  test("is upgraded on request without being run", async () => {
    const client = await posthog();
    const { body } = await client.post("query/upgrade/", { query: trend() });
    expect(body).toEqual({ query: trend("landing_view", { version: 5 }) });
  });
});
