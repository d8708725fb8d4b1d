import { execa } from "execa";
import { z } from "zod";
import { withProgramEnvironment } from "../../local/program-environment.ts";
import { parsedJson } from "../../model/json.ts";
import type { Stack } from "../stack/stack.ts";

/** How the code differs from what was deployed last: what follows from it is not drift, it waits for its deployment. */
export interface Undeployed {
  /** Commit that the last `up` was made of. */
  readonly commit: string;
  /** Files of the program that have changed since; undefined where git does not have that commit. */
  readonly files: readonly string[] | undefined;
  /**
   * Those of the files that were merged within the last {@link longestWaitHours}, all that was merged of them since that commit.
   * A file that is changed in this folder alone, or that only a branch had, waits for no deployment.
   */
  readonly recent: readonly string[];
}

/**
 * How long a merge may wait for its deployment before what it would explain is reported as drift may be. Most merges change no
 * resource: no `up` follows them, and the commit of the last one stays behind for good.
 */
export const longestWaitHours = 24;

/** What the program is made of, beside the stack's own configuration. */
const program = ["index.ts", "Pulumi.yaml", "package.json", "package-lock.json", "dashboards", "alerts", "src"];
/** Parts of src/ that no resource follows from. */
const notProgram = ["local", "operate", "runtime", "generate", "insights/draw", "insights/evaluate"];

/** As many as one request gives. What is younger than the last `up` are refreshes and previews of one. */
const updatesLookedAt = 50;
const updates = z.array(
  z.object({ kind: z.string(), environment: z.record(z.string(), z.string()).nullish().catch(undefined) }),
);

/** Undefined where it is not known of what the last `up` was made, or where nothing of the program has changed since. */
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
  // As main got them, by the dates of the merges: those of what was merged are as old as the work on it.
  const merged = ["log", "--first-parent", "-m", "--format="];
  const latest = new Date(now.getTime() - longestWaitHours * 3_600_000).toISOString();
  const since = await filesOf(stack, [...merged, `${commit}..HEAD`]);
  const before = await filesOf(stack, [...merged, `--before=${latest}`, `${commit}..HEAD`]);
  const recent = files.filter((file) => since?.includes(file) && before?.includes(file) === false);
  return { commit, files, recent };
}

/** Both names of what was renamed: a resource goes with the old one. */
async function filesOf({ project, stage }: Stack, [command = "", ...args]: string[]): Promise<string[] | undefined> {
  const paths = [...program, `Pulumi.${stage}.yaml`, ...notProgram.map((path) => `:(exclude)src/${path}`)];
  const { exitCode, stdout } = await execa(
    "git",
    [command, "--name-only", "--no-renames", "-z", "--relative", ...args, "--", ...paths],
    { cwd: project.folder, reject: false, stdin: "ignore", ...withProgramEnvironment() },
  );
  return exitCode === 0 ? [...new Set(stdout.split("\0").filter(Boolean))] : undefined;
}
