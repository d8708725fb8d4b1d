import { fork } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { z } from "zod";
import { endsWithUs, endWithUs } from "../ends-with-us.ts";
import { localFolder } from "../folder.ts";
import { programEnvironment } from "../program-environment.ts";
import { type Problem, problem, type Reading, reading } from "./definitions.ts";

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const environment = () => ({
  ...programEnvironment(),
  NODE_NO_WARNINGS: "1",
  // What was not edited is not translated again: half of the time of a look at the files.
  NODE_COMPILE_CACHE: join(localFolder, "compiled"),
});

/** A check of a folder's files. */
export interface Check {
  /** The definitions, and the findings of their own checks. */
  readonly read: Promise<Reading>;
  /** The compiler's findings, which take longer. */
  readonly compiled: Promise<readonly Problem[]>;
}

export interface Checker {
  check(): Check;
  stop(): void;
}

const compiled = z.object({ number: z.number(), problems: z.array(problem) });

/** @param folder of the project */
export function startChecker(folder: string): Checker {
  const compiler = fork(file("compile.ts"), [folder], {
    ...{ cwd: folder, env: environment(), stdio: ["ignore", "ignore", "ignore", "ipc"], execArgv: [] },
  });
  const ended = endsWithUs(compiler.pid);
  const waiting = new Map<number, (problems: readonly Problem[]) => void>();
  let asked = 0;
  let isGone = false;
  compiler.on("message", (message) => {
    const { number, problems } = compiled.parse(message);
    waiting.get(number)?.(problems);
    waiting.delete(number);
  });
  // Without a compiler, mistakes are found when the files are loaded, and by `pulumi`.
  const gone = (): void => {
    isGone = true;
    ended();
    for (const resolve of waiting.values()) resolve([]);
    waiting.clear();
  };
  compiler.on("exit", gone);
  compiler.on("error", gone);
  // Neither the child process nor the channel to it keeps this process alive.
  compiler.unref();
  compiler.channel?.unref();

  const compile = (): Promise<readonly Problem[]> => {
    if (isGone) return Promise.resolve([]);
    asked += 1;
    const number = asked;
    const answer = new Promise<readonly Problem[]>((resolve) => waiting.set(number, resolve));
    compiler.send(number);
    return answer;
  };

  return {
    check() {
      const read = readFiles(folder);
      // After it: what the files say is shown before they are compiled, and a machine may have few processors.
      return { read, compiled: read.then(compile) };
    },
    stop() {
      compiler.kill();
    },
  };
}

async function readFiles(folder: string): Promise<Reading> {
  const { stdout, stderr, exitCode } = await endWithUs(
    execa(process.execPath, [file("read.ts"), folder], {
      ...{ cwd: folder, stdin: "ignore", reject: false, env: environment(), extendEnv: false, timeout: 60_000 },
    } as const),
  );
  try {
    return reading.parse(JSON.parse(stdout));
  } catch {
    const lastLine = stderr.trim().split("\n").at(-1) || `it ended with exit code ${exitCode ?? "none"}`;
    const message = `the files could not be loaded: ${lastLine}`;
    return { definitions: null, problems: [{ file: "dashboards/index.ts", line: null, message, tileKey: null }] };
  }
}
