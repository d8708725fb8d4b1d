import { expect, test } from "vitest";
import { eventFilterOf } from "../../../src/catalog/event-filter.ts";
import { events } from "../../../src/catalog/events.ts";
import { projectSettings } from "../../../src/catalog/project-settings.ts";
import { httpClient } from "../../local/twins/http-client.ts";
import { posthogStack } from "./stack.ts";

/** The program with the project's settings and its event filter only. */
const settingsOnly = `
import { projectSettings } from "./src/catalog/project-settings.ts";
import { EventFilter } from "@brandvx/resources/posthog";
import { eventFilterOf } from "./src/catalog/event-filter.ts";
import { events } from "./src/catalog/events.ts";
import { saysWhichFilter } from "./src/platform/existing/posthog.ts";
import { Product, readSettings } from "./src/platform/index.ts";

const { posthog, appUrl, teams } = readSettings({ events: {}, dashboards: [], insightAlerts: [], sentryAlerts: [] });
new Product("product", { ...posthog, teams, dashboards: [], alerts: [], projectSettings, appUrl });
const { projectId } = posthog;
const filter = eventFilterOf(events);
new EventFilter("door", { ...filter, projectId }, { hooks: saysWhichFilter(projectId, filter) });
`;

/** Every setting otherwise than promised. */
const otherwise = {
  ...{ anonymize_ips: false, autocapture_opt_out: false, autocapture_exceptions_opt_in: true },
  ...{ autocapture_web_vitals_opt_in: true, capture_dead_clicks: true, heatmaps_opt_in: true, surveys_opt_in: true },
  ...{ session_recording_opt_in: true, capture_console_log_opt_in: true, capture_performance_opt_in: true },
  session_recording_network_payload_capture_config: { recordHeaders: true, recordBody: true },
  ...{ timezone: "Europe/Vienna", week_start_day: 1, test_account_filters: [] },
  ...{ app_urls: ["https://other.brandvx.example"], recording_domains: ["https://other.brandvx.example"] },
};
/** An event filter that somebody made. */
const otherFilter = {
  mode: "live",
  filter_tree: { type: "or", children: [{ type: "condition", field: "event_name", operator: "exact", value: "x" }] },
  test_cases: [],
};
const names = [...Object.keys(projectSettings), "appUrls", "recordingDomains"];

test("promises about an existing project and its event filter: told before, kept, each named when somebody breaks it, healed; the promises outlive the stack, and the filter is switched off", async () => {
  await using at = await posthogStack();
  const { stack, posthog } = at;
  stack.edit("index.ts", () => settingsOnly);
  stack.configure({ appUrl: "https://app.brandvx.example" });
  const client = httpClient(posthog.url, { Authorization: `Bearer ${posthog.personalApiKey}` });
  const byHand = async () => {
    expect((await client.patch("/api/projects/1/", otherwise)).status).toBe(200);
    expect((await client.post("/api/environments/1/event_filter/", otherFilter)).status).toBe(200);
  };
  await byHand();

  posthog.requests.clear();
  const seen = await stack.pulumi("preview");
  expect(seen.exitCode, seen.text).toBe(0);
  expect(seen.text).toContain(
    `the PostHog project 1 is set otherwise; an \`up\` changes ${names.length} settings of it`,
  );
  for (const name of names) expect(seen.text).toMatch(new RegExp(`^ +${name}: .+ → .+$`, "m"));
  expect(seen.text).toContain(
    "the PostHog project 1 has another event filter, and an `up` writes over it: mode live, tree {",
  );
  expect(posthog.requests.writes()).toEqual([]);

  const up = await stack.up();
  expect(up.exitCode, up.text).toBe(0);
  expect(up.text).toContain("PostHog's project 1 was set otherwise:");
  expect(up.text).toMatch(/^ +anonymizeIps: false → true$/m);
  expect(up.text).toContain("PostHog's project 1 had another event filter: mode live");
  expect(posthog.requests.writes(), "one for the settings, one for the filter").toHaveLength(2);
  const kept = posthog.settings();
  const filter = () => {
    const { mode, filter_tree, test_cases } = posthog.eventFilter() ?? {};
    return { mode, filter_tree, test_cases };
  };
  const { mode, tree, testCases } = eventFilterOf(events);
  expect(filter()).toEqual({ mode, filter_tree: tree, test_cases: testCases });
  expect(kept).toMatchObject({ anonymize_ips: true, session_recording_opt_in: false, timezone: "UTC" });

  const mark = posthog.requests.mark();
  const same = await stack.up("--expect-no-changes");
  expect(same.exitCode, same.text).toBe(0);
  expect(posthog.requests.since(mark)).toEqual([]);
  expect((await stack.refreshPreview()).exitCode).toBe(0);

  await byHand();
  const drifted = await stack.refreshPreview();
  expect(drifted.exitCode, drifted.text).toBe(7);
  for (const name of [...names, "mode", "tree", "testCases"])
    expect(drifted.text, name).toMatch(new RegExp(`\\b${name}\\b`));

  posthog.faults.add({ match: { method: "PATCH" }, effect: { kind: "reset-after" } });
  posthog.faults.add({ match: { method: "PATCH" }, skip: 1, effect: { kind: "status", status: 503 } });
  posthog.faults.add({ match: { method: "POST" }, effect: { kind: "reset-after" } });
  posthog.faults.add({ match: { method: "POST" }, skip: 1, effect: { kind: "status", status: 503 } });
  const healed = await stack.up("--refresh");
  expect(healed.exitCode, healed.text).toBe(0);
  expect(posthog.settings()).toEqual(kept);
  expect(filter()).toEqual({ mode, filter_tree: tree, test_cases: testCases });
  expect((await stack.refreshPreview()).exitCode).toBe(0);

  const gone = await stack.destroy();
  expect(gone.exitCode, gone.text).toBe(0);
  expect(posthog.settings(), "a promise outlives the stack").toEqual(kept);

  expect(gone.text).toContain("PostHog cannot delete the event filter of project 1: it was switched off");
  expect(filter()).toEqual({ mode: "disabled", filter_tree: tree, test_cases: testCases });

  const adopting = posthog.requests.mark();
  const again = await stack.up();
  expect(again.exitCode, again.text).toBe(0);
  expect(posthog.requests.since(adopting).filter(({ method }) => method !== "GET")).toMatchObject([
    { path: "/api/environments/1/event_filter/", body: { mode: "dry_run" } },
  ]);
});
