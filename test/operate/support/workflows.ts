import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";

const folder = fileURLToPath(new URL("../../../.github/workflows", import.meta.url));

const step = z.looseObject({ name: z.string().optional(), uses: z.string().optional(), run: z.string().optional() });
const workflow = z.looseObject({
  permissions: z.record(z.string(), z.string()),
  concurrency: z.object({ group: z.string(), "cancel-in-progress": z.boolean() }),
  env: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.looseObject({
      permissions: z.record(z.string(), z.string()).optional(),
      env: z.record(z.string(), z.string()).optional(),
      steps: z.array(step),
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
