import { execa } from "execa";
import { z } from "zod";
import { withProgramEnvironment } from "../../local/program-environment.ts";
import { parsedJson } from "../../model/json.ts";
import type { Stack } from "../stack/stack.ts";

/** How the code differs from the last deployment. What results from it is not drift; it waits for its deployment. */
export interface Undeployed {
  /** Commit that the last `up` deployed. */
  readonly commit: string;
  /** Files of the program that have changed since; undefined when git does not have that commit. */
  readonly files: readonly string[] | undefined;
  /**
   * Those of the files whose every merge since that commit is within the last {@link longestWaitHours}.
   * A file that is changed only in this folder or on a branch does not wait for a deployment.
   */
  readonly recent: readonly string[];
}

/**
 * Hours that a merge may wait for its deployment before the differences that it could explain are reported. Most merges change
 * no resource, so no `up` follows them, and the last deployed commit stays behind.
 */
export const longestWaitHours = 24;

/** Paths of the program, without the stack's configuration. */
const program = ["index.ts", "Pulumi.yaml", "package.json", "package-lock.json", "dashboards", "alerts", "src"];
/** Folders of src/ that define no resource. */
const notProgram = ["local", "operate", "runtime", "generate", "insights/draw", "insights/evaluate"];

/** Size of one page of history. Entries after the last `up` are refreshes and previews. */
const updatesLookedAt = 50;
const updates = z.array(
  z.object({ kind: z.string(), environment: z.record(z.string(), z.string()).nullish().catch(undefined) }),
);

/** Undefined when the last deployed commit is not known, or when the program has not changed since. */
export async function undeployed(stack: Stack, now = new Date()): Promise<Undeployed | undefined> {
  const { exitCode, stdout } = await stack.look(
    ...["stack", "history", "--json", "--page", "1", "--page-size", String(updatesLookedAt)],
  );
  const history = exitCode === 0 ? updates.safeParse(parsedJson(stdout)) : undefined;
  const last = history?.data?.find(({ kind }) => kind === "update");
  const commit = last?.environment?.["git.head"];
  if (commit === undefined || !/^[0-9a-f]{7,64}$/.test(commit)) return undefined;
  const files = await filesOf(stack, ["diff", commit]);
  if (files === undefined) return { commit, files, recent: [] };
  if (files.length === 0) return undefined;
  // Dated by the merge into main: a commit's own date may be much older.
  const merged = ["log", "--first-parent", "-m", "--format="];
  const latest = new Date(now.getTime() - longestWaitHours * 3_600_000).toISOString();
  const since = await filesOf(stack, [...merged, `${commit}..HEAD`]);
  const before = await filesOf(stack, [...merged, `--before=${latest}`, `${commit}..HEAD`]);
  const recent = files.filter((file) => since?.includes(file) && before?.includes(file) === false);
  return { commit, files, recent };
}

/** Old and new name of a renamed file: a resource may be removed with the old one. */
async function filesOf({ project, stage }: Stack, [command = "", ...args]: string[]): Promise<string[] | undefined> {
  const paths = [...program, `Pulumi.${stage}.yaml`, ...notProgram.map((path) => `:(exclude)src/${path}`)];
  const { exitCode, stdout } = await execa(
    "git",
    [command, "--name-only", "--no-renames", "-z", "--relative", ...args, "--", ...paths],
    { cwd: project.folder, reject: false, stdin: "ignore", ...withProgramEnvironment() },
  );
  return exitCode === 0 ? [...new Set(stdout.split("\0").filter(Boolean))] : undefined;
}
