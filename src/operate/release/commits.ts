import { execa } from "execa";
import { commitPattern } from "../../model/release.ts";
import { redactText } from "../../runtime/shared/privacy/text.ts";
import type { CommitOfRelease } from "../access/releases.ts";
import { Failure } from "../command/failure.ts";

/** The full hash of a commit. @throws Failure when the folder does not have the commit */
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

/** Maximum commits per release. Sentry accepts more, but nobody reads more. */
const mostCommits = 200;
const separator = "\u001f";

/**
 * The commits of a release, newest first: those since the last release's commit, if the checkout has it, else only the
 * release's own. Each with the redacted first line of its message, without author.
 *
 * @throws Failure when the folder does not have the commit
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
  // Sentry's value for the last release's commit may be any text.
  const isCommit = since !== undefined && commitPattern.test(since);
  const hasSince = isCommit && since !== commit && (await knows(since));
  const range = hasSince ? [`${since}..${commit}`, "-n", String(mostCommits)] : [commit, "-n", "1"];
  const { stdout } = await git("log", `--format=%H${separator}%cI${separator}%s`, ...range, "--");
  const lines = stdout.split("\n").filter(Boolean);
  return lines.map((line) => {
    const [id = "", timestamp = "", subject = ""] = line.split(separator);
    return { id, timestamp, message: String(redactText(subject)), ...(repository !== undefined && { repository }) };
  });
}
