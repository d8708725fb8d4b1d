import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { nextCheck } from "../../../../src/local/twins/posthog/alerts/clock.ts";
import { startSlackTwin } from "../../../../src/local/twins/slack/index.ts";
import { type Client, dashboardWith, posthog } from "./client.ts";

const trend = {
  kind: "InsightVizNode",
  source: { kind: "TrendsQuery", interval: "hour", series: [{ kind: "EventsNode", event: "a", math: "total" }] },
};

/** A PostHog whose only chart has this value in its last whole hour, at a time that the test moves; and a Slack. */
async function firing(value: () => number, slackChannels = ["oncall"]) {
  const slack = await startSlackTwin({ channels: slackChannels });
  onTestFinished(() => slack.stop());
  let now = Date.parse("2026-11-27T10:20:00Z");
  const client = await posthog({
    slackUrl: slack.url,
    now: () => new Date(now),
    evaluate: () => ({ results: [{ label: "Failures", data: [0, value(), 0] }] }),
  });
  const { insights } = await dashboardWith(client, "Failures");
  await client.patch(`insights/${insights[0].id}/`, { query: trend });
  const alert = await client.post("alerts/", {
    ...{ insight: insights[0].id, name: "Too many", subscribed_users: [501], calculation_interval: "hourly" },
    threshold: { configuration: { type: "absolute", bounds: { upper: 5 } } },
    condition: { type: "absolute_value" },
    config: { type: "TrendsAlertConfig", series_index: 0 },
  });
  const pass = (minutes: number): void => {
    now += minutes * 60_000;
  };
  return { client, slack, alertId: String(alert.body.id), pass };
}

const filtersOf = (alertId: string) => ({
  events: [{ id: "$insight_alert_firing", type: "events" }],
  properties: [{ key: "alert_id", value: alertId, operator: "exact", type: "event" }],
});

const toSlack = (client: Client, alertId: string, channel = "#oncall") =>
  client.post("hog_functions/", {
    ...{ type: "internal_destination", template_id: "template-slack", name: "To Slack", enabled: true },
    filters: filtersOf(alertId),
    inputs: {
      slack_workspace: { value: 77 },
      channel: { value: channel },
      text: { value: "*{event.properties.alert_name}* \\{now}: {event.properties.breaches}" },
    },
  });

describe("an alert that fires", () => {
  test("tells its people by e-mail and its channel in Slack, with the values in the message", async () => {
    const { client, slack, alertId } = await firing(() => 9);
    await toSlack(client, alertId);
    const [check] = await client.twin.checkAlerts();
    const breach = "The insight value (Failures) is 9, more than the upper threshold 5";
    expect(check).toMatchObject({ state: "Firing", value: 9, breaches: [breach] });
    expect(slack.messages()).toMatchObject([{ channel: "#oncall", text: `*Too many* {now}: ${breach}` }]);
    expect(client.twin.sent()).toMatchObject([
      { by: "e-mail", to: "platform@brandvx.example", alert_name: "Too many" },
      { by: "Slack", to: "#oncall" },
    ]);
    const shown = (await client.get(`alerts/${alertId}/`)).body;
    expect(shown).toMatchObject({ state: "Firing", last_value: 9, next_check_at: "2026-11-27T11:20:00.000Z" });
  });

  test("tells again at each check, and no more when it is over", async () => {
    let value = 9;
    const { client, slack, alertId, pass } = await firing(() => value);
    await toSlack(client, alertId);
    await client.twin.checkAlerts();
    pass(59);
    expect(await client.twin.checkAlerts(), "it is not due").toEqual([]);
    pass(1);
    await client.twin.checkAlerts();
    expect(slack.messages()).toHaveLength(2);
    value = 1;
    pass(60);
    expect(await client.twin.checkAlerts()).toMatchObject([{ state: "Not firing" }]);
    expect(slack.messages()).toHaveLength(2);
  });

  test("posts to a webhook, and says only its host", async () => {
    const { client, alertId } = await firing(() => 9);
    const got: unknown[] = [];
    const server = createServer(async (request, response) => {
      got.push(await json(request));
      response.end();
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    await client.post("hog_functions/", {
      ...{ type: "internal_destination", template_id: "template-webhook", enabled: true, filters: filtersOf(alertId) },
      inputs: {
        url: { value: `http://${host}/marked-secret` },
        body: { value: { alert: "{event.properties.alert_name}" } },
      },
    });
    await client.twin.checkAlerts();
    expect(got).toEqual([{ alert: "Too many" }]);
    expect(client.twin.sent().at(-1)).toMatchObject({ by: "webhook", to: host, text: '{"alert":"Too many"}' });
    expect(JSON.stringify(client.twin.sent())).not.toContain("marked-secret");
  });

  test("says when a message did not arrive", async () => {
    const { client, alertId } = await firing(() => 9);
    await toSlack(client, alertId, "#nowhere");
    await client.twin.checkAlerts();
    expect(client.twin.sent().at(-1)?.problem).toContain("channel_not_found");
  });

  test.for<[string, object, object]>([
    ["it is switched off", { enabled: false }, {}],
    ["it is snoozed", { snoozed_until: "2026-11-28T00:00:00Z" }, {}],
    ["what tells is switched off", {}, { enabled: false }],
    ["what tells is for another alert", {}, { filters: filtersOf("another") }],
  ])("posts nothing where %s", async ([, alertChange, functionChange]) => {
    const { client, slack, alertId } = await firing(() => 9);
    const { body } = await toSlack(client, alertId);
    await client.patch(`alerts/${alertId}/`, alertChange as Record<string, unknown>);
    await client.patch(`hog_functions/${body.id}/`, functionChange as Record<string, unknown>);
    await client.twin.checkAlerts("all");
    expect(slack.messages()).toEqual([]);
  });
});

describe("the local Slack", () => {
  test.for<[string, Record<string, string>, string]>([
    ["without a token", { channel: "#oncall", text: "x" }, "not_authed"],
    ["in a channel that does not exist", { channel: "#nowhere", text: "x" }, "channel_not_found"],
    ["without words", { channel: "#oncall" }, "no_text"],
  ])("answers 200 and says what is wrong with a message %s", async ([what, body, error]) => {
    const slack = await startSlackTwin({ channels: ["oncall"] });
    onTestFinished(() => slack.stop());
    const answer = await fetch(`${slack.url}/api/chat.postMessage`, {
      method: "POST",
      headers: what === "without a token" ? {} : { Authorization: "Bearer xoxb-1" },
      body: JSON.stringify(body),
    });
    expect([answer.status, await answer.json()]).toEqual([200, { ok: false, error }]);
    expect(slack.messages()).toEqual([]);
  });
});

describe("the next check of an alert", () => {
  // 2026-11-27 is a Friday.
  test.for<[string, string | null, string]>([
    ["every_15_minutes", "2026-11-27T10:15:00Z", "2026-11-27T10:30:00.000Z"],
    ["hourly", null, "2026-11-27T11:20:00.000Z"],
    ["hourly", "2026-11-27T10:05:00Z", "2026-11-27T11:05:00.000Z"],
    ["hourly", "2026-11-26T01:05:00Z", "2026-11-27T11:05:00.000Z"],
    ["daily", "2026-11-27T01:20:00Z", "2026-11-28T01:20:00.000Z"],
    ["weekly", null, "2026-11-30T03:20:00.000Z"],
    ["monthly", null, "2026-12-01T04:20:00.000Z"],
  ])("%s after %s", ([interval, previous, next]) => {
    expect(nextCheck(interval, previous, new Date("2026-11-27T10:20:00Z")).toISOString()).toBe(next);
  });
});

test("an alert on a funnel compares its conversion in per cent, of each value of a breakdown", async () => {
  const step = (count: number, breakdown_value?: string[]) => ({ count, ...(breakdown_value && { breakdown_value }) });
  let results: unknown = [step(10), step(5), step(4)];
  const client = await posthog({ evaluate: () => ({ results: results as never }) });
  const { insights } = await dashboardWith(client, "Way");
  const series = ["a", "b", "c"].map((event) => ({ kind: "EventsNode", event }));
  const query = { kind: "InsightVizNode", source: { kind: "FunnelsQuery", series } };
  await client.patch(`insights/${insights[0].id}/`, { query });
  const alert = await client.post("alerts/", {
    ...{ insight: insights[0].id, name: "Few", subscribed_users: [501], calculation_interval: "hourly" },
    threshold: { configuration: { type: "absolute", bounds: { lower: 41 } } },
    condition: { type: "absolute_value" },
    config: { type: "FunnelsAlertConfig", metric: "conversion_from_start", funnel_step: null },
  });
  expect(alert.status, JSON.stringify(alert.body)).toBe(201);
  const check = async () => (await client.twin.checkAlerts("all"))[0];
  expect(await check()).toMatchObject({ state: "Firing", value: 40 });
  await client.patch(`alerts/${alert.body.id}/`, {
    config: { type: "FunnelsAlertConfig", metric: "conversion_from_previous", funnel_step: 2 },
  });
  expect(await check()).toMatchObject({ state: "Not firing", value: 80 });
  results = [
    [step(10, ["web"]), step(9, ["web"]), step(9, ["web"])],
    [step(10, ["app"]), step(4, ["app"]), step(1, ["app"])],
  ];
  expect(await check()).toMatchObject({ state: "Firing", value: 25, breaches: [expect.stringContaining("(app)")] });
  results = [step(9), step(0), step(0)];
  expect(await check()).toMatchObject({ state: "Firing", value: 0 });
  results = [];
  expect(await check()).toMatchObject({ state: "Errored", value: null, sent: [] });
});
