import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { execa } from "execa";
import { endWithUs } from "../../ends-with-us.ts";
import { programEnvironment } from "../../program-environment.ts";

/** "check" looks for drift; "heal" restores what the code says. */
export type DriftCommand = "check" | "heal";

/** A command as run in a terminal, with its output so far. */
export type DriftRun =
  | { readonly state: "never" }
  | { readonly state: "running"; readonly command: DriftCommand; readonly output: string }
  | { readonly state: "done"; readonly command: DriftCommand; readonly output: string; readonly exitCode: number };

/**
 * Does the work of a command.
 * @param print called with what it prints, as it comes
 * @param signal aborts when the console stops
 * @returns its exit code
 */
export type DriftWork = (print: (text: string) => void, signal: AbortSignal) => Promise<number>;

export interface DriftRunner {
  readonly run: DriftRun;
  /** Starts the command; does nothing while one is running. */
  start(command: DriftCommand): void;
  /** Stops the running command; resolves when it has ended. */
  stop(): Promise<void>;
}

export interface DriftRunnerOptions {
  readonly work: Readonly<Record<DriftCommand, DriftWork>>;
  /** Called whenever there is new output. */
  readonly changed: (run: DriftRun) => void;
}

export function driftRunner({ work, changed }: DriftRunnerOptions): DriftRunner {
  let run: DriftRun = { state: "never" };
  let settled: Promise<void> = Promise.resolve();
  const stopping = new AbortController();
  const show = (next: DriftRun): void => {
    run = next;
    changed(run);
  };

  return {
    get run() {
      return run;
    },
    start(command) {
      if (run.state === "running") return;
      let output = "";
      const print = (text: string): void => {
        output += stripVTControlCharacters(text);
        show({ state: "running", command, output });
      };
      show({ state: "running", command, output });
      settled = work[command](print, stopping.signal).then(
        (exitCode) => show({ state: "done", command, output, exitCode }),
        (error: Error) => show({ state: "done", command, output: `${output}\n${error.message}`, exitCode: 1 }),
      );
    },
    async stop() {
      stopping.abort();
      await settled;
    },
  };
}

const launcher = fileURLToPath(new URL("../../../operate/obs.mjs", import.meta.url));

/**
 * Runs `obs drift` in its own process, so that the console shows the same output as a terminal.
 * @param folder of the project
 * @param env additional environment variables
 */
export function obsDrift(stack: string, folder: string, env: Readonly<Record<string, string>> = {}): DriftWork {
  return async (print, signal) => {
    const running = endWithUs(
      execa(process.execPath, [launcher, "drift", "--stack", stack], {
        ...{ cwd: folder, stdin: "ignore", reject: false, all: true, cancelSignal: signal },
        ...{ env: { ...programEnvironment(), ...env, NO_COLOR: "1" }, extendEnv: false },
      } as const),
    );
    running.all.on("data", (text: Buffer) => print(String(text)));
    return (await running).exitCode ?? 1;
  };
}
