import { fileURLToPath } from "node:url";
import { execa } from "execa";
import type { TestStack } from "../../support/stack.ts";

const launcher = fileURLToPath(new URL("../../../src/operate/obs.mjs", import.meta.url));

export interface Said {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs `obs` in a stack's folder, as an engineer would. */
export async function obs(stack: TestStack, ...args: string[]): Promise<Said> {
  const { exitCode, stdout, stderr } = await execa(launcher, args, {
    cwd: stack.folder,
    env: { ...stack.env },
    extendEnv: false,
    reject: false,
    stdin: "ignore",
  });
  return { exitCode: exitCode ?? -1, stdout, stderr };
}
