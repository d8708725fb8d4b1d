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
  /** Newest first; undefined when the commits are not known. */
  readonly commits: readonly CommitOfRelease[] | undefined;
  /** Address of the deployed app. */
  readonly url: string | undefined;
}

export interface Marking {
  readonly sentry: Pick<SentryReleases, "make" | "release" | "change" | "deploys" | "addDeploy">;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Time that a claim must stand before it counts; longer than a request takes. */
  readonly claimMs: number;
}

/** How often to wait for another run's claim. A run that was killed leaves its claim behind. */
const mostClaims = 6;

/**
 * Creates the release, adds its commits, marks the deploy and finalizes it. Repeated or concurrent runs end with one release,
 * one deploy for the environment and the date of the first run. A deploy that was added twice all the same, because a request
 * took longer than {@link Marking.claimMs}, is reported.
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
  const { environment } = release;
  const count = (await sentry.deploys(version)).filter((deploy) => deploy.environment === environment).length;
  const often = count > 1 ? `, ${count} times: ${whyTwice}` : "";
  results.push(
    holds("Deploy", `${isNew ? "is marked" : "was marked already"} for the environment ${environment}${often}`),
  );
  // Releases are ordered by this date: deploying an older one again must not make it the newest.
  const dateReleased = made.dateReleased ? {} : { dateReleased: new Date(clock.now()).toISOString() };
  await sentry.change(version, { ...dateReleased, ref: refOf(release) });
  results.push(holds("Finalized", made.dateReleased ? `before, at ${made.dateReleased}` : "now"));
  return results;
}

/** Nothing at Sentry locks: a claim that stood while a request of another run was on its way for longer is no claim. */
const whyTwice = "runs that began at once each added one, of which Sentry takes none back and shows the newest";

const refOf = ({ version, commit }: ReleaseToMark): string => commit ?? version.slice(version.lastIndexOf("@") + 1);

/**
 * Adds the deploy if there is none. Sentry adds one with each request and cannot delete it, so concurrent runs agree on who
 * does it (Fischer's algorithm): each writes its claim into the release's `ref`, waits, and continues if the claim is unchanged.
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
      // Another run holds the claim: give it time to add the deploy.
      await clock.sleep(2 * claimMs);
      continue;
    }
    if (await isMarked()) return false;
    try {
      await sentry.addDeploy(version, { environment, projects: [project], ...(url !== undefined && { url }) });
    } catch (error) {
      // The deploy may have been added although its answer was lost.
      if (!(await isMarked())) throw error;
    }
    return true;
  }
  throw new Error(`other runs are marking the deploy of ${version}: run this again when they are done`);
}
