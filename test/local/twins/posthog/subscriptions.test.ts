import { describe, expect, test } from "vitest";
import { dashboardWith, posthog } from "./client.ts";

const daily = {
  title: "Every morning",
  target_type: "email",
  target_value: "growth@brandvx.example",
  frequency: "daily",
  start_date: "2026-11-23T08:00:00+01:00",
};

describe("a subscription", () => {
  test("to an insight names it and says how often it comes", async () => {
    const client = await posthog();
    const { insights } = await dashboardWith(client, "Steps");
    const { status, body } = await client.post("subscriptions/", { ...daily, insight: insights[0].id });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      insight: insights[0].id,
      insight_short_id: insights[0].short_id,
      resource_name: "Steps",
      start_date: "2026-11-23T07:00:00.000Z",
      summary: "sent daily",
      deleted: false,
    });
  });

  test("that is deleted still answers, with deleted true: only the list hides it", async () => {
    const client = await posthog();
    const { insights } = await dashboardWith(client, "Steps");
    const { id } = (await client.post("subscriptions/", { ...daily, insight: insights[0].id })).body;
    const refused = await client.delete(`subscriptions/${id}/`);
    expect([refused.status, refused.body]).toEqual([405, ""]);
    await client.patch(`subscriptions/${id}/`, { deleted: true });
    expect(await client.get(`subscriptions/${id}/`)).toMatchObject({ status: 200, body: { deleted: true } });
    expect((await client.get("subscriptions/")).body.count).toBe(0);
  });

  test.each([
    ["to nothing", {}, "insight", "Insight is required for insight subscriptions."],
    ["without a start", { insight: 0, start_date: undefined }, "start_date", "This field is required."],
    [
      "by a slack without an integration",
      { insight: 0, target_type: "slack" },
      "integration_id",
      "Slack integration is required",
    ],
    [
      "by a broken webhook",
      { insight: 0, target_type: "webhook", target_value: "x" },
      "target_value",
      "Invalid webhook URL",
    ],
    ["to an insight that is not there", { insight: 99 }, "insight", 'Invalid pk "99" - object does not exist.'],
    [
      "to a dashboard without a choice of insights",
      { dashboard: 0 },
      "dashboard_export_insights",
      "Select at least one insight",
    ],
    [
      "to a dashboard with more than six",
      { dashboard: 0, dashboard_export_insights: [1, 2, 3, 4, 5, 6, 7] },
      "dashboard_export_insights",
      "Cannot select more than 6 insights.",
    ],
    [
      "to a dashboard with another's insight",
      { dashboard: 0, dashboard_export_insights: [9] },
      "dashboard_export_insights",
      "1 invalid insight(s) selected.",
    ],
    ["to both", { dashboard: 0, insight: 0 }, null, "Dashboard subscriptions cannot also set insight or prompt."],
  ])("%s is 400", async (_, fields, attr, detail) => {
    const client = await posthog();
    const { id, insights } = await dashboardWith(client, "Steps");
    const real = { ...fields } as Record<string, unknown>;
    if (real.insight === 0) real.insight = insights[0].id;
    if (real.dashboard === 0) real.dashboard = id;
    const answer = await client.post("subscriptions/", { ...daily, ...real });
    expect(answer).toMatchObject({ status: 400, body: { attr, detail: expect.stringContaining(detail) } });
  });

  test("to a dashboard carries up to six of its insights", async () => {
    const client = await posthog();
    const { id, insights } = await dashboardWith(client, "A", "B");
    const chosen = insights.map((insight) => insight.id);
    const { body } = await client.post("subscriptions/", {
      ...daily,
      dashboard: id,
      dashboard_export_insights: chosen,
    });
    expect(body).toMatchObject({ dashboard: id, resource_name: "Activation", dashboard_export_insights: chosen });
  });

  test.for([
    ["each day", { frequency: "daily", start_date: "2026-01-05T09:00:00Z" }, "2026-11-26T09:00:00.000Z"],
    [
      "each third day",
      { frequency: "daily", interval: 3, start_date: "2026-11-20T09:00:00Z" },
      "2026-11-26T09:00:00.000Z",
    ],
    [
      "each Monday",
      { frequency: "weekly", byweekday: ["monday"], start_date: "2026-01-05T09:00:00Z" },
      "2026-11-30T09:00:00.000Z",
    ],
    [
      "each Monday and Friday",
      { frequency: "weekly", byweekday: ["monday", "friday"], start_date: "2026-01-05T09:00:00Z" },
      "2026-11-27T09:00:00.000Z",
    ],
    [
      "each second week",
      { frequency: "weekly", interval: 2, start_date: "2026-11-17T09:00:00Z" },
      "2026-12-01T09:00:00.000Z",
    ],
    [
      "on a month's last Friday",
      { frequency: "monthly", byweekday: ["friday"], bysetpos: -1, start_date: "2026-01-05T09:00:00Z" },
      "2026-11-27T09:00:00.000Z",
    ],
    [
      "on a month's first Monday",
      { frequency: "monthly", byweekday: ["monday"], bysetpos: 1, start_date: "2026-01-05T09:00:00Z" },
      "2026-12-07T09:00:00.000Z",
    ],
    [
      "each month on the day of its start",
      { frequency: "monthly", start_date: "2026-01-05T09:00:00Z" },
      "2026-12-05T09:00:00.000Z",
    ],
    ["each year", { frequency: "yearly", start_date: "2020-11-25T09:00:00Z" }, "2027-11-25T09:00:00.000Z"],
    [
      "within 15 minutes, not before the next time",
      { frequency: "daily", start_date: "2026-11-25T12:10:00Z" },
      "2026-11-26T12:10:00.000Z",
    ],
    [
      "twice from its start on",
      { frequency: "daily", count: 2, start_date: "2026-11-25T09:00:00Z" },
      "2026-11-26T09:00:00.000Z",
    ],
  ])("that comes %s is sent next in its turn", async ([, schedule, next]) => {
    const client = await posthog({ now: () => new Date("2026-11-25T12:00:00Z") });
    const { insights } = await dashboardWith(client, "Steps");
    const { status, body } = await client.post("subscriptions/", {
      ...daily,
      ...(schedule as object),
      insight: insights[0].id,
    });
    expect([status, body.next_delivery_date]).toEqual([201, next]);
  });

  test("that will never come is 400, a new one and one that is to come again", async () => {
    const client = await posthog({ now: () => new Date("2026-11-25T12:00:00Z") });
    const { insights } = await dashboardWith(client, "Steps");
    const insight = insights[0].id;
    const over = { until_date: "2026-11-24T00:00:00Z" };
    expect(await client.post("subscriptions/", { ...daily, insight, ...over })).toMatchObject({
      status: 400,
      body: { attr: "start_date", detail: expect.stringContaining("has reached its end date") },
    });
    const { id } = (await client.post("subscriptions/", { ...daily, insight })).body;
    expect((await client.patch(`subscriptions/${id}/`, over)).status).toBe(400);
    expect((await client.patch(`subscriptions/${id}/`, { enabled: false, ...over })).status).toBe(200);
    expect(await client.patch(`subscriptions/${id}/`, { enabled: true })).toMatchObject({
      status: 400,
      body: { attr: "enabled" },
    });
  });

  test("by Slack needs an integration of the project, and one of Slack", async () => {
    const client = await posthog({ integrations: [{ id: 5, kind: "github", display_name: "BrandVX" }] });
    const { insights } = await dashboardWith(client, "Steps");
    const slack = { ...daily, insight: insights[0].id, target_type: "slack", target_value: "#growth" };
    for (const [id, detail] of [
      [77, "This integration does not exist or does not belong to your team."],
      [5, "Slack subscriptions require a Slack integration."],
    ] as const)
      expect(await client.post("subscriptions/", { ...slack, integration_id: id })).toMatchObject({
        status: 400,
        body: { attr: "integration_id", detail },
      });
  });

  test("is found by its dashboard, its target and its words, and among the deleted ones", async () => {
    const client = await posthog();
    const { id, insights } = await dashboardWith(client, "A");
    const chosen = { dashboard: id, dashboard_export_insights: [insights[0].id] };
    await client.post("subscriptions/", { ...daily, title: "One", insight: insights[0].id });
    const two = (await client.post("subscriptions/", { ...daily, title: "Two", ...chosen })).body;
    const titles = async (query: string) =>
      (await client.get(`subscriptions/?${query}`)).body.results.map(({ title }: { title: string }) => title);
    expect(await titles("")).toEqual(["Two", "One"]);
    expect(await titles(`dashboard=${id}`)).toEqual(["Two"]);
    expect(await titles("search=one")).toEqual(["One"]);
    expect(await titles("target_type=slack")).toEqual([]);
    expect((await client.get("subscriptions/?target_type=pigeon")).status).toBe(400);
    await client.patch(`subscriptions/${two.id}/`, { deleted: true });
    expect(await titles("deleted=true")).toEqual(["Two"]);
  });

  test("is 402 for a plan without them", async () => {
    const client = await posthog({ features: { subscriptions: false } });
    expect(await client.get("subscriptions/")).toMatchObject({ status: 402, body: { code: "payment_required" } });
    expect((await client.post("subscriptions/", daily)).status).toBe(402);
  });
});
