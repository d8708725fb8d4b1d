import { expect, test } from "vitest";
import { organization, sentryWithProject } from "./support.ts";

const releases = `${organization}/releases/`;
const version = "operator-ui@3f2a9c1";

test("a release is made once, and says so the second time; commits, deploys and its date come to it", async () => {
  const { api } = await sentryWithProject({ environments: [] });
  expect((await api.post(releases, { version, projects: ["operator-ui"] })).status).toBe(201);
  expect((await api.post(releases, { version, projects: ["operator-ui"] })).status).toBe(208);
  await api.put(`${releases}${encodeURIComponent(version)}/`, {
    commits: [{ id: "3f2a9c1", repository: "brandvx/operator-ui", message: "Seats" }],
    dateReleased: "2026-11-27T12:00:00Z",
  });
  const deploy = { environment: "production", name: "first", url: "https://app.example.com" };
  expect((await api.post(`${releases}${version}/deploys/`, deploy)).status).toBe(201);
  expect((await api.post(`${releases}${version}/deploys/`, deploy)).status).toBe(201);
  expect((await api.get(`${releases}${version}/`)).body).toMatchObject({
    ...{ version, shortVersion: "3f2a9c1", commitCount: 1, deployCount: 2, dateReleased: "2026-11-27T12:00:00Z" },
    lastCommit: { id: "3f2a9c1" },
    lastDeploy: { environment: "production", name: "first" },
    versionInfo: { package: "operator-ui" },
  });
  expect((await api.get(`${organization}/environments/`)).body).toMatchObject([{ name: "production" }]);
});

test("commits replace those that are there, none replace nothing, and others that come meanwhile are refused", async () => {
  const { twin, api } = await sentryWithProject();
  await api.post(releases, { version, projects: ["operator-ui"], commits: [{ id: "a1" }, { id: "a2" }] });
  const path = `${releases}${version}/`;
  await api.put(path, { commits: [] });
  expect((await api.get(`${path}commits/`)).body).toMatchObject([{ id: "a1" }, { id: "a2" }]);
  twin.processCommitsFor(150);
  const put = (id: string) => api.put(path, { commits: [{ id }], ref: id });
  const answers = await Promise.all([put("b1"), put("b2"), api.put(path, { dateReleased: "2026-11-27T12:00:00Z" })]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 409]);
  expect(answers.find(({ status }) => status === 409)?.body).toEqual({
    detail: "Release commits are currently being processed",
  });
  const { body } = await api.get(path);
  expect(body).toMatchObject({ commitCount: 1, dateReleased: "2026-11-27T12:00:00Z" });
  expect((await put("b3")).body).toMatchObject({ lastCommit: { id: "b3" }, ref: "b3" });
});

test("names that Sentry does not take, projects and repositories that it does not know, are refused", async () => {
  const { api } = await sentryWithProject();
  for (const wrong of ["latest", "a/b", " ", "two\nlines"])
    expect((await api.post(releases, { version: wrong, projects: ["operator-ui"] })).status).toBe(400);
  expect((await api.post(releases, { version, projects: ["elsewhere"] })).status).toBe(400);
  expect((await api.post(`${releases}${version}/deploys/`, { environment: "production" })).status).toBe(404);
  await api.post(releases, { version, projects: ["operator-ui"] });
  const refs = [{ repository: "brandvx/operator-ui", commit: "3f2a9c1" }];
  expect((await api.put(`${releases}${version}/`, { refs })).status).toBe(400);
});

test("a release has one file of a name, however many are sent at once; a deleted one makes room", async () => {
  const { twin, api } = await sentryWithProject();
  await api.post(releases, { version, projects: ["operator-ui"] });
  const path = `${releases}${version}/files/`;
  const add = async (name: string, header = "run:1") => {
    const form = new FormData();
    form.append("file", new Blob(["x"], { type: "text/plain" }), "x.txt");
    for (const [field, value] of Object.entries({ name, header })) form.append(field, value);
    const headers = { Authorization: "Bearer of-the-test" };
    return (await fetch(`${twin.url}${path}`, { method: "POST", headers, body: form })).status;
  };
  const statuses = await Promise.all(["a", "a", "a", "b"].map((name) => add(name)));
  expect(statuses.toSorted()).toEqual([201, 201, 409, 409]);
  expect(await add("two\\parts")).toBe(400);
  expect(await add("c", "no value")).toBe(400);
  const [first] = (await api.get(`${path}?query=a`)).body;
  expect(first).toMatchObject({ name: "a", dist: null, size: 1, headers: { "Content-Type": "text/plain", run: "1" } });
  expect((await api.delete(`${path}${first.id}/`)).status).toBe(204);
  expect((await api.delete(`${path}${first.id}/`)).status).toBe(404);
  expect(await add("a")).toBe(201);
});
