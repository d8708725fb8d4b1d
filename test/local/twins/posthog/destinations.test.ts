import { describe, expect, test } from "vitest";
import { type Client, dashboardWith, posthog } from "./client.ts";

/** As PostHog's own example of its Terraform provider has it (examples/alert-notifications/main.tf). */
const toSlack = (alertId: string) => ({
  type: "internal_destination",
  template_id: "template-slack",
  name: "Spike -> Slack",
  enabled: true,
  filters: {
    events: [{ id: "$insight_alert_firing", type: "events" }],
    properties: [{ key: "alert_id", value: alertId, operator: "exact", type: "event" }],
  },
  inputs: { slack_workspace: { value: 77 }, channel: { value: "#alerts" }, text: { value: "It fires" } },
});

const secretUrl = { key: "url", type: "string", label: "URL", secret: true, required: true };
const toWebhook = {
  type: "internal_destination",
  template_id: "template-webhook",
  filters: {},
  inputs_schema: [secretUrl],
  inputs: { url: { value: "https://hooks.example/marked-secret" } },
};

const trend = {
  kind: "InsightVizNode",
  source: { kind: "TrendsQuery", series: [{ kind: "EventsNode", event: "a", math: "total" }] },
};

async function alertOf(client: Client): Promise<string> {
  const { insights } = await dashboardWith(client, "Spikes");
  await client.patch(`insights/${insights[0].id}/`, { query: trend });
  const made = await client.post("alerts/", {
    ...{ insight: insights[0].id, name: "Spike", subscribed_users: [], calculation_interval: "daily" },
    threshold: { configuration: { type: "absolute", bounds: { upper: 1 } } },
    condition: { type: "absolute_value" },
    config: { type: "TrendsAlertConfig", series_index: 0 },
  });
  expect(made.status).toBe(201);
  return made.body.id;
}

describe("a destination", () => {
  test("takes its code and its inputs' schema from its template, and shows compiled filters and inputs", async () => {
    const client = await posthog();
    const { status, body } = await client.post("hog_functions/", toSlack("an-alert"));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ type: "internal_destination", enabled: true, template: { template_id: "template-slack" } },
      filters: { source: "events", bytecode: expect.any(Array) },
      inputs: { channel: { value: "#alerts", order: 1, bytecode: expect.any(Array) } },
    });
    expect(body.hog).toContain("chat.postMessage");
  });

  test("shows of a secret input that it is set, and keeps it when it is sent back as it was shown", async () => {
    const client = await posthog();
    const made = (await client.post("hog_functions/", toWebhook)).body;
    expect(made.inputs).toEqual({ url: { secret: true } });
    const changed = await client.patch(`hog_functions/${made.id}/`, {
      name: "Other",
      inputs: { url: { secret: true } },
    });
    expect(changed.body).toMatchObject({ name: "Other", inputs: { url: { secret: true } } });
    const all = await client.get("hog_functions/?type=internal_destination&full=true");
    expect(JSON.stringify(all.body)).not.toContain("marked-secret");
  });

  test("is listed by its type, with its inputs only in full", async () => {
    const client = await posthog();
    await client.post("hog_functions/", toSlack("an-alert"));
    await client.post("hog_functions/", { ...toWebhook, type: "destination" });
    const { body } = await client.get("hog_functions/?type=internal_destination");
    expect(body.count).toBe(1);
    expect(body.results[0]).not.toHaveProperty("inputs");
  });

  test("is deleted by a PATCH alone, and found again only by the PATCH that restores it", async () => {
    const client = await posthog();
    const { id } = (await client.post("hog_functions/", toSlack("an-alert"))).body;
    const refused = await client.delete(`hog_functions/${id}/`);
    expect([refused.status, refused.body]).toEqual([405, ""]);
    await client.patch(`hog_functions/${id}/`, { deleted: true });
    expect((await client.get(`hog_functions/${id}/`)).status).toBe(404);
    expect((await client.patch(`hog_functions/${id}/`, { enabled: false })).status).toBe(404);
    expect((await client.patch(`hog_functions/${id}/`, { deleted: false })).status).toBe(200);
  });

  test.each([
    ["of no type", { ...toWebhook, type: undefined }, "type", "This field is required."],
    [
      "of a template that does not exist",
      { ...toWebhook, template_id: "template-x" },
      "template_id",
      "No template found",
    ],
    ["of PostHog's own e-mail", { ...toWebhook, template_id: "template-email" }, "template_id", "is internal"],
    ["without what its template requires", { ...toWebhook, inputs: {} }, "inputs__url", "This field is required."],
    [
      "with a workspace that is no number",
      { ...toSlack("x"), inputs: { slack_workspace: { value: "Slack" } } },
      "inputs__slack_workspace",
      "Integration ID",
    ],
    [
      "for an alert on logs",
      { ...toWebhook, filters: { events: [{ id: "$logs_alert_firing" }] } },
      "filters",
      "managed through the alert API",
    ],
  ])("%s is refused", async (_, body, attr, detail) => {
    const client = await posthog();
    const refused = await client.post("hog_functions/", body);
    expect(refused).toMatchObject({ status: 400, body: { type: "validation_error", attr } });
    expect(refused.body.detail).toContain(detail);
  });

  test("keeps its type for good", async () => {
    const client = await posthog();
    const { id } = (await client.post("hog_functions/", toSlack("an-alert"))).body;
    const refused = await client.patch(`hog_functions/${id}/`, { type: "destination" });
    expect(refused).toMatchObject({ status: 400, body: { attr: "type" } });
  });

  test.each([
    ["goes with its alert", true, 0],
    ["stays without its alert in older releases", false, 1],
  ])("%s", async (_, alertsDeleteDestinations, left) => {
    const client = await posthog({ features: { alertsDeleteDestinations } });
    const alert = await alertOf(client);
    await client.post("hog_functions/", toSlack(alert));
    await client.delete(`alerts/${alert}/`);
    expect((await client.get("hog_functions/")).body.count).toBe(left);
  });

  test("needs hog_function:write, and an integration is read with integration:read", async () => {
    const client = await posthog({ scopedKeys: [{ key: "phx_alerts", scopes: ["alert:write", "hog_function:read"] }] });
    const scoped = client.as("phx_alerts");
    expect((await scoped.post("hog_functions/", toSlack("x"))).body.detail).toBe(
      "API key missing required scope 'hog_function:write'",
    );
    expect((await scoped.get("hog_functions/")).status).toBe(200);
    expect((await scoped.get("integrations/77/")).body.detail).toContain("'integration:read'");
    expect((await client.get("integrations/77/")).body).toMatchObject({ id: 77, kind: "slack" });
    expect((await client.get("integrations/78/")).status).toBe(404);
  });
});
