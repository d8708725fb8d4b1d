import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { execa } from "execa";
import { localStack, projectFolder } from "../../folder.ts";

type Command = "check" | "heal";

/** A command that an engineer would run in a terminal, and what it has said so far. */
export type DriftRun =
  | { readonly state: "never" }
  | { readonly state: "running"; readonly command: Command; readonly output: string }
  | { readonly state: "done"; readonly command: Command; readonly output: string; readonly exitCode: number };

export interface DriftRunner {
  readonly run: DriftRun;
  /** Starts it; nothing while one runs. */
  start(command: Command): void;
  /** Ends what runs; resolves when it has ended. */
  stop(): Promise<void>;
}

/** @param heal brings the stack up over what is live, and tells what it prints */
export interface DriftRunnerOptions {
  readonly heal: (print: (text: string) => void) => Promise<void>;
  /** Told whenever there is more to show. */
  readonly changed: () => void;
}

const obs = fileURLToPath(new URL("../../../operate/obs.mjs", import.meta.url));

/** Runs `obs drift` as it is, in a process of its own, so that what is seen here is what a terminal shows. */
export function driftRunner({ heal, changed }: DriftRunnerOptions): DriftRunner {
  let run: DriftRun = { state: "never" };
  let work: Promise<void> = Promise.resolve();
  const stopping = new AbortController();
  const show = (next: DriftRun): void => {
    run = next;
    changed();
  };
  const check = async (print: (text: string) => void): Promise<number> => {
    const child = execa(process.execPath, [obs, "drift", "--stack", localStack], {
      ...{ cwd: projectFolder, stdin: "ignore", reject: false, all: true, cancelSignal: stopping.signal },
      env: { NO_COLOR: "1" },
    } as const);
    child.all.on("data", (text: Buffer) => print(String(text)));
    return (await child).exitCode ?? 1;
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
      const exited = command === "check" ? check(print) : heal(print).then(() => 0);
      work = exited.then(
        (exitCode) => show({ state: "done", command, output, exitCode }),
        (error: Error) => show({ state: "done", command, output: `${output}\n${error.message}`, exitCode: 1 }),
      );
    },
    async stop() {
      stopping.abort();
      await work;
    },
  };
}
