import { randomBytes } from "node:crypto";
import type { Clock } from "../../resources/kernel/clock.ts";
import type { CommitOfRelease, SentryReleases } from "../access/releases.ts";
import { holds, type Result } from "../checks/check.ts";
import { quantity } from "../text/phrase.ts";

export interface ReleaseToMark {
  readonly version: string;
  /** Slug of the app's project in Sentry. */
  readonly project: string;
  readonly environment: string;
  readonly commit: string | undefined;
  /** Newest first; undefined where the commits are not known here. */
  readonly commits: readonly CommitOfRelease[] | undefined;
  /** Where the app is deployed. */
  readonly url: string | undefined;
}

export interface Marking {
  readonly sentry: Pick<SentryReleases, "make" | "release" | "change" | "deploys" | "addDeploy">;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long a claim stands before it counts; longer than a request takes. */
  readonly claimMs: number;
}

/** How often the claim of another run is waited for. A run that was stopped leaves its claim behind. */
const mostClaims = 6;

/**
 * Makes the release, gives it its commits, marks the deploy and finalizes it. Done again, or begun by several at once, it
 * ends with one release, one deploy for the environment and the date of the first time.
 */
export async function markRelease(release: ReleaseToMark, marking: Marking): Promise<Result[]> {
  const { sentry, clock } = marking;
  const { version, project, commits } = release;
  const made = await sentry.make(version, project);
  const results = [holds(`\`${version}\``, `is in Sentry, for the project ${project}`)];
  if (commits !== undefined && commits.length > 0) {
    await sentry.change(version, { commits });
    results.push(
      holds("Commits", `${quantity(commits.length, "commit")} belong${commits.length === 1 ? "s" : ""} to it`),
    );
  }
  const isNew = await markDeploy(release, marking);
  results.push(
    holds("Deploy", `${isNew ? "is marked" : "was marked already"} for the environment ${release.environment}`),
  );
  // Its date orders releases: going back to an older one must not make it the newest.
  const dateReleased = made.dateReleased ? {} : { dateReleased: new Date(clock.now()).toISOString() };
  await sentry.change(version, { ...dateReleased, ref: refOf(release) });
  results.push(holds("Finalized", made.dateReleased ? `before, at ${made.dateReleased}` : "now"));
  return results;
}

const refOf = ({ version, commit }: ReleaseToMark): string => commit ?? version.slice(version.lastIndexOf("@") + 1);

/**
 * Adds the deploy where there is none. Sentry adds one with each request and takes none back, so runs that meet agree on who
 * does it (Fischer's algorithm): each writes its claim into the release's `ref`, waits, and goes on if the claim still stands.
 *
 * @returns whether this run added it
 */
async function markDeploy(release: ReleaseToMark, { sentry, clock, signal, claimMs }: Marking): Promise<boolean> {
  const { version, environment, project, url } = release;
  const isMarked = async () => (await sentry.deploys(version)).some((deploy) => deploy.environment === environment);
  for (let claims = 0; claims < mostClaims; claims += 1) {
    signal.throwIfAborted();
    if (await isMarked()) return false;
    const claim = `deploying ${randomBytes(8).toString("hex")}`;
    await sentry.change(version, { ref: claim });
    await clock.sleep(claimMs);
    signal.throwIfAborted();
    const now = await sentry.release(version);
    if (now?.ref !== claim) {
      // Another run's claim stands: it has its time to add the deploy.
      await clock.sleep(2 * claimMs);
      continue;
    }
    if (await isMarked()) return false;
    try {
      await sentry.addDeploy(version, { environment, projects: [project], ...(url !== undefined && { url }) });
    } catch (error) {
      // The answer may have been lost behind a deploy that was added.
      if (!(await isMarked())) throw error;
    }
    return true;
  }
  throw new Error(`other runs mark the deploy of ${version} all the time: run it again when they are done`);
}
