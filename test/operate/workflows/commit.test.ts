import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../support/temporary.ts";
import { stepsIn } from "../support/workflows.ts";

test("a commit is deployed that was merged, and no other that the repository knows", async () => {
  using folder = temporaryFolder("brandvx-commit-");
  const who = ["-c", "user.name=T", "-c", "user.email=t@brandvx.example"];
  const git = async (...args: string[]) => (await execa("git", [...who, ...args], { cwd: folder.path })).stdout.trim();
  const commit = async (name: string): Promise<string> => {
    writeFileSync(join(folder.path, name), name);
    await git("add", name);
    await git("commit", "-qm", name);
    return git("rev-parse", "HEAD");
  };
  await git("init", "-q", "-b", "main");
  const first = await commit("first");
  await git("checkout", "-qb", "branch");
  const merged = await commit("merged");
  await git("checkout", "-q", "main");
  await git("merge", "-q", "--no-ff", "-m", "merge", "branch");
  await git("checkout", "-qb", "another");
  const unmerged = await commit("unmerged");
  await git("tag", "v1", unmerged);
  // As for a pull request from a fork: a commit without any commit of ours as its parent.
  await git("checkout", "-q", "--orphan", "fork");
  const forks = await commit("fork");
  await git("checkout", "-q", "main");
  const newest = await git("rev-parse", "HEAD");

  const step = stepsIn(folder.path, { PATH: process.env.PATH, HOME: folder.path });
  const wanted = (WANTED: string) => step("deploy.yml", "commit", "The commit is one of main", { WANTED });
  for (const [given, full] of [
    ...[first, merged, newest].map((one) => [one, one] as const),
    [merged.slice(0, 10), merged],
    ["main~1", first],
  ] as const) {
    const { exitCode, output, stderr } = await wanted(given);
    expect(exitCode, stderr).toBe(0);
    expect(output).toBe(`commit=${full}\n`);
  }
  const absent = "0123456789abcdef0123456789abcdef01234567";
  for (const other of [unmerged, forks, "another", "v1", absent, "--all", "", "main; touch here", "HEAD..another"]) {
    const { exitCode, output } = await wanted(other);
    expect(exitCode, other).toBe(1);
    expect(output).toBe("");
  }
});
