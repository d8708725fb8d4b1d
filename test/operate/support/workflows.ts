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
});
const workflow = z.looseObject({
  permissions: z.record(z.string(), z.string()),
  concurrency: z.object({ group: z.string(), "cancel-in-progress": z.boolean() }),
  env: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.looseObject({
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
export const workflowText = (file: string): string => readFileSync(`${folder}/${file}`, "utf8");
export const readWorkflow = (file: string): Workflow => workflow.parse(parse(workflowText(file)));

/** The shell of a step, by its name. */
export function shellOf(file: string, job: string, name: string): string {
  const found = readWorkflow(file).jobs[job]?.steps.find((one) => one.name === name)?.run;
  if (found === undefined) throw new Error(`${file} has no step "${name}" in ${job}`);
  return found;
}

/** How a step ended, and what it left for GitHub. */
export interface StepRan {
  readonly exitCode: number;
  readonly stderr: string;
  /** What the run's page shows. */
  readonly summary: string;
  /** What later steps and jobs see. */
  readonly output: string;
}

/** Runs steps of workflows in a folder, as GitHub does: bash that ends at the first failure, with GitHub's own variables. */
export const stepsIn =
  (folder: string, usual: Readonly<Record<string, string | undefined>>) =>
  async (file: string, job: string, name: string, env: Readonly<Record<string, string>> = {}): Promise<StepRan> => {
    const sinks = { GITHUB_STEP_SUMMARY: join(folder, "summary.md"), GITHUB_OUTPUT: join(folder, "output.txt") };
    for (const sink of Object.values(sinks)) writeFileSync(sink, "");
    const ran = await execa("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", shellOf(file, job, name)], {
      ...{ cwd: folder, env: { ...usual, ...env, ...sinks }, extendEnv: false, reject: false, stdin: "ignore" },
    });
    return {
      exitCode: ran.exitCode ?? -1,
      stderr: ran.stderr,
      summary: readFileSync(sinks.GITHUB_STEP_SUMMARY, "utf8"),
      output: readFileSync(sinks.GITHUB_OUTPUT, "utf8"),
    };
  };
