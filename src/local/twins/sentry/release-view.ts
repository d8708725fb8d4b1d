import type { Commit, Deploy, Project, Release, SentryModel } from "./model.ts";

/** The last deploy of a release, by its end. */
const byEnd = (left: Deploy, right: Deploy) => right.dateFinished.localeCompare(left.dateFinished);

/** Newest first. */
export const deploysOf = (model: SentryModel, version: string): Deploy[] =>
  model.deploys.where("version", version).reverse().sort(byEnd);

export const deployView = ({ version: _, ...deploy }: Deploy) => deploy;

export const commitView = (commit: Commit, release: Release) => ({
  id: commit.id,
  message: commit.message,
  dateCreated: commit.timestamp ?? release.dateCreated,
  pullRequest: null,
  suspectCommitType: "",
  repository: commit.repository === null ? null : { name: commit.repository },
  releases: [],
});

/** Source: the responses of /organizations/{org}/releases/ in Sentry's published OpenAPI. */
export function releaseView(release: Release, model: SentryModel) {
  const deploys = deploysOf(model, release.id);
  const [lastCommit] = release.commits;
  return {
    id: release.number,
    version: release.id,
    shortVersion: shortVersion(release.id),
    status: release.status,
    ref: release.ref,
    url: release.url,
    dateReleased: release.dateReleased,
    dateCreated: release.dateCreated,
    dateStarted: release.dateStarted,
    owner: null,
    data: {},
    newGroups: 0,
    commitCount: release.commits.length,
    lastCommit: lastCommit === undefined ? null : commitView(lastCommit, release),
    deployCount: deploys.length,
    lastDeploy: deploys[0] === undefined ? null : deployView(deploys[0]),
    firstEvent: release.firstEvent,
    lastEvent: release.lastEvent,
    authors: [],
    projects: release.projectIds
      .map((id) => model.projects.get(id))
      .filter((project): project is Project => project !== null)
      .map(({ id, slug, name, platform }) => ({
        ...{ id: Number(id), slug, name, platform, newGroups: 0, hasHealthData: false },
        platforms: platform === null ? [] : [platform],
      })),
    currentProjectMeta: {},
    userAgent: null,
    versionInfo: versionInfo(release.id),
  };
}

/** The part of `operator-ui@<commit>` after the package. A commit is shown by twelve digits. */
function shortVersion(version: string): string {
  const last = version.slice(version.lastIndexOf("@") + 1);
  return /^[0-9a-f]{40}$/.test(last) ? last.slice(0, 12) : last;
}

function versionInfo(version: string) {
  const at = version.lastIndexOf("@");
  const name = version.slice(at + 1);
  return {
    package: at < 0 ? null : version.slice(0, at),
    version: { raw: name },
    description: shortVersion(version),
    buildHash: /^[0-9a-f]{12,40}$/.test(name) ? name : null,
  };
}
