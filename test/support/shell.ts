import { execa } from "execa";
import type { Ran, TestStack } from "./stack.ts";

/** Commands of `pulumi` and `npx obs` that a text has on separate lines or in a second column, each once, without the remark in brackets after it. */
export const printedCommands = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(/(?:^[\s│•-]*| {4})((?:pulumi|npx obs) .*?)(?: {4}\(.*\))?$/gm)].map(([, command = ""]) =>
      command.trim(),
    ),
  ),
];

/** Runs a line as somebody pastes it into a shell, in the stack's folder; never throws for its exit code. */
export async function inShell(stack: TestStack, line: string): Promise<Ran> {
  const ran = await execa("/bin/sh", ["-c", line], {
    cwd: stack.folder,
    env: { ...stack.env },
    extendEnv: false,
    reject: false,
    all: true,
    stdin: "ignore",
  });
  return { exitCode: ran.exitCode ?? -1, text: ran.all, stdout: ran.stdout };
}
