import { describe, expect, test } from "vitest";
import { projectSettings } from "../../../src/catalog/project-settings.ts";
import {
  networkPayloadNames,
  projectSwitches,
  projectSwitchNames,
} from "../../../src/model/posthog/project-settings.ts";
import type { ProjectSettingsInputs } from "../../../src/resources/posthog/project-settings/inputs.ts";
import { failed } from "../lifetime.ts";
import { setting } from "./support.ts";

const app = "https://app.brandvx.example";
/** Inputs as Pulumi's state has them: JSON. */
const inputsOf = (changes: Partial<ProjectSettingsInputs> = {}): ProjectSettingsInputs =>
  JSON.parse(
    JSON.stringify({
      projectId: 1,
      ...projectSettings,
      appUrls: [`${app}/start`],
      recordingDomains: [app],
      ...changes,
    }),
  );

const internal = { key: "internal", type: "person", operator: "is_not", value: ["true"] };

describe("the promises that BrandVX makes", () => {
  test("are set in one request, whatever the project was set to; filters of others stay", async () => {
    await using at = await setting();
    const [theirs] = at.twin.settings().test_account_filters;
    const settings = at.process().settings();
    await settings.up(inputsOf());
    expect(at.twin.requests.writes()).toHaveLength(1);
    expect(at.twin.settings()).toMatchObject({
      ...{ anonymize_ips: true, autocapture_opt_out: true, autocapture_exceptions_opt_in: null },
      ...{ capture_console_log_opt_in: false, capture_performance_opt_in: false, session_recording_opt_in: false },
      ...{ heatmaps_opt_in: null, timezone: "UTC", week_start_day: 0, app_urls: [`${app}/start`] },
      ...{ recording_domains: [app], test_account_filters: [theirs, internal] },
    });
    expect(settings.state?.url).toBe(`${at.twin.url}/settings/project`);
    expect(at.lines).toEqual([
      expect.stringMatching(
        /^PostHog's project 1 was set otherwise:\n {4}anonymizeIps: false → true\n {4}autocapture: true → false\n/,
      ),
    ]);
  });

  test("that hold already are no write, also for a run that does not know of them; the same again asks nothing", async () => {
    await using at = await setting();
    await at.process().settings().up(inputsOf());
    const mark = at.twin.requests.mark();
    const again = at.process().settings();
    await again.up(inputsOf());
    expect(at.twin.requests.since(mark).map(({ method }) => method)).toEqual(["GET"]);
    expect(await again.up(inputsOf())).toBe("same");
    expect(at.twin.requests.since(mark)).toHaveLength(1);
    expect(await again.refresh()).toEqual(inputsOf());
  });

  test("outlive the stack: deleting them changes nothing and asks nothing", async () => {
    await using at = await setting();
    const settings = at.process().settings();
    await settings.up(inputsOf());
    const [before, mark] = [at.twin.settings(), at.twin.requests.mark()];
    await settings.destroy();
    expect(at.twin.settings()).toEqual(before);
    expect(at.twin.requests.since(mark)).toEqual([]);
  });

  test("are left alone where the definition does not have them", async () => {
    await using at = await setting();
    const before = at.twin.settings();
    const settings = at.process().settings();
    await settings.up({ projectId: 1, heatmaps: false });
    expect(at.twin.requests.writes()).toEqual([]);
    await at.byHand("patch", "", { anonymize_ips: true, timezone: "Europe/Vienna" });
    expect(await settings.refresh()).toEqual({ projectId: 1, heatmaps: false });
    expect(at.twin.settings()).toEqual({ ...before, anonymize_ips: true, timezone: "Europe/Vienna" });
  });
});

/** Each setting, changed by hand. */
const edits: [keyof ProjectSettingsInputs, object, unknown][] = [
  ...projectSwitchNames.map((name): [typeof name, object, unknown] => {
    const { field, isOpposite } = { isOpposite: false, ...projectSwitches[name] };
    const live = !projectSettings[name];
    return [name, { [field]: live !== isOpposite }, live];
  }),
  ["recordingNetworkHeaders", { session_recording_network_payload_capture_config: { recordHeaders: true } }, true],
  ["recordingNetworkBodies", { session_recording_network_payload_capture_config: { recordBody: true } }, true],
  ["timeZone", { timezone: "Europe/Vienna" }, "Europe/Vienna"],
  ["weekStart", { week_start_day: 1 }, "monday"],
  ["testAccountFilters", { test_account_filters: [] }, []],
  ["appUrls", { app_urls: [`${app}/start`, "https://evil.example"] }, [`${app}/start`, "https://evil.example"]],
  ["recordingDomains", { recording_domains: null }, []],
];

describe("a setting that somebody changed by hand", () => {
  test("is among those that are tried", () => {
    const tried = [...new Set(edits.map(([name]) => name))];
    expect(tried.toSorted()).toEqual(
      Object.keys(inputsOf())
        .filter((name) => name !== "projectId")
        .toSorted(),
    );
    expect(tried).toEqual(expect.arrayContaining(networkPayloadNames));
  });

  test.for(edits)("%s is named, and an up sets it alone", async ([name, edit, live]) => {
    await using at = await setting();
    const settings = at.process().settings();
    await settings.up(inputsOf());
    const before = at.twin.settings();
    await at.byHand("patch", "", edit);
    expect(await settings.refresh()).toEqual({ ...inputsOf(), [name]: live });
    const mark = at.twin.requests.mark();
    expect(await settings.up(inputsOf())).toBe("updated");
    const [write, ...others] = at.twin.requests.since(mark).filter(({ method }) => method !== "GET");
    expect(others).toEqual([]);
    expect(Object.keys(write?.body as object)).toEqual(Object.keys(edit));
    expect(await settings.refresh()).toEqual(inputsOf());
    // What PostHog has null for and what is false are the same.
    expect(at.twin.settings()).toEqual({
      ...before,
      ...Object.fromEntries(Object.keys(edit).map((field) => [field, expect.anything()])),
    });
  });

  test("is no change where it means the same: another order, a slash at the end, null for false, another filter beside", async () => {
    await using at = await setting();
    const settings = at.process().settings();
    const inputs = inputsOf({ appUrls: [app, "https://staging.brandvx.example"] });
    await settings.up(inputs);
    await at.byHand("patch", "", {
      app_urls: ["https://staging.brandvx.example/", `${app}/`],
      ...{ heatmaps_opt_in: null, week_start_day: null, session_recording_network_payload_capture_config: null },
      test_account_filters: [{ key: "email", type: "person", operator: "icontains", value: "@brandvx" }, internal],
    });
    expect(await settings.refresh()).toEqual(inputs);
  });
});

describe("what PostHog does not do", () => {
  test("a setting that the plan ignores is told by name, the others are set, and a later up tries again", async () => {
    await using at = await setting({ features: { ignoredSettings: ["anonymize_ips", "heatmaps_opt_in"] } });
    await at.byHand("patch", "", { surveys_opt_in: true });
    const settings = at.process().settings();
    const said = await failed(settings.up(inputsOf()));
    expect(said).toContain("PostHog accepted the request and did not change anonymizeIps:");
    expect(said).toContain("What was promised does not hold. The others are set.");
    expect(settings.isUnfinished).toBe(true);
    expect(at.twin.settings()).toMatchObject({ anonymize_ips: false, surveys_opt_in: false });
    expect(await settings.refresh()).toEqual({ ...inputsOf(), anonymizeIps: false });
    expect(await failed(settings.up(inputsOf()))).toContain("did not change anonymizeIps:");
  });

  test("a setting that an older release does not answer is not taken for one that is as defined", async () => {
    await using at = await setting({ features: { absentSettings: ["capture_dead_clicks"] } });
    const settings = at.process().settings();
    expect(await failed(settings.up(inputsOf()))).toContain("did not change deadClicks:");
    const { deadClicks: _, ...others } = inputsOf();
    expect(await settings.refresh()).toEqual(others);
  });

  test("a key whose person is no admin of the project is told so", async () => {
    await using at = await setting({ features: { projectAdmin: false } });
    const said = await failed(at.process().settings().up(inputsOf()));
    expect(said).toContain("the key's person may not change these settings of project 1");
    expect(said).toContain("Only project admins can modify these settings: anonymize_ips, app_urls");
  });

  test("a key without the scope is told which one before anything is made", async () => {
    await using at = await setting(
      { scopedKeys: [{ key: "phx_reads", scopes: ["project:read", "dashboard:read"] }] },
      { key: "phx_reads" },
    );
    const project = { projectId: 1, host: at.twin.url, needs: ["project:write"] as const };
    expect(
      await failed(
        at
          .process()
          .project()
          .up({ ...project, needs: [...project.needs] }),
      ),
    ).toContain("it lacks project:write (to keep the project's settings)");
    expect(at.twin.requests.writes()).toEqual([]);
  });
});

test.for<[string, Partial<Record<keyof ProjectSettingsInputs, unknown>>, string]>([
  ["a time zone that does not exist", { timeZone: "Mars/Olympus" }, "is no time zone"],
  ["a switch that is neither on nor off", { heatmaps: "off" }, "is neither true nor false"],
  ["an address that is none", { appUrls: ["app.brandvx.io"] }, "is not an http(s) address"],
  ["an empty list of addresses", { recordingDomains: [] }, "is an empty list, which allows every address"],
  ["a day on which no week begins", { weekStart: "friday" }, "weekStart"],
  ["a filter without a key", { testAccountFilters: [{ ...internal, key: "" }] }, "testAccountFilters"],
])("%s is refused before anything is sent", async ([, inputs, said]) => {
  await using at = await setting();
  expect(
    await failed(
      at
        .process()
        .settings()
        .up({ ...inputsOf(), ...inputs } as ProjectSettingsInputs),
    ),
  ).toContain(said);
  expect(at.twin.requests.all()).toEqual([]);
});
