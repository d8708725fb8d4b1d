import { execa } from "execa";
import { redactText } from "../../runtime/shared/privacy/text.ts";
import type { CommitOfRelease } from "../access/releases.ts";
import { Failure } from "../command/failure.ts";

/** All digits of a commit. @throws Failure for a folder without it */
export async function wholeCommit(checkout: string, commit: string): Promise<string> {
  const { exitCode, stdout } = await execa("git", ["rev-parse", "--verify", "--quiet", `${commit}^{commit}`], {
    ...{ cwd: checkout, reject: false },
  });
  if (exitCode !== 0) throw noCommit(checkout, commit);
  return stdout.trim();
}

const noCommit = (checkout: string, commit: string): Failure =>
  new Failure(`the checkout ${checkout} has no commit ${commit}`, {
    fix: "fetch it (`git fetch --unshallow`), or name the app's checkout: --checkout <folder>",
  });

/** Sentry takes more; nobody reads more. */
const mostCommits = 200;
const separator = "\u001f";

/**
 * The commits that a release brings, newest first: those since the commit of the last release, where the checkout has it,
 * else the one alone. With the first line of each message, redacted, and without names and addresses of authors.
 *
 * @throws Failure for a folder without the commit
 */
export async function commitsIn(
  checkout: string,
  commit: string,
  since: string | undefined,
  repository: string | undefined,
): Promise<CommitOfRelease[]> {
  const git = (...args: string[]) => execa("git", args, { cwd: checkout, reject: false });
  const knows = async (name: string) => (await git("cat-file", "-e", `${name}^{commit}`)).exitCode === 0;
  if (!(await knows(commit))) throw noCommit(checkout, commit);
  // What Sentry has as the last release's commit is whatever somebody wrote there.
  const isCommit = since !== undefined && /^[0-9a-f]{7,40}$/i.test(since);
  const hasSince = isCommit && since !== commit && (await knows(since));
  const range = hasSince ? [`${since}..${commit}`, "-n", String(mostCommits)] : [commit, "-n", "1"];
  const { stdout } = await git("log", `--format=%H${separator}%cI${separator}%s`, ...range, "--");
  const lines = stdout.split("\n").filter(Boolean);
  return lines.map((line) => {
    const [id = "", timestamp = "", subject = ""] = line.split(separator);
    return { id, timestamp, message: String(redactText(subject)), ...(repository !== undefined && { repository }) };
  });
}
