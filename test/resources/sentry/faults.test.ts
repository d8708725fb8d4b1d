import { describe, expect, test, vi } from "vitest";
import type { AlertInputs } from "../../../src/resources/sentry/alert/inputs.ts";
import type { CronInputs } from "../../../src/resources/sentry/cron-monitor/provider.ts";
import type { EnvironmentInputs } from "../../../src/resources/sentry/environment/provider.ts";
import type { MonitorInputs } from "../../../src/resources/sentry/monitor/inputs.ts";
import type { OwnershipInputs } from "../../../src/resources/sentry/ownership/inputs.ts";
import type { ProjectSettingsInputs } from "../../../src/resources/sentry/project-settings/inputs.ts";
import {
  alert,
  cronMonitor,
  environment,
  monitor,
  ownership,
  projectSettings,
  uptimeMonitor,
} from "../../../src/resources/sentry/providers.ts";
import type { UptimeInputs } from "../../../src/resources/sentry/uptime-monitor/provider.ts";
import { Lifetime } from "../lifetime.ts";
import { type Fault, faults, type Scenario, survive } from "../survival.ts";
import { addProject, errorSpike, givenSentry, health, newIssue, organizationPath, sender, toSlack } from "./support.ts";

vi.setConfig({ testTimeout: 60_000 });
// The provider waits as usual, but a thousand times faster.
vi.mock("../../../src/resources/kernel/clock.ts", async () => {
  const { fastClock } = await import("../fast-clock.ts");
  return { systemClock: fastClock(1000) };
});
vi.spyOn(console, "error").mockImplementation(() => {});

const start = async () => {
  const sentry = await givenSentry();
  await addProject(sentry.api, "backend");
  return { ...sentry, [Symbol.asyncDispose]: () => sentry.twin.stop() };
};
type World = Awaited<ReturnType<typeof start>>;

/** Without ids, keys, times and order: Sentry returns conditions in any order. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(plain(item))).sort();
  if (typeof value !== "object" || value === null) return value;
  const own = Object.entries(value).filter(
    ([key]) => !/^(id|\w*Ids?|dsn|public|secret|\w*[dD]ate\w*|\w*Url)$/.test(key),
  );
  return Object.fromEntries(own.map(([key, item]) => [key, plain(item)]));
}

async function standing({ api }: World): Promise<unknown> {
  const read = async (path: string) => (await api.get(path)).body;
  const project = "/api/0/projects/brandvx/operator-ui/";
  const { platform } = await read(project);
  const filters: { id: string; active: unknown }[] = await read(`${project}filters/`);
  return {
    platform,
    keys: plain(await read(`${project}keys/`)),
    ownership: plain(await read(`${project}ownership/`)),
    environments: plain(await read(`${organizationPath}/environments/`)),
    filters: filters.map(({ id, active }) => ({ name: id, active })),
    monitors: plain(await read(`${organizationPath}/detectors/`)),
    alerts: plain(await read(`${organizationPath}/workflows/`)),
  };
}

const scenarioOf =
  <Inputs extends object>(provider: typeof monitor) =>
  (one: Pick<Scenario<World, Inputs>, "before" | "command" | "after">) => {
    const resource = (at: World) =>
      new Lifetime<Inputs>(provider, { "sentry:baseUrl": at.twin.url, "sentry:token": "sntryu_test" });
    const scenario: Scenario<World, Inputs> = { start, resource, standing, ...one };
    return (fault: Fault) => survive(scenario, fault);
  };
const ofMonitor = scenarioOf<MonitorInputs>(monitor);
const ofAlert = scenarioOf<AlertInputs>(alert);
const ofSettings = scenarioOf<ProjectSettingsInputs>(projectSettings);
const ofUptime = scenarioOf<UptimeInputs>(uptimeMonitor);
const ofCron = scenarioOf<CronInputs>(cronMonitor);
const ofOwnership = scenarioOf<OwnershipInputs>(ownership);
const ofEnvironment = scenarioOf<EnvironmentInputs>(environment);

const names = async ({ api }: World, list: string): Promise<string[]> =>
  (await api.get(`${organizationPath}/${list}/`)).body.map(({ name }: { name: string }) => name);

const louder: AlertInputs = {
  ...newIssue,
  frequencyMinutes: 30,
  projectMonitors: { "operator-ui": "error", backend: "issue_stream" },
  conditions: {},
  actions: { slack: toSlack },
};

const settings: ProjectSettingsInputs = {
  organization: "brandvx",
  project: "operator-ui",
  platform: "javascript-react",
  inboundFilters: { "browser-extensions": true, localhost: true, "legacy-browsers": ["ie"] },
  automaticAlert: "removed",
  automaticKey: "removed",
};

const rules: OwnershipInputs = {
  organization: "brandvx",
  project: "operator-ui",
  rules: [{ match: "path:*", owners: ["#platform"] }],
  autoAssignment: "Auto Assign to Suspect Commits",
};

const scenarios = {
  "making a monitor": ofMonitor({ command: (resource) => resource.up(errorSpike) }),
  "changing a monitor": ofMonitor({
    before: (_, resource) => resource.up(errorSpike),
    command: (resource) =>
      resource.up({ ...errorSpike, name: "Spike", thresholds: { high: { gt: 7 }, resolved: { lte: 7 } } }),
  }),
  "moving a monitor to another project": ofMonitor({
    before: (_, resource) => resource.up(errorSpike),
    command: (resource) => resource.up({ ...errorSpike, project: "backend" }),
  }),
  "deleting a monitor": ofMonitor({
    before: (_, resource) => resource.up(errorSpike),
    command: (resource) => resource.destroy(),
    after: async (at) => expect(await names(at, "detectors")).not.toContain("Error spike"),
  }),
  "making an alert": ofAlert({ command: (resource) => resource.up(newIssue) }),
  "changing an alert": ofAlert({
    before: (_, resource) => resource.up(newIssue),
    command: (resource) => resource.up(louder),
  }),
  "deleting an alert": ofAlert({
    before: (_, resource) => resource.up(newIssue),
    command: (resource) => resource.destroy(),
    after: async (at) => expect(await names(at, "workflows")).not.toContain(newIssue.name),
  }),
  "making an uptime monitor": ofUptime({ command: (resource) => resource.up(health) }),
  "changing an uptime monitor": ofUptime({
    before: (_, resource) => resource.up(health),
    command: (resource) => resource.up({ ...health, failures: 5 }),
  }),
  "making a cron monitor": ofCron({ command: (resource) => resource.up(sender) }),
  "deleting a cron monitor": ofCron({
    before: (_, resource) => resource.up(sender),
    command: (resource) => resource.destroy(),
    after: async (at) => expect(await names(at, "detectors")).not.toContain(sender.name),
  }),
  "writing ownership rules": ofOwnership({ command: (resource) => resource.up(rules) }),
  "changing ownership rules": ofOwnership({
    before: (_, resource) => resource.up(rules),
    command: (resource) => resource.up({ ...rules, rules: [{ match: "url:*/ask", owners: ["#platform"] }] }),
  }),
  "deleting ownership rules": ofOwnership({
    before: (_, resource) => resource.up(rules),
    command: (resource) => resource.destroy(),
    after: async (at) =>
      expect((await at.api.get("/api/0/projects/brandvx/operator-ui/ownership/")).body.raw).toBeNull(),
  }),
  "sending the first event of an environment": ofEnvironment({
    command: (resource) => resource.up({ organization: "brandvx", project: "operator-ui", name: "preview" }),
    after: async (at) => expect(at.twin.events()).toHaveLength(1),
  }),
  "setting a project up": ofSettings({ command: (resource) => resource.up(settings) }),
  "changing a project's settings": ofSettings({
    before: (_, resource) => resource.up(settings),
    command: (resource) =>
      resource.up({ ...settings, platform: "other", inboundFilters: { localhost: false, "legacy-browsers": [] } }),
  }),
};

describe.for(Object.entries(scenarios))("%s", ([, scenario]) => {
  test.for(Object.entries(faults))("ends as wanted when any write of it %s", async ([, fault]) => {
    expect(await scenario(fault)).toEqual([]);
  });
});
