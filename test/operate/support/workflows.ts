import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { parse } from "yaml";
import { z } from "zod";

const folder = fileURLToPath(new URL("../../../.github/workflows", import.meta.url));

const step = z.looseObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  env: z.record(z.string(), z.string()).optional(),
  if: z.string().optional(),
  shell: z.string().optional(),
});
const defaults = z.object({ run: z.object({ shell: z.string().optional() }) }).optional();
const workflow = z.looseObject({
  permissions: z.record(z.string(), z.string()),
  concurrency: z.object({ group: z.string(), "cancel-in-progress": z.boolean() }),
  env: z.record(z.string(), z.string()),
  defaults,
  jobs: z.record(
    z.string(),
    z.looseObject({
      defaults,
      if: z.string().optional(),
      outputs: z.record(z.string(), z.string()).optional(),
      permissions: z.record(z.string(), z.string()).optional(),
      env: z.record(z.string(), z.string()).optional(),
      needs: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
      environment: z.string().optional(),
      /** Another workflow, in place of steps. */
      uses: z.string().optional(),
      steps: z.array(step).default([]),
    }),
  ),
});
export type Workflow = z.output<typeof workflow>;

export const workflowFiles = readdirSync(folder).filter((file) => file.endsWith(".yml"));
/** What the operator UI's repository takes over. */
export const appWorkflow = "operator-ui-deploy.yml";
const appFolder = fileURLToPath(new URL("../../../src/runtime/docs", import.meta.url));
export const workflowText = (file: string): string =>
  readFileSync(join(file === appWorkflow ? appFolder : folder, file), "utf8");
export const readWorkflow = (file: string): Workflow => workflow.parse(parse(workflowText(file)));

type Job = Workflow["jobs"][string];

/** With what GitHub starts the bash of a step: its usual one has no pipefail, the one that is asked for by name has. */
export const shellOptions = (of: Workflow, job: Job, { shell }: Job["steps"][number]): readonly string[] =>
  (shell ?? job.defaults?.run.shell ?? of.defaults?.run.shell) === "bash"
    ? ["--noprofile", "--norc", "-eo", "pipefail"]
    : ["-e"];

/** The shell of a step, by its name, and how GitHub starts it. */
export function shellOf(file: string, jobName: string, name: string) {
  const found = readWorkflow(file);
  const job = found.jobs[jobName];
  const one = job?.steps.find((step) => step.name === name);
  if (job === undefined || one?.run === undefined) throw new Error(`${file} has no step "${name}" in ${jobName}`);
  return { run: one.run, options: shellOptions(found, job, one) };
}

/** How a step ended, and what it left for GitHub. */
export interface StepRan {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the run's page shows. */
  readonly summary: string;
  /** What later steps and jobs see. */
  readonly output: string;
  /** What later steps have in their environment. */
  readonly variables: string;
}

/** Runs steps of workflows in a folder, as GitHub does: its bash for the step, with GitHub's own variables. */
export const stepsIn =
  (folder: string, usual: Readonly<Record<string, string | undefined>>) =>
  async (file: string, job: string, name: string, env: Readonly<Record<string, string>> = {}): Promise<StepRan> => {
    const sinks = {
      GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
      GITHUB_OUTPUT: join(folder, "output.txt"),
      GITHUB_ENV: join(folder, "env.txt"),
    };
    const { run, options } = shellOf(file, job, name);
    for (const sink of Object.values(sinks)) writeFileSync(sink, "");
    const ran = await execa("bash", [...options, "-c", run], {
      ...{ cwd: folder, env: { ...usual, ...env, ...sinks }, extendEnv: false, reject: false, stdin: "ignore" },
    });
    return {
      exitCode: ran.exitCode ?? -1,
      stdout: ran.stdout,
      stderr: ran.stderr,
      summary: readFileSync(sinks.GITHUB_STEP_SUMMARY, "utf8"),
      output: readFileSync(sinks.GITHUB_OUTPUT, "utf8"),
      variables: readFileSync(sinks.GITHUB_ENV, "utf8"),
    };
  };
