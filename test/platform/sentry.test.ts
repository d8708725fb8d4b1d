import { type ComponentResourceOptions, isSecret, type ResourceOptions, runtime } from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { sentryAlerts } from "../../alerts/sentry.ts";
import {
  newIssue,
  type SentryAlertDefinition,
  sentryAlert,
  testErrorTag,
  unhandledErrors,
} from "../../src/alerts/sentry/index.ts";
import { events } from "../../src/catalog/events.ts";
import { ProductErrors, type ProductErrorsArguments } from "../../src/platform/sentry/index.ts";
import { alertInputs } from "../../src/resources/sentry/alert/inputs.ts";
import { monitorInputs } from "../../src/resources/sentry/monitor/inputs.ts";
import { ownershipInputs } from "../../src/resources/sentry/ownership/inputs.ts";
import { projectSettingsInputs } from "../../src/resources/sentry/project-settings/inputs.ts";
import { acceptHooks, resolved } from "./mocks.ts";

const team = "sentry:index/sentryTeam:SentryTeam";
const project = "sentry:index/sentryProject:SentryProject";
const key = "sentry:index/sentryKey:SentryKey";
const dynamic = (kind: string) => `pulumi-nodejs:dynamic/sentry:${kind}`;

interface Registered {
  name: string;
  inputs: Record<string, unknown>;
  options: ResourceOptions & { ignoreChanges?: string[] };
}

const settings: ProductErrorsArguments = {
  organization: "brandvx",
  baseUrl: "https://sentry.io/api/",
  team: "platform",
  projects: { browser: "operator-ui", server: "backend" },
  keyGeneration: 1,
  teams: {
    platform: { emails: ["ada@brandvx.example"], slackChannel: "#alerts" },
    growth: { emails: ["ada@brandvx.example", "grace@brandvx.example"], slackChannel: "growth" },
  },
  stage: "production",
  healthUrl: "https://api.brandvx.example/health",
  alerts: sentryAlerts,
};

/** The registered resources, by type and name. Sentry's answers are derived from the names. */
async function registering(changes: Partial<ProductErrorsArguments> = {}) {
  const registered = new Map<string, Registered>();
  const options = new Map<string, ResourceOptions>();
  await runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ type, name, inputs, id }) => {
        registered.set(`${type} ${name}`, { name, inputs, options: options.get(`${type} ${name}`) ?? {} });
        const answers = { internalId: `id-of-${name}`, dsnPublic: `https://key@sentry.io/${name}` };
        return { id: id || `${name}-id`, state: { ...inputs, ...answers } };
      },
    },
    "brandvx-observability",
    "production",
  );
  acceptHooks();
  const remember: ComponentResourceOptions = {
    transformations: [
      ({ type, name, opts }) => {
        options.set(`${type} ${name}`, opts);
        return undefined;
      },
    ],
  };
  const errors = new ProductErrors("errors", { ...settings, ...changes }, remember);
  await runtime.disconnect();
  const all = (type: string) =>
    [...registered]
      .filter(([at]) => at.startsWith(`${type} `))
      .map(([, found]) => found)
      .sort((a, b) => a.name.localeCompare(b.name));
  const one = (type: string, name: string) => {
    const found = registered.get(`${type} ${name}`);
    if (!found) throw new Error(`no ${type} ${name}, only ${all(type).map((other) => other.name)}`);
    return found;
  };
  return { errors, all, one };
}

describe("the projects", () => {
  test("are two, of one team, protected, and leave the platform to its own resource", async () => {
    const { all, one } = await registering();
    expect(all(project).map(({ name, inputs }) => [name, inputs])).toEqual([
      ["backend", { organization: "brandvx", name: "backend", slug: "backend", teams: ["platform"] }],
      ["operator-ui", { organization: "brandvx", name: "operator-ui", slug: "operator-ui", teams: ["platform"] }],
    ]);
    for (const { options } of all(project))
      expect(options).toMatchObject({ protect: true, ignoreChanges: ["platform"] });
    expect(one(team, "platform").inputs).toEqual({ organization: "brandvx", name: "platform", slug: "platform" });
  });

  test("have one key each, which is not named like the one that Sentry makes and stays at Sentry for deployments that still use it", async () => {
    const { all } = await registering();
    expect(all(key).map(({ name, inputs }) => [name, inputs.name])).toEqual([
      ["backend-1", "backend (1)"],
      ["operator-ui-1", "operator-ui (1)"],
    ]);
    for (const { options, inputs } of all(key)) {
      expect(options.retainOnDelete).toBe(true);
      expect(inputs.name).not.toBe("Default");
    }
  });

  test("get another key with the next generation", async () => {
    const { all } = await registering({ keyGeneration: 2 });
    expect(all(key).map(({ name }) => name)).toEqual(["backend-2", "operator-ui-2"]);
  });

  test("are not protected in a stack that may be thrown away", async () => {
    const { all } = await registering({ protect: false });
    for (const { options } of all(project)) expect(options.protect).toBe(false);
    for (const { options } of all(key)) expect(options.retainOnDelete).toBe(false);
  });

  test("have their real platform, filters, and nothing of what Sentry adds by itself", async () => {
    const { all } = await registering();
    const [server, browser] = all(dynamic("ProjectSettings")).map(({ inputs }) => projectSettingsInputs.parse(inputs));
    expect(browser).toMatchObject({
      project: "operator-ui",
      platform: "javascript-react",
      inboundFilters: { "browser-extensions": true, localhost: true },
      scrubbing: {
        ...{ dataScrubber: true, dataScrubberDefaults: true, scrubIPAddresses: true },
        sensitiveFields: expect.arrayContaining(["password", "phone_number"]),
      },
      automaticAlert: "removed",
      automaticKey: "removed",
    });
    expect(server).toMatchObject({ project: "backend", platform: "python-fastapi" });
    // Relay would search every field name for "stack", and hide each `stacktrace`.
    expect(browser?.scrubbing?.sensitiveFields).not.toContain("stack");
    expect(server?.inboundFilters).not.toHaveProperty("browser-extensions");
  });

  test("have what leaves nobody taken out of them by where it stands and what it is", async () => {
    const { all } = await registering();
    for (const { inputs } of all(dynamic("ProjectSettings")))
      expect(projectSettingsInputs.parse(inputs).scrubbing?.relayPiiConfig?.applications).toMatchObject({
        "$error.value": expect.arrayContaining(["@email"]),
        "$user.email": ["@anything:remove"],
      });
  });

  test("give an error to the team that owns the events of its area, and the rest to the platform's", async () => {
    const { all } = await registering({ teams: { ...settings.teams, ai: { emails: [], sentryTeam: "ai-people" } } });
    for (const { inputs } of all(dynamic("Ownership"))) {
      const { rules } = ownershipInputs.parse(inputs);
      expect(rules[0]).toEqual({ match: "path:*", owners: ["#platform"] });
      const of = Object.fromEntries(rules.map(({ match, owners }) => [match, owners[0]]));
      expect(of["path:*/ask/*"]).toBe("#ai-people");
      expect(of["tags.tool:cadence.*"], "without a team of its own at Sentry it is the stack's").toBe("#platform");
      for (const area of new Set(Object.keys(events).flatMap((name) => name.split(".").slice(0, -1))))
        expect(of).toHaveProperty([`path:*/${area}/*`]);
    }
    for (const { inputs } of all(project)) expect(inputs.teams).toEqual(["platform", "ai-people"]);
  });

  test("are followed by the environment that alerts watch, once their keys are as they stay", async () => {
    const { all } = await registering();
    expect(all(dynamic("Environment")).map(({ inputs }) => inputs)).toMatchObject([
      { organization: "brandvx", project: "backend", name: "production" },
    ]);
    expect(all(dynamic("Environment"))[0]?.options.dependsOn).toBeDefined();
  });

  test("wait for the organization, which is verified with what everything else uses", async () => {
    const { one } = await registering({ slackIntegrationId: "7" });
    const organization = one(dynamic("Organization"), "errors");
    expect(organization.inputs).toMatchObject({ organization: "brandvx", slackIntegrationId: "7" });
    expect(one(team, "platform").options.dependsOn).toBeDefined();
  });
});

describe("what the rest of the stack gets", () => {
  test("is a public DSN for the browser and a secret one for the server", async () => {
    const { errors } = await registering();
    expect(await isSecret(errors.browserDsn)).toBe(false);
    expect(await isSecret(errors.serverDsn)).toBe(true);
    expect(await resolved(errors.browserDsn)).toBe("https://key@sentry.io/operator-ui-1");
    expect(await resolved(errors.serverDsn)).toBe("https://key@sentry.io/backend-1");
  });

  test("is the address of each project's issues", async () => {
    const { errors } = await registering();
    expect(await resolved(errors.urls)).toEqual({
      "operator-ui": "https://sentry.io/organizations/brandvx/issues/?project=id-of-operator-ui",
      backend: "https://sentry.io/organizations/brandvx/issues/?project=id-of-backend",
    });
  });
});

describe("an alert", () => {
  test("is valid for Sentry, whichever of this project's it is", async () => {
    const { all } = await registering({ slackIntegrationId: "7" });
    const teamNumber = "id-of-platform";
    for (const { inputs } of all(dynamic("Alert")))
      expect(alertInputs.safeParse({ ...inputs, owner: "team:1" }).error).toBeUndefined();
    for (const { inputs } of all(dynamic("Monitor"))) {
      expect(inputs.owner).toBe(`team:${teamNumber}`);
      expect(monitorInputs.safeParse({ ...inputs, owner: "team:1" }).error).toBeUndefined();
    }
    expect(all(dynamic("Alert"))).toHaveLength(sentryAlerts.length);
    expect(all(dynamic("Monitor")).map(({ name }) => name)).toEqual([
      "browser-crash-browser",
      "crash-free-sessions-browser",
      "error-spike-browser",
      "error-spike-server",
      "failing-requests-server",
      "slow-requests-server",
    ]);
  });

  test("on issues watches the automatic monitor of each app's project", async () => {
    const { one } = await registering({ alerts: [only({ in: ["browser", "server"], when: newIssue() })] });
    expect(one(dynamic("Alert"), "too-many").inputs).toMatchObject({
      projectMonitors: { "operator-ui": "error", backend: "error" },
      monitorIds: [],
      triggers: { first_seen_event: true },
      // The event that `obs verify` sends after each deployment notifies nobody.
      conditions: { "no-test-error": { type: "tagged_event", comparison: { key: testErrorTag, match: "ns" } } },
      environment: "production",
      frequencyMinutes: 60,
      owner: "team:id-of-platform",
    });
  });

  test("on a metric has a monitor for each app, which says what to do, and watches them", async () => {
    const when = unhandledErrors({ above: 10, warnAbove: 5, perMinutes: 30 });
    const { one } = await registering({ alerts: [only({ in: ["browser", "server"], when })] });
    expect(one(dynamic("Monitor"), "too-many-browser").inputs).toMatchObject({
      project: "operator-ui",
      name: "Too many (operator-ui)",
      description:
        "Look at the newest issue.\nOwner: platform. Managed by code: brandvx-observability/production, alerts/sentry.ts",
      environment: "production",
      metric: { aggregate: "count()", query: "is:unresolved error.unhandled:true", windowSeconds: 1800 },
      thresholds: { high: { gt: 10 }, medium: { gt: 5 }, resolved: { lte: 5 } },
    });
    expect(one(dynamic("Alert"), "too-many").inputs).toMatchObject({
      projectMonitors: {},
      monitorIds: ["too-many-browser-id", "too-many-server-id"],
    });
  });

  test("on sessions that crash compares in percent, as Sentry counts them", async () => {
    const { one } = await registering();
    expect(one(dynamic("Monitor"), "crash-free-sessions-browser").inputs).toMatchObject({
      metric: { dataset: "metrics", queryType: 2, eventTypes: [], windowSeconds: 14_400 },
      thresholds: { high: { lt: 95 }, medium: { lt: 98 }, resolved: { gte: 98 } },
    });
  });

  test("on an address and on a job has a monitor of its kind, in the stack of its stage alone", async () => {
    const { all, one } = await registering();
    expect(one(dynamic("UptimeMonitor"), "backend-away-server").inputs).toMatchObject({
      ...{ project: "backend", environment: "production", address: "https://api.brandvx.example/health" },
      ...{ intervalSeconds: 60, timeoutMs: 10_000, failures: 3, successes: 1 },
    });
    expect(one(dynamic("CronMonitor"), "cadence-sender-server").inputs).toMatchObject({
      ...{ project: "backend", slug: "cadence-sender", crontab: "*/5 * * * *", timezone: "UTC" },
    });
    expect(one(dynamic("Alert"), "backend-away").inputs.monitorIds).toEqual(["backend-away-server-id"]);
    expect(all(dynamic("Alert"))).toHaveLength(sentryAlerts.length);
    const staging = await registering({ stage: "staging" });
    expect([...staging.all(dynamic("UptimeMonitor")), ...staging.all(dynamic("CronMonitor"))]).toEqual([]);
    expect(staging.all(dynamic("Alert")).map(({ name }) => name)).not.toContain("backend-away");
  });

  test("tells each member once, and the teams' channels where Sentry is connected to Slack", async () => {
    const alerts = [only({ in: ["browser"], when: newIssue(), notify: ["platform", "growth"] })];
    const without = (await registering({ alerts })).one(dynamic("Alert"), "too-many").inputs;
    expect(without).toMatchObject({ emails: ["ada@brandvx.example", "grace@brandvx.example"], actions: {} });
    const connected = (await registering({ alerts, slackIntegrationId: "7" })).one(dynamic("Alert"), "too-many").inputs;
    expect(connected.actions).toEqual({
      "Slack #alerts": {
        type: "slack",
        integrationId: "7",
        config: { targetType: "specific", targetIdentifier: "", targetDisplay: "alerts" },
        data: {},
      },
      "Slack #growth": {
        type: "slack",
        integrationId: "7",
        config: { targetType: "specific", targetIdentifier: "", targetDisplay: "growth" },
        data: {},
      },
    });
  });
});

const only = (changes: Partial<Pick<SentryAlertDefinition, "in" | "when" | "notify">>): SentryAlertDefinition => ({
  ...sentryAlert({
    key: "too-many",
    name: "Too many",
    in: ["browser"],
    when: newIssue(),
    notify: ["platform"],
    because: "Look at the newest issue.",
  }),
  ...changes,
});
