import { expect, test, vi } from "vitest";
import { localKeys } from "../../../src/local/account.ts";
import { importRedis } from "../../../src/operate/import/redis.ts";
import { importSentry, type SentryTargets } from "../../../src/operate/import/sentry.ts";
import type { TakeOverReport } from "../../../src/operate/import/take-over.ts";
import { takeOverPage } from "../../../src/operate/import/take-over-page.ts";
import type { Ran, Stack } from "../../../src/operate/stack/stack.ts";
import { terminal } from "../../../src/operate/text/terminal.ts";
import { organization, sentryWithProject } from "../../local/twins/sentry/support.ts";
import { brandvx, upstash } from "../../local/twins/upstash/support.ts";
import { accountId, pagesProject, plain, token } from "../../resources/cloudflare/support.ts";
import { apiKey, renderService, serviceId } from "../../resources/render/support.ts";
import { stackConfig } from "../../support/cloud.ts";

vi.spyOn(console, "error").mockImplementation(() => {});
const quiet = { progress: () => {} };

interface Given {
  config?: Record<string, unknown>;
  env?: Record<string, string>;
  state?: { type: string; id: string; inputs: object }[];
}

/** A stack that simulates Pulumi's: its configuration, its state, and the settings that a command writes. */
function standIn({ config = {}, env = {}, state = [] }: Given): { stack: Stack; set: string[] } {
  const values = Object.entries({ ...stackConfig, ...config }).map(([key, value]) => [
    key.includes(":") ? key : `brandvx-observability:${key}`,
    { value: typeof value === "object" ? JSON.stringify(value) : String(value), secret: false },
  ]);
  const resources = state.map((one, i) => ({ urn: `urn:pulumi:test::p::${one.type}::r${i}`, outputs: {}, ...one }));
  const said = (stdout: unknown): Promise<Ran> =>
    Promise.resolve({ exitCode: 0, stdout: JSON.stringify(stdout), stderr: "" });
  const set: string[] = [];
  const stack = {
    ...{ name: "production", stage: "production", env, project: { name: "brandvx-observability" } },
    run: () => said(Object.fromEntries(values)),
    look: () => said({ deployment: { resources } }),
    toItsEnd: (...args: string[]) => {
      set.push(...args.filter((arg) => arg.includes("=")));
      return said({});
    },
  };
  return { stack: stack as unknown as Stack, set };
}

const keysOf = { ...localKeys, SENTRY_TOKEN: "sntryu_test", CLOUDFLARE_API_TOKEN: token, RENDER_API_KEY: apiKey };

/** An organization with the team and both projects, whose apps may have a DSN each. */
async function world({ browser, server }: { browser?: string; server?: string } = {}) {
  const { twin, api } = await sentryWithProject();
  await api.post("/api/0/teams/brandvx/platform/projects/", { name: "backend" });
  const keys = async (slug: string) =>
    (await api.get(`/api/0/projects/brandvx/${slug}/keys/`)).body as {
      id: string;
      name: string;
      dsn: { public: string };
    }[];
  const addKey = async (slug: string, name: string) =>
    (await api.post(`/api/0/projects/brandvx/${slug}/keys/`, { name })).body as { id: string; dsn: { public: string } };
  const cloudflare = await pagesProject({ theirs: browser ? { VITE_SENTRY_DSN: plain(browser) } : {} });
  const render = await renderService({ theirs: server ? { SENTRY_DSN: server } : {} });
  twin.requests.clear();
  const config = {
    "sentry:baseUrl": twin.url,
    "cloudflare:baseUrl": `${cloudflare.twin.url}/client/v4`,
    "render:host": `${render.twin.url}/v1`,
    pages: { accountId, projectName: "operator-ui" },
    render: { serviceId },
  };
  const look = (targets: SentryTargets = {}, given: Given = {}, dryRun = false) => {
    const at = standIn({ ...given, config: { ...config, ...given.config }, env: { ...keysOf, ...given.env } });
    return importSentry(targets, at.stack, dryRun, quiet).then((report) => ({ ...report, set: at.set }));
  };
  const byHand = (path: string, name: string) => cloudflare.byHand({ [path]: plain(name) });
  return { twin, api, keys, addKey, look, byHand, render };
}

const standings = ({ found }: TakeOverReport) => found.map(({ kind, standing }) => `${kind} ${standing}`);

test("a team, both projects and the only key of each are taken over by settings, and nothing is written at Sentry", async () => {
  const { twin, keys, look } = await world();
  const report = await look();
  const [[browser], [server]] = [await keys("operator-ui"), await keys("backend")];
  expect(report.set).toEqual([
    "sentryExisting.team=true",
    "sentryExisting.browserProject=true",
    `sentryExisting.browserKey=${browser?.id}`,
    "sentryExisting.serverProject=true",
    `sentryExisting.serverKey=${server?.id}`,
  ]);
  expect(report.commands[0]).toBe("pulumi config set --stack production --path sentryExisting.team true");
  expect(twin.requests.writes()).toEqual([]);
});

test("a dry run sets nothing, and prints the same commands", async () => {
  const { look } = await world();
  const [dry, real] = [await look({}, {}, true), await look()];
  expect(dry.set).toEqual([]);
  expect(dry.commands).toEqual(real.commands);
  const text = terminal(takeOverPage(dry), { colors: false });
  expect(text).toContain("5 things at Sentry would be taken over");
  for (const command of dry.commands) expect(text).toContain(command);
});

test("of several keys, the one that the app sends with; none where that is not known, with a way to name one", async () => {
  const { addKey, byHand, render, look, keys } = await world();
  const [first] = await keys("operator-ui");
  const mobile = await addKey("operator-ui", "Mobile");
  const unsure = await look();
  expect(standings(unsure)).toContain("key undecided");
  expect(unsure.set.filter((one) => one.includes("browserKey"))).toEqual([]);
  const { remarks } = unsure.found.find(({ standing }) => standing === "undecided") ?? { remarks: [] };
  expect(remarks).toContain(`"Mobile": --browser-key ${mobile.id}`);

  await byHand("VITE_SENTRY_DSN", mobile.dsn.public);
  const sure = await look();
  expect(sure.set).toContain(`sentryExisting.browserKey=${mobile.id}`);
  const other = await look({ browserKey: first?.id ?? "" });
  expect(other.set).toContain(`sentryExisting.browserKey=${first?.id}`);
  const none = await look({ newKeys: true });
  expect(none.set.filter((one) => one.includes("Key"))).toEqual([]);

  await render.setByHand("SENTRY_DSN", "https://of-nobody@sentry.example/1");
  const unknown = await look();
  expect(unknown.found.at(-1)?.remarks[0]).toBe("the app uses none of them");
});

test("a key that is switched off, or is none, is refused with those that are on", async () => {
  const { api, addKey, look } = await world();
  const off = await addKey("operator-ui", "Old");
  await api.put(`/api/0/projects/brandvx/operator-ui/keys/${off.id}/`, { isActive: false });
  await expect(look({ browserKey: off.id })).rejects.toThrow("is switched off");
  await expect(look({ serverKey: "0".repeat(32) })).rejects.toThrow(`backend has no key ${"0".repeat(32)}`);
});

test("other names than the configuration has are set with it", async () => {
  const { api, look } = await world();
  await api.post(`${organization}/teams/`, { name: "Web", slug: "web" });
  await api.post("/api/0/teams/brandvx/web/projects/", { name: "frontend" });
  const { set } = await look({ team: "web", browserProject: "frontend" });
  expect(set).toEqual(
    expect.arrayContaining([
      "sentryTeam=web",
      "sentryExisting.team=true",
      "sentryBrowserProject=frontend",
      "sentryExisting.browserProject=true",
    ]),
  );
  await expect(look({ team: "wed" })).rejects.toMatchObject({ fix: expect.stringContaining("web") });
  await expect(look({ browserProject: "backend" })).rejects.toThrow("each has a project of its own");
});

test("what is not there is said to be made, beside what there is", async () => {
  const { look } = await world();
  const config = { sentryTeam: "growth", sentryBrowserProject: "ui", sentryServerProject: "api" };
  const report = await look({}, { config });
  expect(standings(report)).toEqual(["team absent", "project absent", "project absent"]);
  expect(report.set).toEqual([]);
  expect(report.others.join("\n")).toMatch(/the team platform: --team platform[\s\S]*the project operator-ui/);
});

test("what the configuration says or the stack made itself is left as it is", async () => {
  const { look, keys } = await world();
  const [key] = await keys("operator-ui");
  const sentryExisting = { team: true, browserProject: true, browserKey: key?.id };
  const state = [
    { type: "sentry:index/sentryProject:SentryProject", id: "brandvx/backend", inputs: { slug: "backend" } },
    { type: "sentry:index/sentryKey:SentryKey", id: "k", inputs: { project: "backend", name: "backend (1)" } },
  ];
  const report = await look({}, { config: { sentryExisting }, state });
  expect(standings(report)).toEqual(["team said", "project said", "key said", "project managed"]);
  expect(report.set).toEqual([]);
  await expect(look({ serverProject: "operator-ui2" }, { state })).rejects.toThrow("the stack has backend already");
});

test("a Sentry that cannot be asked is not one that has nothing", async () => {
  const { twin, look } = await world();
  twin.faults.add({ match: {}, effect: { kind: "status", status: 401 }, times: "always" });
  await expect(look()).rejects.toThrow("does not accept the token");
  await expect(look({}, { env: { SENTRY_TOKEN: "" } })).rejects.toThrow("there is no key for Sentry");
});

async function redis(given: Given = {}) {
  const { twin, api } = await upstash();
  const env = { UPSTASH_EMAIL: "owner@example.com", UPSTASH_API_KEY: "key", UPSTASH_API_BASE_URL: twin.url };
  const add = async (changes: object = {}) =>
    (await api.post("/v2/redis/database", { ...brandvx, ...changes })).body as { database_id: string };
  const look = (target?: string, more: Given = {}, dryRun = false) => {
    const at = standIn({ ...given, ...more, env: { ...env, ...more.env } });
    return importRedis(target, at.stack, dryRun, quiet).then((report) => ({ ...report, set: at.set }));
  };
  return { twin, add, look };
}

test("a database is taken over by its id, with what has to be set as it is live", async () => {
  const { twin, add, look } = await redis({ config: { redis: {} } });
  const { database_id: id } = await add({ primary_region: "eu-west-1", budget: 55 });
  twin.requests.clear();
  const { set } = await look();
  expect(set).toEqual([`redis.existing=${id}`, "redis.primaryRegion=eu-west-1", "redis.budget=55"]);
  const { database_id: cache } = await add({ database_name: "the cache" });
  const named = await look("the cache", {}, true);
  expect(named.commands).toContain(`pulumi config set --stack production --path redis.databaseName 'the cache'`);
  expect((await look(cache, {}, true)).settings).toEqual(named.settings);
  expect(twin.requests.writes()).toHaveLength(1);
});

test("databases of one name have to be told apart, and one that is not there is named with those that are", async () => {
  const { add, look } = await redis();
  expect(standings(await look())).toEqual(["database absent"]);
  const [one, other] = [await add(), await add()];
  await expect(look()).rejects.toMatchObject({
    message: "2 Redis databases at Upstash are called brandvx",
    fix: expect.stringContaining(`npx obs import redis ${other.database_id} --stack production`),
  });
  expect((await look(one.database_id)).set).toEqual([`redis.existing=${one.database_id}`]);
  await expect(look("cache")).rejects.toMatchObject({ fix: expect.stringContaining(one.database_id) });
});

test("a stack's own database is no other's", async () => {
  const { add, look } = await redis();
  const [one, other] = [await add(), await add({ database_name: "other" })];
  const state = [{ type: "upstash:index/redisDatabase:RedisDatabase", id: one.database_id, inputs: {} }];
  expect(standings(await look(undefined, { state }))).toEqual(["database managed"]);
  await expect(look(other.database_id, { state })).rejects.toThrow("the stack has another Redis database already");
  const said = await look(undefined, { config: { redis: { existing: one.database_id } } });
  expect([standings(said), said.set]).toEqual([["database said"], []]);
});

test("an Upstash that cannot be asked is not one that has nothing", async () => {
  const { twin, look } = await redis();
  twin.faults.add({ match: {}, effect: { kind: "status", status: 401 }, times: "always" });
  await expect(look()).rejects.toThrow("Upstash does not accept");
  await expect(look(undefined, { env: { UPSTASH_API_KEY: "not-given" } })).rejects.toThrow("is not known");
});
