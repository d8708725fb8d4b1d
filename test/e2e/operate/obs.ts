import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { heldAgainstSchema } from "../../operate/support/json-schema.ts";
import type { TestStack } from "../../support/stack.ts";

export const launcher = fileURLToPath(new URL("../../../src/operate/obs.mjs", import.meta.url));

export interface CommandOutput {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs `obs` in a stack's folder, as an engineer would. */
export async function obs(stack: Pick<TestStack, "folder" | "env">, ...args: string[]): Promise<CommandOutput> {
  const { exitCode, stdout, stderr } = await execa(launcher, args, {
    cwd: stack.folder,
    env: { ...stack.env },
    extendEnv: false,
    reject: false,
    stdin: "ignore",
  });
  // Checked for every test: JSON output always matches its documented schema.
  if (args.includes("--json") && stdout !== "") heldAgainstSchema(stdout);
  return { exitCode: exitCode ?? -1, stdout, stderr };
}
