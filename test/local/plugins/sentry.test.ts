import { describe, expect, test } from "vitest";
import { secret, unknown } from "../../../src/local/plugins/kit/values.ts";
import { sentryClient } from "../../../src/local/plugins/sentry/client.ts";
import { sentryPlugin } from "../../../src/local/plugins/sentry/plugin.ts";
import type { FaultEffect } from "../../../src/local/twins/kit/index.ts";
import { sentry, sentryWithProject } from "../twins/sentry/support.ts";
import { engineFor } from "./engine.ts";

const types = {
  team: "sentry:index/sentryTeam:SentryTeam",
  project: "sentry:index/sentryProject:SentryProject",
  key: "sentry:index/sentryKey:SentryKey",
};
const organization = "brandvx";
const connect = (type: string, baseUrl: string) => engineFor(sentryPlugin, type, { token: "t", baseUrl });

test("the plugin tells its version, and names what it has when it is asked for something else", async () => {
  const { twin } = await sentry();
  expect(await (await connect(types.team, twin.url)).version()).toBe("1.2.3");
  const other = await connect("sentry:index/sentryMetricAlert:SentryMetricAlert", twin.url);
  await expect(other.create({})).rejects.toThrow(/has no sentry:index\/sentryMetricAlert.*only .*SentryTeam/);
});

test("a connection that is lost ends the plugin, once its attempts are used up; an answer that is an error does not", async () => {
  const { twin, api } = await sentry();
  await api.post("/api/0/organizations/brandvx/teams/", { name: "platform" });
  const impatient = { ...sentryPlugin, configure: (c: Record<string, string>) => sentryClient(c, {}, async () => {}) };
  const engine = await engineFor(impatient, types.team, { token: "t", baseUrl: twin.url });
  const troubled = async (effect: FaultEffect, times: number) => {
    for (let i = 0; i < times; i += 1) twin.faults.add({ match: { method: "GET" }, effect });
    return engine.read("platform", { organization, slug: "platform" }).catch((error: Error) => error);
  };
  expect(await troubled({ kind: "reset-before" }, 4)).toMatchObject({ id: "platform" });
  expect(await troubled({ kind: "status", status: 502 }, 5)).toBeInstanceOf(Error);
  expect(engine.crashes).toEqual([]);
  await troubled({ kind: "reset-before" }, 5);
  expect(engine.crashes).toEqual([expect.stringMatching(/^The connection to Sentry was lost: GET http/)]);
});

describe("a team", () => {
  test("gets a name from the resource's when it has none, and keeps it", async () => {
    const { twin } = await sentry();
    const engine = await connect(types.team, twin.url);
    const { inputs, failures } = await engine.check({ organization });
    expect([inputs, failures]).toEqual([{ organization, name: "it-abcdef0" }, []]);
    expect((await engine.check({ organization }, { organization, name: "it-1234567" })).inputs.name).toBe("it-1234567");
  });

  test("is made in two requests, and a preview of it in none", async () => {
    const { twin } = await sentry();
    const engine = await connect(types.team, twin.url);
    const preview = await engine.create({ organization, name: "platform" }, { preview: true });
    expect(preview.state).toMatchObject({ name: "platform", slug: unknown, internalId: unknown });
    expect(twin.requests.all()).toEqual([]);
    const made = await engine.create({ organization, name: "platform" });
    expect(made).toMatchObject({ id: "platform", state: { slug: "platform", hasAccess: true } });
    expect(twin.requests.all().map(({ method, body }) => [method, body])).toEqual([
      ["POST", { name: "platform" }],
      ["GET", null],
    ]);
  });

  test("that is gone is read as gone; another error is one", async () => {
    const { twin } = await sentry();
    const engine = await connect(types.team, twin.url);
    expect((await engine.read("nobody", { organization, slug: "nobody" })).id).toBe("");
    twin.faults.add({ match: {}, effect: { kind: "status", status: 403 } });
    await expect(engine.read("nobody", { organization, slug: "nobody" })).rejects.toThrow(
      /403 You do not have permission/,
    );
    await expect(engine.read("without-organization")).rejects.toThrow(/imported as organization\/slug/);
    await expect(engine.delete("nobody", { organization })).rejects.toThrow(/404/);
  });
});

describe("a project", () => {
  test("needs one of team and teams", async () => {
    const { twin } = await sentry();
    const engine = await connect(types.project, twin.url);
    const problems = async (more: Record<string, string | string[]>) =>
      (await engine.check({ organization, name: "p", ...more })).failures.map(
        ({ property }: { property: string }) => property,
      );
    expect(await problems({})).toEqual(["teams"]);
    expect(await problems({ team: "a", teams: ["b"] })).toEqual(["team"]);
    expect(await problems({ teams: ["b"], platform: "other" })).toEqual([]);
    expect(twin.requests.all()).toEqual([]);
  });

  test("joins and leaves teams by what changed, in any order", async () => {
    const { twin, api } = await sentryWithProject();
    for (const name of ["growth", "data"]) await api.post("/api/0/organizations/brandvx/teams/", { name });
    const engine = await connect(types.project, twin.url);
    const { state } = await engine.read("brandvx/operator-ui");
    const inputs = { organization, name: "operator-ui", teams: ["data", "growth"] };
    expect((await engine.diff({ ...state, teams: ["growth", "data"] }, inputs)).changes).toBe(false);
    twin.requests.clear();
    const after = await engine.update("operator-ui", state, inputs);
    expect(after.teams).toEqual(["data", "growth"]);
    expect(twin.requests.all().map(({ method, path }) => `${method} ${path.split("/").slice(6).join("/")}`)).toEqual([
      "PUT ",
      "POST teams/data/",
      "POST teams/growth/",
      "DELETE teams/platform/",
      "GET ",
    ]);
  });

  test.for(["PUT", "POST", "GET"])(
    "that was made is lost where a %s behind that fails, as with the real plugin",
    async (method) => {
      const { twin } = await sentryWithProject();
      const engine = await connect(types.project, twin.url);
      twin.faults.add({
        match: { method, path: /projects\/brandvx\/server\// },
        effect: { kind: "status", status: 403 },
      });
      const failed = engine.create({ organization, name: "server", teams: ["platform"] });
      await expect(failed).rejects.toMatchObject({ details: expect.stringMatching(/403/) });
      const { metadata } = await failed.catch((error) => error);
      expect(metadata.get("grpc-status-details-bin"), "nothing says what was made").toEqual([]);
      await expect(
        engine.create({ organization, name: "server", slug: "server", teams: ["platform"] }),
      ).rejects.toThrow(/409/);
    },
  );

  test("keeps the platform that somebody else set, and sends it along", async () => {
    const { twin, api } = await sentryWithProject();
    await api.put("/api/0/projects/brandvx/operator-ui/", { platform: "javascript-react" });
    const engine = await connect(types.project, twin.url);
    const { state } = await engine.read("brandvx/operator-ui");
    expect((await engine.diff(state, { organization, name: "operator-ui", teams: ["platform"] })).changes).toBe(false);
    twin.requests.clear();
    await engine.update("operator-ui", state, { organization, name: "renamed", teams: ["platform"] });
    expect(twin.requests.all()[0]?.body).toEqual({
      name: "renamed",
      slug: "operator-ui",
      platform: "javascript-react",
      digestsMinDelay: 300,
      digestsMaxDelay: 1800,
    });
  });
});

describe("a key", () => {
  test("has secret outputs, and its limit always said", async () => {
    const { twin } = await sentryWithProject();
    const engine = await connect(types.key, twin.url);
    twin.requests.clear();
    const { id, state } = await engine.create({ organization, project: "operator-ui", name: "own" });
    expect(twin.requests.writes()[0]?.body).toEqual({ name: "own", rateLimit: { window: 0, count: 0 } });
    expect(state.secret).toEqual(secret(expect.any(String)));
    expect(state.dsnSecret).toEqual(secret(expect.stringContaining(id)));
    expect(state.dsnPublic).toBe(`http://${id}@127.0.0.1:${twin.port}/${state.projectId}`);
  });

  test("is found on whichever page of the list it is", async () => {
    const { twin, api } = await sentryWithProject();
    const [oldest] = (await api.get("/api/0/projects/brandvx/operator-ui/keys/")).body;
    for (let number = 0; number < 100; number += 1)
      await api.post("/api/0/projects/brandvx/operator-ui/keys/", { name: `key ${number}` });
    const engine = await connect(types.key, twin.url);
    twin.requests.clear();
    expect((await engine.read(`brandvx/operator-ui/${oldest.id}`)).state.name).toBe("Default");
    expect(twin.requests.all()).toHaveLength(2);
  });

  test("that is gone, or whose project is, is read as gone; of a missing project none is made", async () => {
    const { twin } = await sentryWithProject();
    const engine = await connect(types.key, twin.url);
    expect((await engine.read("k", { organization, project: "operator-ui" })).id).toBe("");
    expect((await engine.read("k", { organization, project: "nobody" })).id).toBe("");
    await expect(engine.create({ organization, project: "nobody", name: "x" })).rejects.toThrow(/404/);
    expect(twin.requests.since(0).filter(({ method, path }) => method === "POST" && path.includes("/nobody/"))).toEqual(
      [],
    );
  });
});
