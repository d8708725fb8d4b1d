import { stripVTControlCharacters } from "node:util";
import { execa } from "execa";
import type { Ran, TestStack } from "./stack.ts";

/** Whether a test can have a terminal: `script` of util-linux makes one. */
export const hasTerminal = process.platform === "linux";

/** What a person types once a text stands on the screen: without the Enter that ends it. */
export interface Typed {
  readonly once: string;
  readonly types: string;
}

/**
 * Runs a line in the stack's folder at a terminal of its own, where somebody answers what is asked, in this order.
 * @returns all that was on the screen, without colours, as `text`; never throws for the exit code
 */
export async function atTerminal(
  { folder, env }: Pick<TestStack, "folder" | "env">,
  line: string,
  answers: readonly Typed[],
): Promise<Pick<Ran, "exitCode" | "text">> {
  const running = execa("script", ["--quiet", "--return", "--command", line, "/dev/null"], {
    ...{ cwd: folder, env: { ...env, TERM: "xterm" }, extendEnv: false, reject: false, all: true },
  });
  const left = [...answers];
  let unanswered = "";
  running.all.on("data", (text: Buffer) => {
    unanswered += String(text);
    const [next] = left;
    if (next === undefined || !unanswered.includes(next.once)) return;
    unanswered = "";
    left.shift();
    running.stdin.write(`${next.types}\r`);
  });
  const { exitCode, all } = await running;
  if (left.length > 0) throw new Error(`it ended before it asked "${left[0]?.once}":\n${all}`);
  return { exitCode: exitCode ?? -1, text: stripVTControlCharacters(all) };
}
