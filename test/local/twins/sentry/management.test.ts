import { describe, expect, test } from "vitest";
import { httpClient } from "../http-client.ts";
import { organization, sentry, sentryWithProject } from "./support.ts";

const project = "/api/0/projects/brandvx/operator-ui";

describe("who may ask", () => {
  test("nobody without a token, nobody with a wrong one", async () => {
    const { twin } = await sentry({ token: "right" });
    const without = await httpClient(twin.url).get(`${organization}/teams/`);
    expect([without.status, without.body]).toEqual([401, { detail: "Authentication credentials were not provided." }]);
    const wrong = await httpClient(twin.url, { Authorization: "Bearer wrong" }).get(`${organization}/teams/`);
    expect([wrong.status, wrong.body]).toEqual([401, { detail: "Invalid token" }]);
    const right = await httpClient(twin.url, { Authorization: "Bearer right" }).get(`${organization}/teams/`);
    expect(right.status).toBe(200);
  });

  test("a token without project:admin deletes no project, but changes it", async () => {
    const { api } = await sentryWithProject({
      scopes: ["org:read", "team:write", "project:write", "alerts:write", "event:read"],
    });
    expect((await api.put(`${project}/`, { name: "renamed" })).status).toBe(200);
    const refused = await api.delete(`${project}/`);
    expect([refused.status, refused.body]).toEqual([
      403,
      { detail: "You do not have permission to perform this action." },
    ]);
  });

  test("another organization does not exist", async () => {
    const { api } = await sentry();
    expect((await api.get("/api/0/organizations/other/teams/")).status).toBe(404);
  });
});

describe("a team", () => {
  test("is found by slug and by id, renamed and deleted", async () => {
    const { api } = await sentry();
    const made = await api.post(`${organization}/teams/`, { name: "Growth team" });
    expect([made.status, made.body.slug]).toEqual([201, "growth-team"]);
    expect((await api.get(`/api/0/teams/brandvx/${made.body.id}/`)).body.name).toBe("Growth team");
    await api.put("/api/0/teams/brandvx/growth-team/", { name: "Growth", slug: "growth" });
    expect((await api.get("/api/0/teams/brandvx/growth/")).body).toMatchObject({ name: "Growth", slug: "growth" });
    expect((await api.delete("/api/0/teams/brandvx/growth/")).status).toBe(204);
    expect((await api.get("/api/0/teams/brandvx/growth/")).status).toBe(404);
  });

  test("with a taken slug is refused, with an invalid one too, each field by name", async () => {
    const { api } = await sentryWithProject();
    const taken = await api.post(`${organization}/teams/`, { name: "x", slug: "platform" });
    expect([taken.status, taken.body]).toEqual([409, { detail: "A team with this slug already exists." }]);
    const invalid = await api.post(`${organization}/teams/`, { name: "x".repeat(65), slug: "Not A Slug" });
    expect([invalid.status, Object.keys(invalid.body)]).toEqual([400, ["name", "slug"]]);
  });
});

describe("a new project", () => {
  test("has a key named Default, an alert and the two monitors, all unasked", async () => {
    const { api, project: made } = await sentryWithProject();
    const keys = (await api.get(`${project}/keys/`)).body;
    expect(keys.map((key: { name: string }) => key.name)).toEqual(["Default"]);
    const detectors = (await api.get(`${organization}/detectors/?project=${made.id}`)).body;
    expect(detectors.map((detector: { type: string }) => detector.type)).toEqual(["error", "issue_stream"]);
    const workflows = (await api.get(`${organization}/workflows/`)).body;
    expect(workflows).toHaveLength(1);
    expect(workflows[0].detectorIds).toEqual(detectors.map((detector: { id: string }) => detector.id));
  });

  test("has no automatic alert when the request says so", async () => {
    const { api } = await sentryWithProject();
    await api.post("/api/0/teams/brandvx/platform/projects/", { name: "server", default_rules: false });
    const { body } = await api.get(`${organization}/workflows/?project=server`);
    expect(body).toEqual([]);
  });

  test("has no platform until a PUT gives one, and Sentry's digest delays", async () => {
    const { api } = await sentryWithProject();
    expect((await api.get(`${project}/`)).body).toMatchObject({
      platform: null,
      digestsMinDelay: 300,
      digestsMaxDelay: 1800,
    });
    await api.put(`${project}/`, { platform: "javascript-react", resolveAge: 720 });
    expect((await api.get(`${project}/`)).body).toMatchObject({ platform: "javascript-react", resolveAge: 720 });
  });

  test("needs a team that exists and a free slug", async () => {
    const { api } = await sentryWithProject();
    expect((await api.post("/api/0/teams/brandvx/nobody/projects/", { name: "x" })).status).toBe(404);
    const taken = await api.post("/api/0/teams/brandvx/platform/projects/", { name: "x", slug: "operator-ui" });
    expect([taken.status, taken.body]).toEqual([409, { detail: "A project with this slug already exists." }]);
    const sameName = await api.post("/api/0/teams/brandvx/platform/projects/", { name: "operator-ui" });
    expect([sameName.status, sameName.body.slug]).toEqual([201, "operator-ui-2"]);
  });

  test("takes its keys, monitors and automatic alert with it when it goes, and unbinds other alerts", async () => {
    const { api } = await sentryWithProject();
    const [error] = (await api.get(`${organization}/detectors/?query=type:error`)).body;
    const own = (await api.post(`${organization}/workflows/`, { name: "own", detectorIds: [error.id] })).body;
    expect((await api.delete(`${project}/`)).status).toBe(204);
    expect((await api.get(`${project}/keys/`)).status).toBe(404);
    expect((await api.get(`${organization}/detectors/`)).body).toEqual([]);
    const left = (await api.get(`${organization}/workflows/`)).body;
    expect(left.map((workflow: { id: string }) => workflow.id)).toEqual([own.id]);
    expect(left[0].detectorIds).toEqual([]);
  });

  test("is joined and left by teams", async () => {
    const { api } = await sentryWithProject();
    await api.post(`${organization}/teams/`, { name: "growth" });
    const joined = await api.post(`${project}/teams/growth/`);
    expect([joined.status, joined.body.teams.length]).toEqual([201, 2]);
    const again = await api.post(`${project}/teams/growth/`);
    expect(again.body.teams).toHaveLength(2);
    const left = await api.delete(`${project}/teams/platform/`);
    expect(left.body.teams.map((team: { slug: string }) => team.slug)).toEqual(["growth"]);
  });
});

describe("a project that was renamed", () => {
  test("is not at its former slug: every answer says where it is, with the query", async () => {
    const { twin, api, project: made } = await sentryWithProject();
    await api.put(`${project}/`, { slug: "operator-web" });
    for (const [method, rest] of [
      ["GET", "/"],
      ["GET", "/keys/?cursor=0:100:0"],
      ["PUT", "/"],
      ["DELETE", "/"],
    ] as const) {
      const answer = await fetch(`${twin.url}${project}${rest}`, {
        ...{ method, redirect: "manual", headers: { Authorization: "Bearer sntryu_test" } },
      });
      const url = `/api/0/projects/brandvx/operator-web${rest}`;
      expect([answer.status, answer.headers.get("Location")], method).toEqual([302, url]);
      expect(await answer.json()).toEqual({
        slug: "operator-web",
        detail: { code: "resource-moved", message: "Resource has been moved", extra: { url, slug: "operator-web" } },
      });
    }
    expect((await api.get("/api/0/projects/brandvx/operator-web/")).body.id).toBe(made.id);
    expect((await api.get(`/api/0/projects/brandvx/${made.id}/`)).body.slug).toBe("operator-web");
  });

  test("leaves its former slug to another one, and takes it back", async () => {
    const { api, project: made } = await sentryWithProject();
    await api.put(`${project}/`, { slug: "operator-web" });
    const second = (await api.post("/api/0/teams/brandvx/platform/projects/", { name: "operator-ui" })).body;
    expect((await api.get(`${project}/`)).body.id).toBe(second.id);
    await api.delete(`${project}/`);
    expect((await api.get(`${project}/`)).body.id).toBe(made.id);
    await api.put("/api/0/projects/brandvx/operator-web/", { slug: "operator-ui" });
    expect((await api.get(`${project}/`)).body).toMatchObject({ id: made.id, slug: "operator-ui" });
  });
});

describe("a client key", () => {
  test("has a rate limit only when both numbers are set", async () => {
    const { api } = await sentryWithProject();
    const made = await api.post(`${project}/keys/`, { name: "operator-ui", rateLimit: { window: 0, count: 0 } });
    expect([made.status, made.body.rateLimit]).toEqual([201, null]);
    await api.put(`${project}/keys/${made.body.id}/`, { name: "operator-ui", rateLimit: { window: 60, count: 100 } });
    const [newest] = (await api.get(`${project}/keys/`)).body;
    expect(newest).toMatchObject({ id: made.body.id, rateLimit: { window: 60, count: 100 } });
  });

  test("of another project is not found", async () => {
    const { api } = await sentryWithProject();
    await api.post("/api/0/teams/brandvx/platform/projects/", { name: "server" });
    const [foreign] = (await api.get("/api/0/projects/brandvx/server/keys/")).body;
    expect((await api.delete(`${project}/keys/${foreign.id}/`)).status).toBe(404);
  });
});

test("inbound filters are listed and written one at a time", async () => {
  const { api } = await sentryWithProject();
  expect((await api.put(`${project}/filters/localhost/`, { active: true })).status).toBe(204);
  expect((await api.put(`${project}/filters/legacy-browsers/`, { subfilters: ["ie", "opera"] })).status).toBe(204);
  expect((await api.get(`${project}/filters/`)).body).toEqual([
    { id: "browser-extensions", active: false },
    { id: "filtered-transaction", active: true },
    { id: "legacy-browsers", active: ["ie", "opera"] },
    { id: "localhost", active: true },
    { id: "web-crawlers", active: true },
  ]);
  expect((await api.put(`${project}/filters/unknown/`, { active: true })).status).toBe(404);
});

test("members and integrations are there for alerts to name", async () => {
  const { api } = await sentry({ integrations: [{ id: "7", provider: "slack", name: "BrandVX" }] });
  expect((await api.get(`${organization}/members/`)).body).toMatchObject([{ id: "1", email: "owner@example.com" }]);
  expect((await api.get(`${organization}/integrations/?providerKey=slack`)).body).toMatchObject([{ id: "7" }]);
  expect((await api.get(`${organization}/integrations/?providerKey=discord`)).body).toEqual([]);
});

test("lists come in pages that the Link header leads through", async () => {
  const { api } = await sentry();
  for (const name of ["a", "b", "c"]) await api.post(`${organization}/teams/`, { name });
  const names: string[] = [];
  let next: string | null = `${organization}/teams/?per_page=2`;
  let pages = 0;
  while (next !== null) {
    const { body, headers } = await api.get(next);
    names.push(...body.map((team: { name: string }) => team.name));
    pages += 1;
    const [, following, results] =
      /<([^>]+)>; rel="next"; results="(true|false)"; cursor="[^"]+"/.exec(headers.get("Link") ?? "") ?? [];
    next = results === "true" && following !== undefined ? following : null;
  }
  expect([names, pages]).toEqual([["a", "b", "c"], 2]);
});

test("a path without its slash is told from one that is unknown", async () => {
  const { api } = await sentry();
  const { status, body } = await api.get(`${organization}/teams`);
  expect([status, body]).toEqual([404, { info: "Route not found, did you forget a trailing slash?" }]);
});

test("every answer tells the rate limit, and an injected 429 when to come back", async () => {
  const { twin, api } = await sentry();
  const { headers } = await api.get(`${organization}/teams/`);
  expect(headers.get("X-Sentry-Rate-Limit-ConcurrentLimit")).toBe("25");
  twin.faults.add({ match: {}, effect: { kind: "status", status: 429, retryAfterSeconds: 61 } });
  const refused = await api.get(`${organization}/teams/`);
  expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "61"]);
  expect(refused.headers.get("X-Sentry-Rate-Limit-Remaining")).toBe("0");
  expect(refused.body.detail).toMatch(/too frequently/);
});

test("the state outlives the twin in its file", async ({ onTestFinished }) => {
  const { mkdtempSync, rmSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  const folder = mkdtempSync(`${tmpdir()}/sentry-twin-`);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const first = await sentryWithProject({ file: `${folder}/state.sqlite` });
  await first.twin.stop();
  const { api } = await sentry({ file: `${folder}/state.sqlite` });
  expect((await api.get(`${project}/`)).body.id).toBe(first.project.id);
});
