import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { charField } from "../kit/index.ts";
import { keepEnvironment } from "./environments.ts";
import { conflict, invalid, notFound, now, page, readBody, type SentryContext } from "./http.ts";
import type { Commit, Deploy, Release, SentryModel } from "./model.ts";
import { organizationPath, type SentryParts } from "./parts.ts";
import { commitView, deploysOf, deployView, releaseView } from "./release-view.ts";

/** Sentry: Release.is_valid_version in src/sentry/models/release.py. */
const versionField = z
  .string()
  .check(charField(200))
  .refine((version) => !/[\n\t\f\r/\\]/.test(version) && ![".", "..", "latest", ""].includes(version.trim()), {
    message: "Release with name is not allowed",
  });
const date = z.iso.datetime({ offset: true }).nullish();
const commit = z.looseObject({
  id: z.string().check(charField(64)),
  repository: z.string().check(charField(64)).nullish(),
  message: z.string().nullish(),
  timestamp: date,
});
const changedRelease = z.looseObject({
  ref: z.string().check(charField(200)).nullish(),
  url: z.url("Enter a valid URL.").nullish(),
  dateReleased: date,
  dateStarted: date,
  status: z.enum(["open", "archived"]).optional(),
  commits: z.array(commit).optional(),
  refs: z.array(z.looseObject({ commit: z.string(), repository: z.string() })).optional(),
});
const newRelease = changedRelease.extend({
  version: versionField,
  projects: z.array(z.union([z.string(), z.number()])).min(1, "This list may not be empty."),
});
const newDeploy = z.looseObject({
  environment: z
    .string()
    .check(charField(64))
    .refine((name) => !/[\n\f\r/]/.test(name) && name !== "none", "Invalid environment name"),
  name: z.string().check(charField(64)).nullish(),
  url: z.url("Enter a valid URL.").nullish(),
  dateStarted: date,
  dateFinished: date,
});
type Change = z.output<typeof changedRelease>;

/**
 * Releases, their commits and deploys. Sentry: src/sentry/api/endpoints/{organization_releases,organization_release_details,release_deploys}.py
 * @param commitsMs how long it takes to store a release's commits
 */
export function releaseRoutes(parts: SentryParts, commitsMs: () => number): void {
  const { app, model, isOpen } = parts;
  const find = (c: SentryContext): Release => {
    const release = model.releases.get(c.req.param("version") ?? "");
    if (release === null) throw notFound();
    return release;
  };
  const view = (release: Release) => releaseView(release, model);
  const processing = new Set<string>();
  /**
   * Sentry stores the rest first. Commits replace those that are there; while others of the release are processed, they are refused
   * (set_commits in src/sentry/models/releases/set_commits.py), and an empty list changes nothing.
   */
  const store = async (release: Release, change: Change): Promise<Release> => {
    const stored = model.releases.put(changed(release, change));
    const { id } = stored;
    if (!change.commits?.length) return stored;
    if (processing.has(id)) throw conflict("Release commits are currently being processed");
    processing.add(id);
    try {
      await delay(commitsMs());
      const present = isOpen() ? model.releases.get(id) : null;
      if (present === null) throw notFound();
      return model.releases.put({ ...present, commits: change.commits.map(kept) });
    } finally {
      processing.delete(id);
    }
  };

  app.get(`${organizationPath}/releases/`, (c) => {
    const query = c.req.query("query")?.toLowerCase() ?? "";
    const projects = c.req.queries("project");
    const listed = model.releases
      .all()
      .filter(({ id }) => id.toLowerCase().includes(query))
      .filter(({ projectIds }) => !projects || projectIds.some((id) => projects.includes(id)))
      .sort((left, right) => addedAt(right).localeCompare(addedAt(left)) || right.number - left.number);
    return page(c, listed, view);
  });

  app.post(`${organizationPath}/releases/`, async (c) => {
    const { version, projects, ...change } = await readBody(c, newRelease);
    const projectIds = projects.map((wanted) => {
      const name = String(wanted);
      const project = model.projects.where("slug", name)[0] ?? model.projects.get(name);
      if (project === null) throw invalid({ projects: ["Invalid project ids or slugs"] });
      return project.id;
    });
    const known = model.releases.get(version);
    const release = known ?? createRelease(model, version);
    const joined = { ...release, projectIds: [...new Set([...release.projectIds, ...projectIds])] };
    return c.json(view(await store(joined, change)), known === null ? 201 : 208);
  });

  app.get(`${organizationPath}/releases/:version/`, (c) => c.json(view(find(c))));
  app.put(`${organizationPath}/releases/:version/`, async (c) => {
    const { id } = find(c);
    const change = await readBody(c, changedRelease);
    return c.json(view(await store(model.releases.get(id) ?? find(c), change)));
  });
  app.delete(`${organizationPath}/releases/:version/`, (c) => {
    const { id } = find(c);
    for (const deploy of model.deploys.where("version", id)) model.deploys.delete(deploy.id);
    for (const file of model.releaseFiles.where("version", id)) model.releaseFiles.delete(file.id);
    model.releases.delete(id);
    return c.body(null, 204);
  });

  app.get(`${organizationPath}/releases/:version/commits/`, (c) => {
    const release = find(c);
    return page(c, release.commits, (one) => commitView(one, release));
  });
  app.get(`${organizationPath}/releases/:version/deploys/`, (c) => page(c, deploysOf(model, find(c).id), deployView));
  app.post(`${organizationPath}/releases/:version/deploys/`, async (c) => {
    const release = find(c);
    const { environment, name, url, dateStarted, dateFinished } = await readBody(c, newDeploy);
    const deploy: Deploy = {
      id: model.newId(),
      version: release.id,
      environment,
      name: name ?? null,
      url: url ?? null,
      dateStarted: dateStarted ?? null,
      dateFinished: dateFinished ?? now(),
    };
    model.transaction(() => {
      model.deploys.put(deploy);
      keepEnvironment(model, environment, release.projectIds);
    });
    return c.json(deployView(deploy), 201);
  });
}

/** Sentry sorts releases by release date, else by creation date. */
const addedAt = ({ dateReleased, dateCreated }: Release) => dateReleased ?? dateCreated;

export function createRelease(model: SentryModel, version: string): Release {
  return {
    ...{ id: version, number: Number(model.newId()), projectIds: [], ref: null, url: null, status: "open" },
    ...{ commits: [], dateCreated: now(), dateStarted: null, dateReleased: null, firstEvent: null, lastEvent: null },
  };
}

function changed(release: Release, change: Change): Release {
  // The twin's organization has no connected repository.
  const unknown = change.refs?.[0]?.repository;
  if (unknown !== undefined) throw invalid({ refs: [`Invalid repository names: ${unknown}`] });
  return {
    ...release,
    ...(change.ref !== undefined && { ref: change.ref }),
    ...(change.url !== undefined && { url: change.url }),
    ...(change.status !== undefined && { status: change.status }),
    ...(change.dateStarted !== undefined && { dateStarted: change.dateStarted }),
    ...(change.dateReleased !== undefined && { dateReleased: change.dateReleased }),
  };
}

const kept = ({ id, repository, message, timestamp }: z.output<typeof commit>): Commit => ({
  id,
  repository: repository ?? null,
  message: message ?? null,
  timestamp: timestamp ?? null,
});

/** An event creates its release, unless the project forbids it. */
export function seeRelease(model: SentryModel, version: string, projectId: string, seen: string): void {
  if (!versionField.safeParse(version).success) return;
  const release = model.releases.get(version) ?? createRelease(model, version);
  model.releases.put({
    ...release,
    projectIds: [...new Set([...release.projectIds, projectId])],
    firstEvent: release.firstEvent ?? seen,
    lastEvent: seen,
  });
}
