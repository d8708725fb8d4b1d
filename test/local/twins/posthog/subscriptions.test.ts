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

  test("is 402 for a plan without them", async () => {
    const client = await posthog({ features: { subscriptions: false } });
    expect(await client.get("subscriptions/")).toMatchObject({ status: 402, body: { code: "payment_required" } });
    expect((await client.post("subscriptions/", daily)).status).toBe(402);
  });
});
