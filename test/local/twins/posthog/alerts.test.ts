import { describe, expect, test } from "vitest";
import { type Client, funnel, posthog, sql, trend } from "./client.ts";

const bounds = (lower: number | null, upper: number | null, type = "absolute") => ({
  configuration: { type, bounds: { lower, upper } },
});

/** An alert that PostHog accepts, on a new insight with the given query. */
async function draft(client: Client, query: Record<string, unknown> = trend()) {
  const insight = (await client.post("insights/", { name: "Failures", query })).body.id as number;
  return {
    name: "Messages fail",
    insight,
    subscribed_users: [502],
    threshold: bounds(null, 5),
    condition: { type: "absolute_value" },
    config: { type: "TrendsAlertConfig", series_index: 0, check_ongoing_interval: false },
    calculation_interval: "hourly",
    enabled: true,
  };
}

const conversion = (fields: object) => ({
  ...{ type: "FunnelsAlertConfig", metric: "conversion_from_start", funnel_step: null },
  ...fields,
});

describe("an alert", () => {
  test("is written with ids and answered with objects", async () => {
    const client = await posthog();
    const written = await draft(client);
    const { status, body } = await client.post("alerts/", written);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: "Messages fail",
      insight: { id: written.insight, name: "Failures" },
      subscribed_users: [{ id: 502, email: "on-call@brandvx.example" }],
      threshold: { id: expect.any(String), created_at: expect.any(String), ...bounds(null, 5) },
      state: "Not firing",
      checks: [],
      last_value: null,
      next_check_at: null,
    });
    expect((await client.get(`alerts/${body.id}/`)).body).toEqual({ ...body, checks_total: 0 });
    expect((await client.get(`alerts/?insight_id=${written.insight}`)).body.count).toBe(1);
    expect((await client.get("alerts/?insight_id=9")).body.count).toBe(0);
  });

  test("changes field by field, its threshold in place", async () => {
    const client = await posthog();
    const before = (await client.post("alerts/", await draft(client))).body;
    const change = { threshold: bounds(1, 9), enabled: false, subscribed_users: [501, 502], skip_weekend: true };
    const after = (await client.patch(`alerts/${before.id}/`, change)).body;
    expect(after.threshold).toEqual({ ...before.threshold, ...bounds(1, 9) });
    expect(after).toMatchObject({ name: "Messages fail", enabled: false, skip_weekend: true });
    expect(after.subscribed_users.map((user: { id: number }) => user.id)).toEqual([501, 502]);
  });

  test("is snoozed and woken", async () => {
    const client = await posthog();
    const { id } = (await client.post("alerts/", await draft(client))).body;
    expect((await client.patch(`alerts/${id}/`, { snoozed_until: "2h" })).body.state).toBe("Snoozed");
    expect((await client.patch(`alerts/${id}/`, { snoozed_until: null })).body.state).toBe("Not firing");
    expect((await client.patch(`alerts/${id}/`, { snoozed_until: 2 })).body.attr).toBe("snoozed_until");
  });

  test("is deleted for good", async () => {
    const client = await posthog();
    const { id } = (await client.post("alerts/", await draft(client))).body;
    expect((await client.delete(`alerts/${id}/`)).status).toBe(204);
    expect((await client.get(`alerts/${id}/`)).status).toBe(404);
    expect((await client.delete(`alerts/${id}/`)).status).toBe(404);
  });

  test("is refused once the plan's number is reached", async () => {
    const client = await posthog({ features: { maxAlerts: 1 } });
    await client.post("alerts/", await draft(client));
    const refused = await client.post("alerts/", await draft(client));
    expect(refused).toMatchObject({ status: 400, body: { attr: "alert", detail: "Your plan is limited to 1 alerts" } });
  });
});

describe("an alert is 400", () => {
  const refusals: [string, Record<string, unknown>, string][] = [
    ["without subscribed users", { subscribed_users: undefined }, "This field is required."],
    ["for a user who is no member", { subscribed_users: [7] }, 'Invalid pk "7" - object does not exist.'],
    ["for an insight that is not there", { insight: 9 }, 'Invalid pk "9" - object does not exist.'],
    ["without a condition", { condition: undefined }, "Alert has invalid condition: None"],
    ["without a config", { config: null }, "Unsupported alert config type: null"],
    ["with a config of no kind", { config: { series_index: 0 } }, "Unsupported alert config type"],
    [
      "with a config that lacks its series",
      { config: { type: "TrendsAlertConfig" } },
      "Alert has invalid TrendsAlertConfig",
    ],
    [
      "for a series that the query lacks",
      { config: { type: "TrendsAlertConfig", series_index: 1 } },
      "series_index 1 is out of range (query has 1 series)",
    ],
    [
      "with an absolute value against a percentage",
      { threshold: bounds(null, 5, "percentage") },
      "Absolute value alerts require an absolute threshold, but a percentage threshold was configured",
    ],
    [
      "that checks the ongoing interval without an upper bound",
      {
        threshold: bounds(1, null),
        config: { type: "TrendsAlertConfig", series_index: 0, check_ongoing_interval: true },
      },
      "check_ongoing_interval is only supported for alert condition absolute_value when upper threshold is specified",
    ],
    [
      "without any bound",
      { threshold: bounds(null, null) },
      "At least one threshold bound (lower or upper) must be provided.",
    ],
    ["with an interval that is not offered", { calculation_interval: "yearly" }, '"yearly" is not a valid choice.'],
  ];

  test.each(refusals)("%s", async (_, change, detail) => {
    const client = await posthog();
    const answer = await client.post("alerts/", { ...(await draft(client)), ...change });
    expect(answer).toMatchObject({
      status: 400,
      body: { type: "validation_error", detail: expect.stringContaining(detail) },
    });
    expect(client.twin.live().alerts).toEqual([]);
  });

  test("on a funnel, in a release that has no such alerts", async () => {
    const client = await posthog({ features: { funnelAlerts: false } });
    const answer = await client.post("alerts/", await draft(client, funnel("a", "b")));
    expect(answer.body).toMatchObject({ attr: "insight", detail: "Alerts are not supported for this insight." });
  });

  test.each([
    ["a trend's config", {}, "is not supported (only TrendsQuery)"],
    [
      "a step that it does not have",
      { config: conversion({ funnel_step: 2 }) },
      "funnel_step 2 is out of range (funnel has 2 steps)",
    ],
    ["a step below none", { config: conversion({ funnel_step: -1 }) }, "funnel_step must be >= 0, got -1"],
    [
      "the step before the first",
      { config: conversion({ funnel_step: 0, metric: "conversion_from_previous" }) },
      "conversion_from_previous is undefined at the first step",
    ],
    ["another number", { config: conversion({ metric: "time" }) }, "Alert has invalid FunnelsAlertConfig"],
    [
      "an earlier value",
      { config: conversion({}), condition: { type: "relative_increase" } },
      "This funnel only supports absolute value conditions",
    ],
  ])("on a funnel, with %s", async (_, fields, detail) => {
    const client = await posthog();
    const answer = await client.post("alerts/", { ...(await draft(client, funnel("a", "b"))), ...fields });
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining(detail) } });
  });

  test("on a time to convert, and with a funnel's config on a trend", async () => {
    const client = await posthog();
    const query = funnel("a", "b");
    const times = { ...query, source: { ...query.source, funnelsFilter: { funnelVizType: "time_to_convert" } } };
    const config = conversion({});
    expect((await client.post("alerts/", { ...(await draft(client, times)), config })).body.detail).toContain(
      "aren't supported for the 'time_to_convert' visualization",
    );
    expect((await client.post("alerts/", { ...(await draft(client)), config })).body.detail).toContain(
      "Funnel alert config requires a FunnelsQuery insight, got 'TrendsQuery'",
    );
  });

  test.each(["BoldNumber", "ActionsPie", "ActionsBarValue", "ActionsTable", "WorldMap"])(
    "when it compares with before on %s, which has no before",
    async (display) => {
      const client = await posthog();
      const relative = {
        ...(await draft(client, trend("a", { trendsFilter: { display } }))),
        condition: { type: "relative_increase" },
      };
      expect((await client.post("alerts/", relative)).body.detail).toContain(
        "not compatible with non time series trends",
      );
    },
  );

  test("when a change would make it so, and then stays as it was", async () => {
    const client = await posthog();
    const { id } = (await client.post("alerts/", await draft(client))).body;
    expect((await client.patch(`alerts/${id}/`, { threshold: bounds(null, null) })).status).toBe(400);
    expect((await client.get(`alerts/${id}/`)).body.threshold).toMatchObject(bounds(null, 5));
  });
});

test("formulas count as series, not what they are made of", async () => {
  const client = await posthog();
  const query = trend("a", { trendsFilter: { formulaNodes: [{ formula: "A" }, { formula: "A*2" }] } });
  const alert = { ...(await draft(client, query)), config: { type: "TrendsAlertConfig", series_index: 1 } };
  expect((await client.post("alerts/", alert)).status).toBe(201);
});

test("SQL insights take their own config, where they may have alerts", async () => {
  const alert = async (client: Client) => ({
    ...(await draft(client, sql("select 1"))),
    config: { type: "HogQLAlertConfig", column: "n", evaluation: "last_row" },
  });
  const client = await posthog();
  expect((await client.post("alerts/", await alert(client))).status).toBe(201);
  const without = await posthog({ features: { sqlAlerts: false } });
  expect((await without.post("alerts/", await alert(without))).body.detail).toBe(
    "SQL insight alerts are not enabled for your account.",
  );
});
