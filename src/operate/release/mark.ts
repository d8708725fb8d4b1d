import type { Clock } from "../../resources/kernel/clock.ts";
import { hasStatus, isUnanswered } from "../../resources/kernel/errors.ts";
import type { CommitOfRelease, LiveCommit, SentryReleases } from "../access/releases.ts";
import { holds, type Result } from "../checks/check.ts";
import { Failure } from "../command/failure.ts";
import { quantity } from "../text/phrase.ts";
import { again, type Hold, type LockOptions, once } from "./lock.ts";

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
    "make" | "release" | "change" | "commits" | "deploys" | "addDeploy" | "addFile" | "filesNamed" | "removeFile"
  >;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: (line: string) => void;
  /** When a lock counts as left by a run that was killed. Default: longer than a request may take. */
  readonly lockExpiresMs?: number;
  /** Milliseconds that one request may take. Default: what the client waits for an answer. */
  readonly requestMs?: number;
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
  const { version, project, commits = [], environment } = release;
  await sentry.make(version, project);
  const results = [holds(`\`${version}\``, `is in Sentry, for the project ${project}`)];
  const lock = lockOf(version, marking);
  if (commits.length > 0) {
    const has = await addCommits(version, commits, marking, lock("commits"));
    const more = has > commits.length ? `, more than the ${commits.length} that this run knows of` : "";
    results.push(holds("Commits", `${quantity(has, "commit")} belong${has === 1 ? "s" : ""} to it${more}`));
  }
  const { addedDeploy, finalizedBefore } = await deployAndFinalize(release, marking, lock(environment));
  const count = (await sentry.deploys(version)).filter((deploy) => deploy.environment === environment).length;
  const often = count > 1 ? `, ${count} times: ${whyTwice}` : "";
  return [
    ...results,
    holds("Deploy", `${addedDeploy ? "is marked" : "was marked already"} for the environment ${environment}${often}`),
    holds("Finalized", finalizedBefore === undefined ? "now" : `before, at ${finalizedBefore}`),
  ];
}

const whyTwice = "others added it, too; Sentry takes none back and shows the newest";

/** Options of a lock of the release. That another run has one is said once. */
function lockOf(version: string, marking: Marking): (name: string) => LockOptions {
  const { sentry, clock, signal, progress, lockExpiresMs: expiresMs, requestMs, pollMs } = marking;
  let isSaid = false;
  const onWait = (lastsMs: number) => {
    if (isSaid) return;
    isSaid = true;
    progress(
      `Another run is marking ${version}, or was interrupted: waiting until it is done, ${quantity(Math.ceil(lastsMs / 1000), "second")} at most …`,
    );
  };
  return (name) => ({
    ...{ sentry, version, clock, signal, expiresMs, requestMs, pollMs, onWait },
    name: `obs-release-${name}`,
  });
}

const mostAttempts = 5;

/**
 * Gives the release its commits, unless it has them or more. Sentry replaces those that are there, and refuses (409) while it
 * processes others of the release (set_commits in src/sentry/models/releases/set_commits.py).
 *
 * @returns how many the release has
 */
async function addCommits(
  version: string,
  commits: readonly CommitOfRelease[],
  { sentry, clock, signal, pollMs = 1_000 }: Marking,
  lock: LockOptions,
): Promise<number> {
  const isDone = async () => {
    const has = (await sentry.release(version))?.commitCount ?? 0;
    return has === commits.length ? !saysMore(commits, await sentry.commits(version)) : has > commits.length;
  };
  const put = async (hold: Hold): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      const mayWaitMs = await hold();
      try {
        await sentry.change(version, { commits }, { mayWaitMs, repeatable: false });
        return;
      } catch (error) {
        const isBusy = hasStatus(error, 409);
        if (!isBusy && !isUnanswered(error)) throw error;
        if (attempt === mostAttempts)
          throw isBusy ? new Failure(`Sentry is still processing other commits of ${version}`, again) : error;
      }
      await clock.sleep(pollMs * 2 ** (attempt - 1));
      signal.throwIfAborted();
      if (await isDone()) return;
    }
  };
  await once(lock, isDone, put);
  return (await sentry.release(version))?.commitCount ?? 0;
}

/** Whether as many commits say other things than those in Sentry, and not less. */
function saysMore(commits: readonly CommitOfRelease[], live: readonly LiveCommit[]): boolean {
  const pairs = live.map((there) => ({ there, own: commits.find(({ id }) => id === there.id) }));
  if (pairs.some(({ there, own }) => own && there.message && !own.message)) return false;
  return pairs.some(
    ({ there, own }) =>
      own === undefined ||
      (own.repository !== undefined && own.repository !== there.repository?.name) ||
      (own.message && !there.message),
  );
}

/**
 * Adds the deploy and the date, each if it is missing. Sentry adds a deploy with each request, cannot delete one, and has no unique
 * field in it (src/sentry/models/deploy.py; the API has GET and POST), so one run at a time may do it.
 */
async function deployAndFinalize(release: ReleaseToMark, { sentry, clock }: Marking, lock: LockOptions) {
  const { version, environment, project, url, commit } = release;
  let addedDeploy = false;
  const isDeployed = async () => (await sentry.deploys(version)).some((one) => one.environment === environment);
  const addDeploy = async (hold: Hold): Promise<void> => {
    const deploy = { environment, projects: [project], ...(url !== undefined && { url }) };
    const mayWaitMs = await hold();
    try {
      await sentry.addDeploy(version, deploy, mayWaitMs);
    } catch (error) {
      // It may have been added although its answer was lost.
      if (!isUnanswered(error) || !(await isDeployed())) throw error;
    }
  };
  const dateOf = async () => (await sentry.release(version))?.dateReleased ?? undefined;
  const finalizedBefore = await dateOf();
  await once(
    lock,
    async () => (await isDeployed()) && (await dateOf()) !== undefined,
    async (hold) => {
      if (!(await isDeployed())) {
        await addDeploy(hold);
        addedDeploy = true;
      }
      // Releases are ordered by this date: deploying an older one again must not make it the newest.
      const dateReleased = (await dateOf()) ? {} : { dateReleased: new Date(clock.now()).toISOString() };
      await sentry.change(version, { ...dateReleased, ref: commit ?? version.slice(version.lastIndexOf("@") + 1) });
    },
  );
  return { addedDeploy, finalizedBefore };
}
