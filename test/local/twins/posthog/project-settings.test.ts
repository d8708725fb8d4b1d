import { describe, expect, test } from "vitest";
import { posthog, trend } from "./client.ts";

describe("the settings of a project", () => {
  test("are those of a new one, until a PATCH changes what it names; the old alias is the same project", async () => {
    const client = await posthog();
    const asNew = (await client.get("")).body;
    expect(asNew).toMatchObject({
      ...{ id: 1, anonymize_ips: false, capture_console_log_opt_in: true, autocapture_opt_out: null },
      ...{ timezone: "UTC", week_start_day: 0, recording_domains: null },
    });
    const changed = await client.patch("/api/environments/1/", { anonymize_ips: true, week_start_day: 1 });
    expect(changed).toMatchObject({ status: 200, body: { ...asNew, anonymize_ips: true, week_start_day: 1 } });
    expect((await client.get("")).body).toEqual(changed.body);
    expect(client.twin.settings()).toMatchObject({ anonymize_ips: true, week_start_day: 1 });
  });

  test("decide how a query counts days", async () => {
    const client = await posthog({ evaluate: ({ timezone, weekStart }) => ({ results: [], timezone, weekStart }) });
    await client.patch("", { timezone: "America/New_York", week_start_day: 1 });
    const { body } = await client.post("query/", { query: trend().source });
    expect(body).toMatchObject({ timezone: "America/New_York", weekStart: 1 });
  });

  test.for<[string, unknown, string]>([
    ["timezone", "Mars/Olympus", '"Mars/Olympus" is not a valid choice.'],
    ["week_start_day", 6, '"6" is not a valid choice.'],
    ["anonymize_ips", "perhaps", "Must be a valid boolean."],
    ["anonymize_ips", null, "This field may not be null."],
    ["session_recording_network_payload_capture_config", "x", "Must provide a dictionary or None."],
    [
      "session_recording_network_payload_capture_config",
      { key: "x" },
      "Must provide a dictionary with only 'recordHeaders' and/or 'recordBody' keys.",
    ],
    ["test_account_filters", "x", "Must provide an array of valid property filters."],
    ["app_urls", ["https://*.*.example"], "Wildcards are allowed as a subdomain only."],
  ])("refuse a wrong %s", async ([attr, value, detail]) => {
    const client = await posthog();
    const before = client.twin.settings();
    expect(await client.patch("", { [attr]: value })).toMatchObject({
      status: 400,
      body: { type: "validation_error", attr, detail },
    });
    expect(client.twin.settings()).toEqual(before);
  });

  test("can be changed by admins, but for a few; what the plan lacks is ignored without a word", async () => {
    const member = await posthog({ features: { projectAdmin: false } });
    expect((await member.patch("", { surveys_opt_in: false })).status).toBe(200);
    expect(await member.patch("", { timezone: "UTC", anonymize_ips: true })).toMatchObject({
      status: 403,
      body: { detail: "Only project admins can modify these settings: anonymize_ips, timezone" },
    });
    const poor = await posthog({ features: { ignoredSettings: ["heatmaps_opt_in"] } });
    const { status, body } = await poor.patch("", { heatmaps_opt_in: true, surveys_opt_in: true });
    expect({ status, heatmaps: body.heatmaps_opt_in, surveys: body.surveys_opt_in }).toEqual({
      ...{ status: 200, heatmaps: null, surveys: true },
    });
  });

  test("need project:read and project:write", async () => {
    const client = (await posthog({ scopedKeys: [{ key: "phx_reads", scopes: ["project:read"] }] })).as("phx_reads");
    expect((await client.get("")).status).toBe(200);
    expect((await client.patch("", { anonymize_ips: true })).body.detail).toBe(
      "API key missing required scope 'project:write'",
    );
  });
});
