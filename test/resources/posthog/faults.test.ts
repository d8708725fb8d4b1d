import { describe, expect, test, vi } from "vitest";
import { eventFilterOf } from "../../../src/catalog/event-filter.ts";
import type { AnnotationInputs } from "../../../src/resources/posthog/annotation/inputs.ts";
import type { DashboardInputs } from "../../../src/resources/posthog/dashboard/inputs.ts";
import type { EventDefinitionsInputs } from "../../../src/resources/posthog/event-definitions/inputs.ts";
import type { EventFilterInputs } from "../../../src/resources/posthog/event-filter/inputs.ts";
import type { EventSchemasInputs } from "../../../src/resources/posthog/event-schemas/inputs.ts";
import type { FeatureFlagInputs } from "../../../src/resources/posthog/feature-flag/inputs.ts";
import type { Deliveries, InsightAlertInputs } from "../../../src/resources/posthog/insight-alert/inputs.ts";
import type { ProjectSettingsInputs } from "../../../src/resources/posthog/project-settings/inputs.ts";
import type { SubscriptionInputs } from "../../../src/resources/posthog/subscription/inputs.ts";
import {
  alertOn,
  catalogOf,
  definition,
  flagOf,
  liveDefinitions,
  liveFlags,
  liveGroups,
  liveMarks,
  liveSubscriptions,
  releaseOf,
  type Setting,
  schemasOf,
  subscriptionTo,
  textTile,
  trendTile,
} from "./support.ts";
import { faults, type Scenario, survival } from "./survival.ts";

vi.setConfig({ testTimeout: 60_000 });

const right = { column: 6, row: 0, width: 6, height: 5 };
const below = { column: 0, row: 5, width: 6, height: 5 };

const first = definition({
  tiles: {
    kept: trendTile("Kept"),
    changed: trendTile("Changed", { place: right }),
    renamed: trendTile("Renamed", { place: below }),
    removed: trendTile("Removed", { place: { ...right, row: 5 } }),
    about: textTile("About"),
    aside: textTile("Aside", { place: { ...below, row: 110 } }),
  },
});

const second = definition({
  title: "Another title",
  tiles: {
    kept: trendTile("Kept", { place: { ...below, row: 20 } }),
    changed: trendTile("Changed", { event: "other", place: right }),
    "has-another-key": trendTile("Renamed", { place: below }),
    "is-new": trendTile("New", { place: { ...right, row: 5 } }),
    "has-the-same-title": trendTile("New", { event: "other", place: { ...right, row: 10 } }),
    about: textTile("About something else"),
    news: textTile("News", { place: { ...below, row: 120 } }),
    "same-news": textTile("News", { place: { ...below, row: 130 } }),
  },
});

const dashboards: Record<string, Scenario<DashboardInputs>> = {
  "making a dashboard": {
    resource: (process) => process.dashboard(),
    command: (dashboard) => dashboard.up(second),
  },
  "making a dashboard where tags are dropped": {
    resource: (process) => process.dashboard(),
    command: (dashboard) => dashboard.up(second),
    twin: { features: { tagging: false } },
  },
  "changing everything about a dashboard": {
    resource: (process) => process.dashboard(),
    before: (_, dashboard) => dashboard.up(first),
    command: (dashboard) => dashboard.up(second),
  },
  "deleting a dashboard": {
    resource: (process) => process.dashboard(),
    before: (_, dashboard) => dashboard.up(first),
    command: (dashboard) => dashboard.destroy(),
    after: async ({ twin }) => expect(twin.live()).toEqual({ dashboards: [], insights: [], alerts: [] }),
  },
  "bringing back a dashboard that was deleted by hand": {
    resource: (process) => process.dashboard(),
    before: async (at, dashboard) => {
      await dashboard.up(first);
      await dashboard.up(second);
      await at.byHand("patch", `dashboards/${dashboard.id}/`, { deleted: true });
    },
    command: async (dashboard) => {
      await dashboard.refresh();
      await dashboard.up(second);
    },
    after: async ({ twin }) => expect(twin.live().insights).toHaveLength(5),
  },
  "healing what was done by hand": {
    resource: (process) => process.dashboard(),
    before: async (at, dashboard) => {
      await dashboard.up(first);
      const { insights, dashboards } = at.twin.live();
      const byName = (wanted: string) => insights.find(({ name }) => name === wanted)?.id;
      const text = dashboards[0]?.tiles.find(({ kind }) => kind === "text");
      await at.byHand("patch", `insights/${byName("Changed")}/`, {
        name: "Something else",
        query: { kind: "InsightVizNode" },
      });
      await at.byHand("patch", `insights/${byName("Removed")}/`, { deleted: true });
      await at.byHand("patch", `insights/${byName("Renamed")}/`, { dashboards: [] });
      await at.byHand("patch", `dashboards/${dashboard.id}/`, {
        description: "Ours now",
        filters: { date_from: "-7d" },
        tiles: [{ id: text?.id, deleted: true }, { text: { body: "By hand" } }],
      });
    },
    command: async (dashboard) => {
      await dashboard.refresh();
      await dashboard.up(first);
    },
  },
};

const insight = async (at: Parameters<NonNullable<Scenario<InsightAlertInputs>["before"]>>[0]) => {
  const dashboard = at.process().dashboard();
  await dashboard.up(definition());
  return dashboard.id ?? "";
};
const dashboardIn = ({ twin }: { twin: { live(): { dashboards: { id: number }[] } } }) =>
  String(twin.live().dashboards[0]?.id);

const toSlack = (channel: string): Deliveries => ({
  [`Slack ${channel}`]: { type: "slack", teams: ["growth"], integrationId: 77, channel },
});
const toWebhook: Deliveries = {
  "webhook of growth": { type: "webhook", teams: ["growth"], url: "https://hooks.example/secret" },
};

const alerts: Record<string, Scenario<InsightAlertInputs>> = {
  "making an alert": {
    resource: (process) => process.alert(),
    before: insight,
    command: (alert, at) => alert.up(alertOn(dashboardIn(at))),
  },
  "making an alert on a funnel": {
    resource: (process) => process.alert(),
    before: async (at) => {
      const series = ["opened", "completed"].map((event) => ({ kind: "EventsNode", event }));
      const query = { kind: "InsightVizNode", source: { kind: "FunnelsQuery", series } };
      await at
        .process()
        .dashboard()
        .up(definition({ tiles: { first: trendTile("First", { query }) } }));
    },
    command: (alert, at) =>
      alert.up(alertOn(dashboardIn(at), { when: { kind: "below", value: 0.4 }, conversion: { from: "first step" } })),
  },
  "making an alert with deliveries": {
    resource: (process) => process.alert(),
    before: insight,
    command: (alert, at) => alert.up(alertOn(dashboardIn(at), { deliveries: { ...toSlack("#growth"), ...toWebhook } })),
  },
  "changing the deliveries of an alert": {
    resource: (process) => process.alert(),
    before: async (at, alert) =>
      alert.up(alertOn(await insight(at), { deliveries: { ...toSlack("#growth"), ...toSlack("#gone") } })),
    command: (alert, at) =>
      alert.up(alertOn(dashboardIn(at), { name: "Far too many", deliveries: { ...toSlack("#growth"), ...toWebhook } })),
  },
  "deleting an alert with deliveries, where PostHog leaves them": {
    resource: (process) => process.alert(),
    before: async (at, alert) => alert.up(alertOn(await insight(at), { deliveries: { ...toSlack("#growth") } })),
    command: (alert) => alert.destroy(),
    after: async ({ twin }) => expect([...twin.live().alerts, ...twin.hogFunctions()]).toEqual([]),
    twin: { features: { alertsDeleteDestinations: false } },
  },
  "changing an alert": {
    resource: (process) => process.alert(),
    before: async (at, alert) => alert.up(alertOn(await insight(at))),
    command: (alert, at) =>
      alert.up(alertOn(dashboardIn(at), { when: { kind: "falls by", share: 0.5 }, subscribers: [] })),
  },
  "deleting an alert": {
    resource: (process) => process.alert(),
    before: async (at, alert) => alert.up(alertOn(await insight(at))),
    command: (alert) => alert.destroy(),
    after: async ({ twin }) => expect(twin.live().alerts).toEqual([]),
  },
};

const described = (description: string, tags = ["owner:growth"]) => ({
  description,
  tags,
  owners: ["platform@brandvx.example"],
  verified: true,
});
const firstCatalog = catalogOf({ kept: described("Kept"), changed: described("Before"), left: described("Left") });
const secondCatalog = catalogOf({
  kept: described("Kept"),
  changed: described("After", ["owner:ai"]),
  new: described("New"),
});
const defined = (at: Setting) => at.byHand("post", "event_definitions/", { name: "changed", tags: ["theirs"] });

const catalogs: Record<string, Scenario<EventDefinitionsInputs>> = {
  "describing events": {
    resource: (process) => process.events(),
    before: defined,
    command: (events) => events.up(firstCatalog),
  },
  "describing events where less is kept": {
    resource: (process) => process.events(),
    before: defined,
    command: (events) => events.up(firstCatalog),
    twin: { features: { tagging: false, enterpriseDefinitions: false } },
  },
  "describing other events": {
    resource: (process) => process.events(),
    before: async (at, events) => {
      await defined(at);
      await events.up(firstCatalog);
    },
    command: (events) => events.up(secondCatalog),
  },
  "describing no events any more": {
    resource: (process) => process.events(),
    before: async (at, events) => {
      await defined(at);
      await events.up(firstCatalog);
    },
    command: (events) => events.destroy(),
    after: async (at) => {
      const [only, ...others] = await liveDefinitions(at);
      expect(only).toMatchObject({ name: "changed", description: "", owner: null, tags: ["theirs"], verified: false });
      expect(others).toEqual([]);
    },
  },
};

const marks: Record<string, Scenario<AnnotationInputs>> = {
  "marking a release": {
    resource: (process) => process.annotation(),
    before: (at) => at.process().annotation().up(releaseOf("1.0.0")),
    command: (mark) => mark.up(releaseOf("1.1.0", { commit: "1a2b3c4d" })),
  },
  "changing the words of a mark": {
    resource: (process) => process.annotation(),
    before: (_, mark) => mark.up(releaseOf("1.1.0")),
    command: (mark) => mark.up(releaseOf("1.1.0", { commit: "1a2b3c4d" })),
  },
  "taking a mark away": {
    resource: (process) => process.annotation(),
    before: (_, mark) => mark.up(releaseOf("1.1.0")),
    command: (mark) => mark.destroy(),
    after: async (at) => expect(await liveMarks(at)).toEqual([]),
  },
};

const dashboardBefore = async (at: Setting): Promise<void> => void (await insight(at));

const subscriptions: Record<string, Scenario<SubscriptionInputs>> = {
  "making a subscription": {
    resource: (process) => process.subscription(),
    before: dashboardBefore,
    command: (subscription, at) => subscription.up(subscriptionTo(dashboardIn(at))),
  },
  "changing everything about a subscription": {
    resource: (process) => process.subscription(),
    before: async (at, subscription) => {
      await dashboardBefore(at);
      await subscription.up(subscriptionTo(dashboardIn(at)));
    },
    command: (subscription, at) =>
      subscription.up(
        subscriptionTo(dashboardIn(at), {
          title: "Another title",
          tiles: { second: "Second" },
          target: { type: "slack", integrationId: 77, channel: "#growth" },
          schedule: { frequency: "monthly", week: "last", weekday: "friday", hour: 7, timeZone: "UTC" },
        }),
      ),
  },
  "deleting a subscription": {
    resource: (process) => process.subscription(),
    before: async (at, subscription) => {
      await dashboardBefore(at);
      await subscription.up(subscriptionTo(dashboardIn(at)));
    },
    command: (subscription) => subscription.destroy(),
    after: async (at) => expect(await liveSubscriptions(at)).toEqual([]),
  },
};

describe.for(Object.entries(subscriptions))("%s", ([, scenario]) => {
  const survive = survival(scenario);
  test.for(Object.entries(faults))("ends as wanted when any write of it %s", async ([, fault]) => {
    expect(await survive(fault)).toEqual([]);
  });
});

const twoVariants = [
  { key: "short", percent: 50 },
  { key: "full", percent: 50 },
];
const flags: Record<string, Scenario<FeatureFlagInputs>> = {
  "making a flag": {
    resource: (process) => process.flag(),
    before: (at) => at.byHand("post", "feature_flags/", { key: "ask-streaming-too", filters: { groups: [{}] } }),
    command: (flag) => flag.up(flagOf()),
  },
  "making a flag where tags are dropped": {
    resource: (process) => process.flag(),
    command: (flag) => flag.up(flagOf()),
    twin: { features: { tagging: false } },
  },
  "changing everything about a flag": {
    resource: (process) => process.flag(),
    before: (_, flag) => flag.up(flagOf()),
    command: (flag) =>
      flag.up(flagOf({ meaning: "Another", owner: "growth", active: false, rules: [], variants: twoVariants })),
  },
  "deleting a flag": {
    resource: (process) => process.flag(),
    before: (_, flag) => flag.up(flagOf()),
    command: (flag) => flag.destroy(),
    after: async (at) => expect(await liveFlags(at)).toEqual([]),
  },
};

describe.for(Object.entries(flags))("%s", ([, scenario]) => {
  const survive = survival(scenario);
  test.for(Object.entries(faults))("ends as wanted when any write of it %s", async ([, fault]) => {
    expect(await survive(fault)).toEqual([]);
  });
});

const kept: ProjectSettingsInputs = {
  ...{ projectId: 1, anonymizeIps: true, heatmaps: false, sessionRecordings: false, recordingConsoleLogs: false },
  ...{ timeZone: "UTC", appUrls: ["https://app.brandvx.example"] },
  testAccountFilters: [{ key: "internal", type: "person", operator: "is_not", value: ["true"] }],
};

const projects: Record<string, Scenario<ProjectSettingsInputs>> = {
  "setting a project": {
    resource: (process) => process.settings(),
    command: (settings) => settings.up(kept),
  },
  "setting again what somebody changed": {
    resource: (process) => process.settings(),
    before: async (at, settings) => {
      await settings.up(kept);
      await at.byHand("patch", "", { anonymize_ips: false, session_recording_opt_in: true, test_account_filters: [] });
      await settings.refresh();
    },
    command: (settings) => settings.up(kept),
  },
};

describe.for(Object.entries(projects))("%s", ([, scenario]) => {
  const survive = survival(scenario);
  test.for(Object.entries(faults))("ends as wanted when any write of it %s", async ([, fault]) => {
    expect(await survive(fault)).toEqual([]);
  });
});

const door: EventFilterInputs = { projectId: 1, ...eventFilterOf({ landing_view: {} }) } as EventFilterInputs;

const filters: Record<string, Scenario<EventFilterInputs>> = {
  "filtering events": {
    resource: (process) => process.filter(),
    command: (filter) => filter.up(door),
  },
  "filtering again as defined": {
    resource: (process) => process.filter(),
    before: async (at, filter) => {
      await filter.up(door);
      await at.byHand("post", "/api/environments/1/event_filter/", { mode: "live", test_cases: [] });
      await filter.refresh();
    },
    command: (filter) => filter.up(door),
  },
  "switching a filter off, which PostHog does not delete": {
    resource: (process) => process.filter(),
    before: (_, filter) => filter.up(door),
    command: (filter) => filter.destroy(),
    after: async ({ twin }) => expect(twin.eventFilter()?.mode).toBe("disabled"),
  },
};

describe.for(Object.entries(filters))("%s", ([, scenario]) => {
  const survive = survival(scenario);
  test.for(Object.entries(faults))("ends as wanted when any write of it %s", async ([, fault]) => {
    expect(await survive(fault)).toEqual([]);
  });
});

describe.for(Object.entries(marks))("%s", ([, scenario]) => {
  const survive = survival(scenario);
  test.for(Object.entries(faults))("ends as wanted when any write of it %s", async ([, fault]) => {
    expect(await survive(fault)).toEqual([]);
  });
});

describe.for(Object.entries(catalogs))("%s", ([, scenario]) => {
  const survive = survival(scenario);
  test.for(Object.entries(faults))("ends as wanted when any write of it %s", async ([, fault]) => {
    expect(await survive(fault)).toEqual([]);
  });
});

describe.for(Object.entries(dashboards))("%s", ([, scenario]) => {
  const survive = survival(scenario);
  test.for(Object.entries(faults))("ends as wanted when any write of it %s", async ([, fault]) => {
    expect(await survive(fault)).toEqual([]);
  });
});

describe.for(Object.entries(alerts))("%s", ([, scenario]) => {
  const survive = survival(scenario);
  test.for(Object.entries(faults))("ends as wanted when any write of it %s", async ([, fault]) => {
    expect(await survive(fault)).toEqual([]);
  });
});

const typed = (name: string, enforcement: "allow" | "reject" = "allow", required = true) => ({
  properties: { [name]: { type: "Numeric", required, meaning: `The ${name}`, rules: { minimum: 0 } } as const },
  enforcement,
});
const firstSchemas = schemasOf({ kept: typed("length"), changed: typed("length"), left: typed("length", "reject") });
const secondSchemas = schemasOf({ kept: typed("length"), changed: typed("cost", "reject"), new: typed("length") });
const definitions = async (at: Setting): Promise<void> => {
  for (const name of ["kept", "changed", "left", "new"]) await at.byHand("post", "event_definitions/", { name });
};

const schemas: Record<string, Scenario<EventSchemasInputs>> = {
  "making schemas": {
    resource: (process) => process.schemas(),
    before: definitions,
    command: (made) => made.up(firstSchemas),
  },
  "changing schemas": {
    resource: (process) => process.schemas(),
    before: async (at, made) => {
      await definitions(at);
      await made.up(firstSchemas);
    },
    command: (made) => made.up(secondSchemas),
  },
  "healing schemas": {
    resource: (process) => process.schemas(),
    before: async (at, made) => {
      await definitions(at);
      await made.up(firstSchemas);
      const [one, other] = await liveGroups(at);
      await at.byHand("delete", `schema_property_groups/${one?.id}/`);
      await at.byHand("patch", `schema_property_groups/${other?.id}/`, { properties: [], description: "Ours now" });
      const { results } = (await at.byHand("get", "event_schemas/")) as { results: { id: string }[] };
      for (const { id } of results) await at.byHand("delete", `event_schemas/${id}/`);
    },
    command: async (made) => {
      await made.refresh();
      await made.up(firstSchemas);
    },
  },
  "deleting schemas": {
    resource: (process) => process.schemas(),
    before: async (at, made) => {
      await definitions(at);
      await made.up(firstSchemas);
    },
    command: (made) => made.destroy(),
    after: async (at) => {
      expect(await liveGroups(at)).toEqual([]);
      expect((await liveDefinitions(at)).map((one) => one.enforcement_mode)).toEqual(Array(4).fill("allow"));
    },
  },
};

describe.for(Object.entries(schemas))("%s", ([, scenario]) => {
  const survive = survival(scenario);
  test.for(Object.entries(faults))("ends as wanted when any write of it %s", async ([, fault]) => {
    expect(await survive(fault)).toEqual([]);
  });
});
