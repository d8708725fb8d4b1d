import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { releaseName, releasePattern, releaseRule } from "../../model/release.ts";
import { nonEmpty } from "../shared/settings.ts";

/** The commit being built, from the variables of Cloudflare Pages, GitHub and GitLab. */
const commitVariables = ["CF_PAGES_COMMIT_SHA", "GITHUB_SHA", "CI_COMMIT_SHA"] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The release of a build: SENTRY_RELEASE, else the app with its version, else with its commit. Undefined when no commit
 * is known.
 * @throws Error for a name that Sentry would refuse
 */
export async function releaseOf(
  { release, version }: { readonly release?: string; readonly version?: string },
  env: Environment,
  folder: string,
): Promise<string | undefined> {
  const named = nonEmpty(release) ?? nonEmpty(env.SENTRY_RELEASE);
  const of =
    nonEmpty(version) ?? commitVariables.map((name) => nonEmpty(env[name])).find(Boolean) ?? (await commitIn(folder));
  const name = named ?? (of === undefined ? undefined : releaseName("browser", of));
  if (name !== undefined && !releasePattern.test(name))
    throw new Error(`The release ${JSON.stringify(name)} ${releaseRule}.`);
  return name;
}

async function commitIn(folder: string): Promise<string | undefined> {
  const { stdout } = await promisify(execFile)("git", ["rev-parse", "HEAD"], { cwd: folder }).catch(() => ({
    stdout: "",
  }));
  return /^[0-9a-f]{40}\s*$/.test(stdout) ? stdout.trim() : undefined;
}
