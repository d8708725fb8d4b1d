import type { Clock } from "../../resources/kernel/clock.ts";
import { isUnanswered } from "../../resources/kernel/errors.ts";
import type { CommitOfRelease, SentryReleases } from "../access/releases.ts";
import { holds, type Result } from "../checks/check.ts";
import { quantity } from "../text/phrase.ts";
import { once } from "./lock.ts";

export interface ReleaseToMark {
  readonly version: string;
  /** Slug of the app's project in Sentry. */
  readonly project: string;
  readonly environment: string;
  readonly commit: string | undefined;
  /** Newest first; undefined when the commits are not known. */
  readonly commits: readonly CommitOfRelease[] | undefined;
  /** Address of the deployed app. */
  readonly url: string | undefined;
}

export interface Marking {
  readonly sentry: Pick<
    SentryReleases,
    "make" | "release" | "change" | "deploys" | "addDeploy" | "addFile" | "filesNamed" | "removeFile"
  >;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: (line: string) => void;
  /** When a lock counts as left by a run that was killed. Default: longer than a request may take. */
  readonly lockExpiresMs?: number;
  /** Milliseconds between two looks at the lock of another run. Default 1000. */
  readonly pollMs?: number;
}

/**
 * Creates the release, adds its commits, marks the deploy and finalizes it. Repeated, concurrent or interrupted runs end with one
 * release, one deploy for the environment and the date of the first run. A deploy that is there twice all the same, by another
 * program, or because Sentry carried a request out later than a lock lasts, is reported.
 */
export async function markRelease(release: ReleaseToMark, marking: Marking): Promise<Result[]> {
  const { sentry } = marking;
  const { version, project, commits, environment } = release;
  await sentry.make(version, project);
  const results = [holds(`\`${version}\``, `is in Sentry, for the project ${project}`)];
  if (commits !== undefined && commits.length > 0) {
    await sentry.change(version, { commits });
    results.push(
      holds("Commits", `${quantity(commits.length, "commit")} belong${commits.length === 1 ? "s" : ""} to it`),
    );
  }
  const { addedDeploy, finalizedBefore } = await deployAndFinalize(release, marking);
  const count = (await sentry.deploys(version)).filter((deploy) => deploy.environment === environment).length;
  const often = count > 1 ? `, ${count} times: ${whyTwice}` : "";
  return [
    ...results,
    holds("Deploy", `${addedDeploy ? "is marked" : "was marked already"} for the environment ${environment}${often}`),
    holds("Finalized", finalizedBefore === undefined ? "now" : `before, at ${finalizedBefore}`),
  ];
}

const whyTwice = "others added it, too; Sentry takes none back and shows the newest";

/**
 * Adds the deploy and the date, each if it is missing. Sentry adds a deploy with each request, cannot delete one, and has no unique
 * field in it (src/sentry/models/deploy.py; the API has GET and POST), so one run at a time may do it.
 */
async function deployAndFinalize(release: ReleaseToMark, marking: Marking) {
  const { version, environment, project, url, commit } = release;
  const { sentry, clock, signal, progress, lockExpiresMs, pollMs } = marking;
  let addedDeploy = false;
  const isDeployed = async () => (await sentry.deploys(version)).some((one) => one.environment === environment);
  const addDeploy = async (): Promise<void> => {
    try {
      await sentry.addDeploy(version, { environment, projects: [project], ...(url !== undefined && { url }) });
    } catch (error) {
      // It may have been added although its answer was lost.
      if (!isUnanswered(error) || !(await isDeployed())) throw error;
    }
  };
  const dateOf = async () => (await sentry.release(version))?.dateReleased ?? undefined;
  const finalizedBefore = await dateOf();
  await once(
    {
      ...{ sentry, version, clock, signal, name: `obs-release-${environment}`, expiresMs: lockExpiresMs, pollMs },
      onWait: (lastsMs) =>
        progress(
          `Another run is marking ${version}, or was interrupted: waiting until it is done, ${quantity(Math.ceil(lastsMs / 1000), "second")} at most …`,
        ),
    },
    async () => (await isDeployed()) && (await dateOf()) !== undefined,
    async () => {
      if (!(await isDeployed())) {
        await addDeploy();
        addedDeploy = true;
      }
      // Releases are ordered by this date: deploying an older one again must not make it the newest.
      const dateReleased = (await dateOf()) ? {} : { dateReleased: new Date(clock.now()).toISOString() };
      await sentry.change(version, { ...dateReleased, ref: commit ?? version.slice(version.lastIndexOf("@") + 1) });
    },
  );
  return { addedDeploy, finalizedBefore };
}
