import { describe, expect, test } from "vitest";
import type { ProjectSettingsInputs } from "../../../src/resources/sentry/project-settings/inputs.ts";
import { projectSettings } from "../../../src/resources/sentry/providers.ts";
import { addProject, givenSentry, organizationPath, resourceOf } from "./support.ts";

const { up, seen, change, remove, check } = resourceOf<ProjectSettingsInputs>(projectSettings);

const projectPath = "/api/0/projects/brandvx/operator-ui";
const settings: ProjectSettingsInputs = {
  organization: "brandvx",
  project: "operator-ui",
  platform: "javascript-react",
  inboundFilters: {
    "browser-extensions": true,
    localhost: true,
    "web-crawlers": true,
    "legacy-browsers": ["ie", "opera_mini"],
  },
  scrubbing: {
    dataScrubber: true,
    dataScrubberDefaults: true,
    scrubIPAddresses: true,
    sensitiveFields: ["password", "phone_number"],
    relayPiiConfig: {
      rules: { contact: { type: "pattern", pattern: "contact_[0-9]+", redaction: { method: "remove" } } },
      applications: { "$user.email": ["@anything:remove"], "$error.value": ["@email", "contact"] },
    },
  },
  automaticAlert: "removed",
  automaticKey: "removed",
};

type Sentry = Awaited<ReturnType<typeof givenSentry>>;
const alerts = async ({ api }: Sentry) => (await api.get(`${organizationPath}/workflows/`)).body;
const keyNames = async ({ api }: Sentry) =>
  (await api.get(`${projectPath}/keys/`)).body.map(({ name }: { name: string }) => name);

/** One event, as an app sends it with the project's first key. */
async function sendEvent({ api, twin }: Sentry): Promise<void> {
  const [key] = (await api.get(`${projectPath}/keys/`)).body;
  const { username, pathname } = new URL(key.dsn.public);
  const header = JSON.stringify({ event_id: "0".repeat(32) });
  const sent = await fetch(`${twin.url}/api${pathname}/envelope/?sentry_key=${username}`, {
    method: "POST",
    body: `${header}\n{"type":"event"}\n{"message":"hello","environment":"production"}\n`,
  });
  if (!sent.ok) throw new Error(await sent.text());
}

describe("settings of a project", () => {
  test("are made, read without a difference, changed, and left as they are when the resource is deleted", async () => {
    const sentry = await givenSentry();
    const { id, state } = await up(settings);
    expect(id).toBe("brandvx/operator-ui");
    expect(await seen(id, state)).toEqual(settings);
    expect(await alerts(sentry)).toEqual([]);
    expect(await keyNames(sentry)).toEqual([]);

    const fastapi: ProjectSettingsInputs = { ...settings, platform: "python-fastapi" };
    const after = await change(id, state, fastapi);
    expect(await seen(id, after)).toEqual(fastapi);

    sentry.twin.requests.clear();
    await remove(id, after);
    expect(sentry.twin.requests.all()).toEqual([]);
  });

  test("are written as far as they differ, and not again", async () => {
    const { twin, writes } = await givenSentry();
    const { id, state } = await up(settings);
    expect(writes().filter((write) => write.includes("/filters/"))).toEqual([
      `PUT ${projectPath}/filters/browser-extensions/`,
      `PUT ${projectPath}/filters/localhost/`,
      `PUT ${projectPath}/filters/legacy-browsers/`,
    ]);
    twin.requests.clear();
    await change(id, state, settings);
    expect(writes()).toEqual([]);
  });

  test("of scrubbing that were changed by hand are named, and put back without what somebody has added to it", async () => {
    const { api, twin, writes } = await givenSentry();
    const { id, state } = await up(settings);
    const { relayPiiConfig, ...plain } = settings.scrubbing ?? {};
    const live = (await api.get(`${projectPath}/`)).body;
    expect(live).toMatchObject(plain);
    expect(JSON.parse(live.relayPiiConfig)).toEqual(relayPiiConfig);
    const byHand = {
      rules: { theirs: { type: "ip" } },
      applications: { "$error.value": ["theirs", "@email"], "$http.url": ["theirs"] },
    };
    await api.put(`${projectPath}/`, {
      ...{ scrubIPAddresses: false, sensitiveFields: ["password", "salary"] },
      relayPiiConfig: JSON.stringify(byHand),
    });
    expect((await seen(id, state))?.scrubbing).toEqual({
      ...{ dataScrubber: true, dataScrubberDefaults: true, scrubIPAddresses: false },
      sensitiveFields: ["password"],
      relayPiiConfig: { rules: {}, applications: { "$error.value": ["@email"] } },
    });
    twin.requests.clear();
    await change(id, state, settings);
    expect(writes()).toEqual([`PUT ${projectPath}/`]);
    expect((await api.get(`${projectPath}/`)).body).toMatchObject({
      scrubIPAddresses: true,
      sensitiveFields: ["password", "salary", "phone_number"],
    });
    expect(JSON.parse((await api.get(`${projectPath}/`)).body.relayPiiConfig)).toEqual({
      rules: { ...byHand.rules, ...relayPiiConfig?.rules },
      applications: {
        ...{ "$error.value": ["theirs", "@email", "contact"], "$http.url": ["theirs"] },
        "$user.email": ["@anything:remove"],
      },
    });
    expect(await seen(id, state)).toEqual(settings);
  });

  test("that are not mentioned are not even looked at", async () => {
    const sentry = await givenSentry();
    const only: ProjectSettingsInputs = { organization: "brandvx", project: "operator-ui", platform: "other" };
    const { id, state } = await up(only);
    expect(await seen(id, state)).toEqual(only);
    const itself = [`${projectPath}/`, `/api/0/projects/brandvx/${sentry.project.id}/`];
    expect(sentry.twin.requests.all().filter(({ path }) => !itself.includes(path))).toEqual([]);
    expect(await keyNames(sentry)).toEqual(["Default"]);
  });

  test("that were changed by hand are seen by name and put back", async () => {
    const { api } = await givenSentry();
    const { id, state } = await up(settings);
    await api.put(`${projectPath}/`, { platform: "javascript-vue" });
    await api.put(`${projectPath}/filters/localhost/`, { active: false });
    await api.put(`${projectPath}/filters/legacy-browsers/`, { subfilters: ["safari", "ie"] });
    expect(await seen(id, state)).toEqual({
      ...settings,
      platform: "javascript-vue",
      inboundFilters: { ...settings.inboundFilters, localhost: false, "legacy-browsers": ["ie", "safari"] },
    });
    await change(id, state, settings);
    expect(await seen(id, state)).toEqual(settings);
  });

  test("of a project that is gone are gone, too", async () => {
    const { api } = await givenSentry();
    const { id, state } = await up(settings);
    await api.delete(`${projectPath}/`);
    expect(await seen(id, state)).toBeUndefined();
  });

  test("cannot bring the automatic key back", async () => {
    expect(await check({ ...settings, automaticKey: "is there" })).toEqual([
      { property: "automaticKey", reason: 'can only be "removed": leave it out to keep it (it is "is there")' },
    ]);
  });
});

describe("the automatic alert", () => {
  test("of an organization that shares one is only unbound from this project", async () => {
    const sentry = await givenSentry();
    const other = await addProject(sentry.api, "backend");
    const shared = await shareAutomaticAlert(sentry);
    await up(settings);
    const [left, ...none] = await alerts(sentry);
    const [ofOther] = (
      await sentry.api.get(`${organizationPath}/detectors/?project=${other.id}&query=type:issue_stream`)
    ).body;
    expect(none).toEqual([]);
    expect(left).toMatchObject({ id: shared.id, detectorIds: [ofOther.id] });
    expect(left.triggers.conditions).toHaveLength(2);
    expect(left.actionFilters[0].actions).toHaveLength(1);
  });

  test("that two projects let go of at once is deleted, not written back", async () => {
    const sentry = await givenSentry();
    await addProject(sentry.api, "backend");
    await shareAutomaticAlert(sentry);
    await Promise.all([up(settings), up({ ...settings, project: "backend" })]);
    expect(await alerts(sentry)).toEqual([]);
  });

  test("that came back is seen and removed again", async () => {
    const sentry = await givenSentry();
    const [automatic] = await alerts(sentry);
    const { id, state } = await up(settings);
    await sentry.api.post(`${organizationPath}/workflows/`, automatic);
    expect(await seen(id, state)).toMatchObject({ automaticAlert: "is there" });
    await change(id, state, settings);
    expect(await alerts(sentry)).toEqual([]);
  });

  test("that somebody made their own is left alone", async () => {
    const sentry = await givenSentry();
    const [automatic] = await alerts(sentry);
    await sentry.api.put(`${organizationPath}/workflows/${automatic.id}/`, { ...automatic, name: "Ours" });
    const { id, state } = await up(settings);
    expect(await alerts(sentry)).toMatchObject([{ name: "Ours" }]);
    expect(await seen(id, state)).toEqual(settings);
  });

  /** As Sentry made it for a while: one alert, bound to every project of the organization. */
  async function shareAutomaticAlert({ api }: Sentry) {
    const [first, ...others] = await alerts({ api } as Sentry);
    for (const { id } of others) await api.delete(`${organizationPath}/workflows/${id}/`);
    const monitors = (await api.get(`${organizationPath}/detectors/?query=type:issue_stream`)).body;
    const detectorIds = monitors.map(({ id }: { id: string }) => id);
    return (await api.put(`${organizationPath}/workflows/${first.id}/`, { ...first, detectorIds })).body;
  }
});

describe("the automatic key", () => {
  test("is left where events have come, because apps may use it", async () => {
    const sentry = await givenSentry();
    await sendEvent(sentry);
    const { id, state } = await up(settings);
    expect(state.automaticKeyKept).toBe(true);
    expect(await keyNames(sentry)).toEqual(["Default"]);
    expect(await seen(id, state)).toEqual(settings);
  });

  test("leaves the keys of people alone", async () => {
    const sentry = await givenSentry();
    await sentry.api.post(`${projectPath}/keys/`, { name: "ours" });
    await up(settings);
    expect(await keyNames(sentry)).toEqual(["ours"]);
  });
});
