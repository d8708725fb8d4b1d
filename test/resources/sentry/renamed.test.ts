import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import type { AlertInputs } from "../../../src/resources/sentry/alert/inputs.ts";
import type { MonitorInputs } from "../../../src/resources/sentry/monitor/inputs.ts";
import type { ProjectSettingsInputs } from "../../../src/resources/sentry/project-settings/inputs.ts";
import { alert, monitor, organization, projectSettings } from "../../../src/resources/sentry/providers.ts";
import {
  addProject,
  errorSpike,
  givenSentry,
  newIssue,
  organizationPath,
  pointProvidersAt,
  resourceOf,
} from "./support.ts";

const settings: ProjectSettingsInputs = {
  ...{ organization: "brandvx", project: "operator-ui", platform: "javascript-react" },
  inboundFilters: { localhost: true },
  automaticKey: "removed",
};
const ofMonitor = resourceOf<MonitorInputs>(monitor);
const ofAlert = resourceOf<AlertInputs>(alert);
const ofSettings = resourceOf<ProjectSettingsInputs>(projectSettings);

/** One object of each kind that belongs to the project. */
const makeAll = async () => ({
  monitor: await ofMonitor.up(errorSpike),
  alert: await ofAlert.up(newIssue),
  settings: await ofSettings.up(settings),
});

const rename = ({ api }: Awaited<ReturnType<typeof givenSentry>>, slug: string, now: string) =>
  api.put(`/api/0/projects/brandvx/${slug}/`, { slug: now });

const named = async ({ api }: Awaited<ReturnType<typeof givenSentry>>, kind: string) =>
  (await api.get(`${organizationPath}/${kind}/`)).body as { id: string; name: string; projectId: string }[];

describe("a project that was renamed in Sentry", () => {
  test("is the same to all that stands in it: nothing differs, nothing is made twice", async () => {
    const sentry = await givenSentry();
    const made = await makeAll();
    await rename(sentry, "operator-ui", "operator-web");
    expect(await ofMonitor.seen(made.monitor.id, made.monitor.state)).toEqual(errorSpike);
    expect(await ofAlert.seen(made.alert.id, made.alert.state)).toEqual(newIssue);
    expect(await ofSettings.seen(made.settings.id, made.settings.state)).toEqual(settings);

    const before = await named(sentry, "detectors");
    expect((await ofMonitor.up(errorSpike)).id).toBe(made.monitor.id);
    await ofMonitor.up({ ...errorSpike, name: "Another" });
    await ofMonitor.change(made.monitor.id, made.monitor.state, { ...errorSpike, name: "Spike" });
    await ofAlert.change(made.alert.id, made.alert.state, { ...newIssue, name: "Changed" });
    await ofSettings.change(made.settings.id, made.settings.state, { ...settings, platform: "python-fastapi" });
    const after = await named(sentry, "detectors");
    expect(after.length).toBe(before.length + 1);
    expect(
      new Set(after.filter(({ name }) => ["Another", "Spike"].includes(name)).map((one) => one.projectId)),
    ).toEqual(new Set([sentry.project.id]));
  });

  test("and whose slug another project has now: what stands in the old one is seen, and moves", async () => {
    const sentry = await givenSentry();
    const made = await makeAll();
    await rename(sentry, "operator-ui", "operator-web");
    const second = await addProject(sentry.api, "operator-ui");

    const seen = await ofMonitor.seen(made.monitor.id, made.monitor.state);
    expect(seen).toEqual({ ...errorSpike, project: "operator-web" });
    const { replaces } = (await monitor.diff?.(made.monitor.id, { ...made.monitor.state, ...seen }, errorSpike)) ?? {};
    expect(replaces).toEqual(["project"]);
    const moved = await ofMonitor.up(errorSpike);
    expect((await named(sentry, "detectors")).find(({ id }) => id === moved.id)?.projectId).toBe(second.id);

    expect(await ofAlert.seen(made.alert.id, made.alert.state)).toEqual({ ...newIssue, projectMonitors: {} });
    const rebound = await ofAlert.change(made.alert.id, made.alert.state, newIssue);
    expect(await ofAlert.seen(made.alert.id, rebound)).toEqual(newIssue);

    expect(await ofSettings.seen(made.settings.id, made.settings.state)).toMatchObject({ project: "operator-web" });
  });

  test("that has no former slug any more is told by what it is, and one without a redirect is told as missing", async () => {
    const sentry = await givenSentry();
    const { id, state } = await ofMonitor.up(errorSpike);
    await sentry.api.delete("/api/0/projects/brandvx/operator-ui/");
    expect(await ofMonitor.seen(id, state)).toBeUndefined();
    await expect(ofMonitor.up(errorSpike)).rejects.toThrow('there is no project "operator-ui"');
  });
});

test("a redirect to another host is not followed: nobody else gets the token", async () => {
  const elsewhere = await givenSentry();
  const moved = { slug: "x", detail: { code: "resource-moved", message: "", extra: { slug: "x" } } };
  for (const body of [moved, {}]) {
    const server = createServer((_, answer) => {
      const location = `${elsewhere.twin.url}/api/0/projects/brandvx/operator-ui/`;
      answer.writeHead(302, { Location: location, "Content-Type": "application/json" }).end(JSON.stringify(body));
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    pointProvidersAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await expect(ofMonitor.up(errorSpike)).rejects.toThrow(/renamed in Sentry|redirects to http.*sentry:baseUrl/);
    server.close();
  }
  expect(elsewhere.twin.requests.all()).toEqual([]);
});

test("an organization that was renamed is told at the first look, and as what it is", async () => {
  const sentry = await givenSentry({ organization: "brandvx" });
  const { id, state } = await resourceOf<{ organization: string; baseUrl: string }>(organization).up({
    ...{ organization: "brandvx", baseUrl: sentry.twin.url },
  });
  await sentry.api.put(`${organizationPath}/`, { slug: "brandvx-inc" });
  await expect(resourceOf<typeof state>(organization).seen(id, state)).rejects.toThrow(
    /"brandvx" was renamed in Sentry: it is "brandvx-inc" now/,
  );
});

test("a key that was switched off is seen and switched on again; other keys are nobody's business", async () => {
  const sentry = await givenSentry();
  const path = "/api/0/projects/brandvx/operator-ui/keys/";
  const ours = (await sentry.api.post(path, { name: "operator-ui (1)" })).body;
  const theirs = (await sentry.api.post(path, { name: "Theirs" })).body;
  const wanted: ProjectSettingsInputs = { ...settings, keysOn: { "operator-ui (1)": true } };
  const { id, state } = await ofSettings.up(wanted);
  expect(await ofSettings.seen(id, state)).toEqual(wanted);
  for (const key of [ours, theirs]) await sentry.api.put(`${path}${key.id}/`, { isActive: false });
  expect(await ofSettings.seen(id, state)).toEqual({ ...wanted, keysOn: { "operator-ui (1)": false } });
  const healed = await ofSettings.change(id, state, wanted);
  expect(await ofSettings.seen(id, healed)).toEqual(wanted);
  const active = (await sentry.api.get(path)).body.map((key: { name: string; isActive: boolean }) => [
    key.name,
    key.isActive,
  ]);
  expect(Object.fromEntries(active)).toEqual({ "operator-ui (1)": true, Theirs: false });
});
