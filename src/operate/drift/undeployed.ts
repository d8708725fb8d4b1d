import { execa } from "execa";
import { z } from "zod";
import { withProgramEnvironment } from "../../local/program-environment.ts";
import type { Stack } from "../stack/stack.ts";

/** How the code differs from what was deployed last: what follows from it is not drift, it waits for its deployment. */
export interface Undeployed {
  /** Commit that the last `up` was made of. */
  readonly commit: string;
  /** Files of the program that have changed since; undefined where git does not have that commit. */
  readonly files: readonly string[] | undefined;
}

/** What the program is made of, beside the stack's own configuration. */
const program = ["index.ts", "Pulumi.yaml", "package.json", "package-lock.json", "dashboards", "alerts", "src"];
/** Parts of src/ that no resource follows from. */
const notProgram = ["src/local", "src/operate", "src/runtime"];

/** As many as one request gives. What is younger than the last `up` are refreshes and previews of one. */
const updatesLookedAt = 50;
const updates = z.array(
  z.object({ kind: z.string(), environment: z.record(z.string(), z.string()).nullish().catch(undefined) }),
);

/** Undefined where it is not known of what the last `up` was made, or where nothing of the program has changed since. */
export async function undeployed(stack: Stack): Promise<Undeployed | undefined> {
  const { exitCode, stdout } = await stack.look(
    ...["stack", "history", "--json", "--page", "1", "--page-size", String(updatesLookedAt)],
  );
  const history = exitCode === 0 ? updates.safeParse(parsed(stdout)) : undefined;
  const last = history?.data?.find(({ kind }) => kind === "update");
  const commit = last?.environment?.["git.head"];
  if (commit === undefined || !/^[0-9a-f]{7,64}$/.test(commit)) return undefined;
  const files = await changedSince(commit, stack);
  return files?.length === 0 ? undefined : { commit, files };
}

async function changedSince(commit: string, { project, stage }: Stack): Promise<string[] | undefined> {
  const paths = [...program, `Pulumi.${stage}.yaml`, ...notProgram.map((path) => `:(exclude)${path}`)];
  const { exitCode, stdout } = await execa("git", ["diff", "--name-only", "-z", "--relative", commit, "--", ...paths], {
    ...{ cwd: project.folder, reject: false, stdin: "ignore" },
    ...withProgramEnvironment(),
  });
  return exitCode === 0 ? stdout.split("\0").filter(Boolean) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
