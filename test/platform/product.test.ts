import type { CustomResourceOptions } from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { insightAlerts, subscriptions } from "../../alerts/index.ts";
import { dashboards } from "../../dashboards/index.ts";
import type { SubscriptionDefinition } from "../../src/alerts/posthog/index.ts";
import { eventSchemasOf } from "../../src/catalog/event-schemas.ts";
import { events } from "../../src/catalog/events.ts";
import { flags } from "../../src/catalog/flags.ts";
import { projectSettings } from "../../src/catalog/project-settings.ts";
import { evaluate, openEvents } from "../../src/insights/evaluate/index.ts";
import { Product, type ProductArguments } from "../../src/platform/product.ts";
import { eventDefinitionsInputs } from "../../src/resources/posthog/event-definitions/inputs.ts";
import { EventDefinitions } from "../../src/resources/posthog/event-definitions/resource.ts";
import { eventSchemasInputs } from "../../src/resources/posthog/event-schemas/inputs.ts";
import { featureFlagInputs } from "../../src/resources/posthog/feature-flag/inputs.ts";
import { projectSettingsInputs } from "../../src/resources/posthog/project-settings/inputs.ts";
import { subscriptionInputs } from "../../src/resources/posthog/subscription/inputs.ts";
import { registering } from "./mocks.ts";

const dynamic = (kind: string) => `pulumi-nodejs:dynamic/posthog:${kind}`;
const teams = { ai: { emails: ["ada@brandvx.example"] }, growth: { emails: ["grace@brandvx.example"] } };
const nothing: ProductArguments = {
  host: "https://us.posthog.com",
  projectId: 1,
  dashboards: [],
  alerts: [],
  teams: {},
};

const product = (changes: Partial<ProductArguments> = {}) =>
  registering((options) => new Product("product", { ...nothing, ...changes }, options), {
    [dynamic("Dashboard")]: { url: "https://us.posthog.com/project/1/dashboard/1" },
  });
const needs = async (changes: Partial<ProductArguments> = {}) =>
  (await product(changes)).resource(dynamic("Project")).inputs.needs;

describe("what the key must be allowed to do", () => {
  test("follows from what is made", async () => {
    expect(await needs()).toEqual([]);
    expect(await needs({ dashboards })).toEqual(["dashboard:write", "insight:write"]);
    expect(await needs({ dashboards, alerts: insightAlerts })).not.toContain("organization_member:read");
    expect(await needs({ dashboards, alerts: insightAlerts, teams })).toEqual([
      ...["dashboard:write", "insight:write", "alert:write", "organization_member:read"],
    ]);
    expect(await needs({ events, release: { release: undefined, commit: undefined } })).toEqual([
      ...["event_definition:write", "annotation:write"],
    ]);
    expect(await needs({ flags })).toEqual(["feature_flag:write"]);
    expect(await needs({ projectSettings })).toEqual(["project:write"]);
    expect(await needs({ subscriptions })).toEqual(["subscription:write"]);
    expect(await needs({ filtersEvents: true })).toEqual([]);
    expect(await needs({ events, eventSchemas: true })).toEqual(["event_definition:write"]);
    expect(await needs({ eventSchemas: true })).toEqual([]);
    expect(await needs({ events, filtersEvents: true })).toEqual(["event_definition:write", "event_filter:write"]);
  });
});

describe("the schemas of the events", () => {
  test("are made where they are asked for, of all events, after the definitions that they are joined to", async () => {
    expect((await product({ events })).types).not.toContain(dynamic("EventSchemas"));
    const { resource } = await product({ events, eventSchemas: true });
    const { inputs, options } = resource(dynamic("EventSchemas"));
    expect(eventSchemasInputs.parse(inputs).events).toEqual(eventSchemasOf(events));
    expect((options as CustomResourceOptions).dependsOn).toBeInstanceOf(EventDefinitions);
  });
});

describe("the subscriptions", () => {
  const [weekly] = subscriptions;
  if (!weekly) throw new Error("there is no subscription");
  const told = {
    growth: { emails: ["grace@brandvx.example"], slackChannel: "growth" },
    ai: { emails: ["ada@brandvx.example", "grace@brandvx.example"], slackChannel: "#growth" },
    platform: { emails: [], slackChannel: "C0123ABCD" },
  };
  const made = async (changes: Partial<SubscriptionDefinition>) => {
    const given = { ...weekly, ...changes };
    const all = await product({ dashboards, teams: told, slackIntegrationId: 77, subscriptions: [given] });
    return all.every
      .filter(({ type }) => type === dynamic("Subscription"))
      .map(({ name, inputs }) => ({ name, ...subscriptionInputs.parse({ ...inputs, dashboardId: "1" }) }));
  };

  test("by e-mail are one message to all people of the teams, each once", async () => {
    expect(await made({ to: ["growth", "ai"] })).toMatchObject([
      {
        name: "activation-funnel/weekly",
        title: weekly.title,
        owner: "growth",
        tiles: weekly.tiles,
        target: { type: "email", emails: ["grace@brandvx.example", "ada@brandvx.example"] },
        schedule: weekly.schedule,
      },
    ]);
  });

  test("by Slack are one for each channel, and none without PostHog's integration", async () => {
    expect(await made({ to: ["growth", "ai", "platform"], by: "Slack" })).toMatchObject([
      { name: "activation-funnel/weekly/growth", target: { type: "slack", integrationId: 77, channel: "#growth" } },
      {
        name: "activation-funnel/weekly/C0123ABCD",
        target: { type: "slack", integrationId: 77, channel: "C0123ABCD" },
      },
    ]);
  });
});

describe("the feature flags", () => {
  test("are told to PostHog in its words, with the team as owner", async () => {
    const one = { "onboarding-length": flags["onboarding-length"] };
    const { inputs } = (await product({ flags: one })).resource(dynamic("FeatureFlag"));
    expect(featureFlagInputs.parse(inputs)).toMatchObject({
      ...{ key: "onboarding-length", owner: "growth", active: true, handledInPostHog: [] },
      meaning: flags["onboarding-length"].meaning,
      rules: [
        {
          conditions: [
            { key: "plan", operator: "exact", value: ["growth", "pro"] },
            { key: "onboarded", operator: "exact", value: ["false"] },
          ],
          rolloutPercent: 100,
        },
      ],
      variants: [
        { key: "full", percent: 50 },
        { key: "short", percent: 50 },
      ],
    });
  });
});

describe("an alert", () => {
  const [alert] = insightAlerts;
  if (!alert) throw new Error("there is no alert");
  const [first, second] = ["ai", "growth"] as const;
  const told = { ...alert, notify: [first, second] } as typeof alert;
  const withChannels = {
    ai: { emails: ["ada@brandvx.example"], slackChannel: "alerts", webhook: "https://hooks.example/secret" },
    growth: { emails: [], slackChannel: "#alerts" },
  };
  const given = { dashboards, alerts: [told], teams: withChannels };

  test("is sent to the channels and webhooks of its teams, once to a channel that they share", async () => {
    const { inputs, secretInputs } = (await product({ ...given, slackIntegrationId: 77 })).resource(
      dynamic("InsightAlert"),
    );
    expect(inputs.deliveries).toEqual({
      "Slack #alerts": { type: "slack", teams: ["ai", "growth"], integrationId: 77, channel: "#alerts" },
      "webhook of ai": { type: "webhook", teams: ["ai"], url: "https://hooks.example/secret" },
    });
    expect(secretInputs).toEqual(["deliveries"]);
    expect(await needs({ ...given, slackIntegrationId: 77 })).toEqual([
      ...["dashboard:write", "insight:write", "alert:write", "hog_function:write", "integration:read"],
      "organization_member:read",
    ]);
  });

  test("is not sent to Slack where PostHog is not connected to it, and needs no more of the key without a webhook", async () => {
    const { inputs } = (await product(given)).resource(dynamic("InsightAlert"));
    expect(Object.keys(inputs.deliveries as object)).toEqual(["webhook of ai"]);
    const onlyMail = { ...given, teams };
    expect((await product(onlyMail)).resource(dynamic("InsightAlert")).inputs).not.toHaveProperty("deliveries");
    expect(await needs(onlyMail)).not.toContain("hog_function:write");
  });
});

describe("the catalog", () => {
  test("is told to PostHog, event by event, with the team as owner", async () => {
    const { inputs } = (await product({ events, teams })).resource(dynamic("EventDefinitions"));
    const told = eventDefinitionsInputs.parse(inputs).events;
    expect(Object.keys(told).toSorted()).toEqual(Object.keys(events).toSorted());
    expect(told["ask.response_error"]).toEqual({
      description: events["ask.response_error"].purpose,
      owners: ["ada@brandvx.example"],
      tags: ["owner:ai", "source:browser"],
      verified: true,
    });
    expect(told["cadence.message_sent"]?.owners).toEqual([]);
  });

  test("is left alone where nobody gives it", async () => {
    expect((await product({ dashboards })).types).not.toContain(dynamic("EventDefinitions"));
  });
});

describe("a release", () => {
  const options = async (release: string | undefined): Promise<CustomResourceOptions> =>
    (await product({ release: { release, commit: undefined } })).resource(dynamic("Annotation")).options;

  test("is marked for good; a run that is told none leaves the mark as it is", async () => {
    expect(await options("1.0.0")).toMatchObject({ retainOnDelete: true, ignoreChanges: [] });
    expect(await options(undefined)).toMatchObject({ retainOnDelete: true, ignoreChanges: ["release", "commit"] });
    expect((await product()).types).not.toContain(dynamic("Annotation"));
  });
});

describe("the project's settings", () => {
  const inputs = async (changes: Partial<ProductArguments>) =>
    projectSettingsInputs.parse((await product(changes)).resource(dynamic("ProjectSettings")).inputs);

  test("are the promises, with the app's address where the stack knows it", async () => {
    expect(await inputs({ projectSettings })).toEqual({ projectId: 1, ...projectSettings });
    expect(await inputs({ projectSettings, appUrl: "https://app.brandvx.io/start" })).toMatchObject({
      appUrls: ["https://app.brandvx.io/start"],
      recordingDomains: ["https://app.brandvx.io"],
    });
  });

  test("are left alone where nobody gives them", async () => {
    expect((await product({ appUrl: "https://app.brandvx.io" })).types).not.toContain(dynamic("ProjectSettings"));
  });

  test("count days and weeks as the dashboards' tests do", async () => {
    await using events = await openEvents();
    const now = new Date("2026-11-27T12:00:00Z");
    const query = { kind: "TrendsQuery", series: [{ kind: "EventsNode", event: "a" }], interval: "week" };
    const { timeZone, weekStart } = projectSettings;
    expect(await evaluate(events, query, { now })).toEqual(await evaluate(events, query, { now, timeZone, weekStart }));
    const otherwise = { timeZone: "America/New_York", weekStart: "monday" } as const;
    expect(await evaluate(events, query, { now })).not.toEqual(await evaluate(events, query, { now, ...otherwise }));
  });
});
