import { existsSync, watch } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import color from "picocolors";
import { localKeys } from "./account.ts";
import { configArguments } from "./addresses.ts";
import type { Engine } from "./engine/ensure.ts";
import { engineEnvironment } from "./engine/environment.ts";
import { localFolder, localStack, projectFolder } from "./folder.ts";
import { isLeftLocked } from "./locks.ts";
import { installStandInPlugins } from "./plugins/install.ts";
import { notedPlugins } from "./plugins/real.ts";
import { practiceKeys } from "./practice-keys.ts";
import { endedGently } from "./processes.ts";

/**
 * Environment of `pulumi` on the local stack: its own home and state, the local vendors' keys (or made-up ones of the
 * environment, for a rehearsal), and the local Upstash's address, which the stand-in plugin reads from the environment, since
 * the real plugin has no setting for it.
 */
export function localEnvironment(engine: Engine, upstashUrl: string): Record<string, string> {
  const folder = join(localFolder, "pulumi");
  const keys = { ...localKeys, ...practiceKeys(process.env).used };
  const env = { ...engineEnvironment(engine, folder), ...keys, UPSTASH_API_BASE_URL: upstashUrl };
  installStandInPlugins(join(folder, "home"), notedPlugins(localFolder));
  return env;
}

/** How long an interrupted `up` may take to end: it finishes the operations in progress. */
const patienceMs = 20_000;

const isGroupLeader = process.platform !== "win32";

/** Runs `pulumi` on the local stack, with its own home and state, and the local vendors' keys. */
export class LocalPulumi {
  readonly #engine: Engine;
  readonly #env: Record<string, string>;
  readonly #signal: AbortSignal;

  /** @param signal ends running commands and prevents new ones */
  constructor(engine: Engine, upstashUrl: string, signal: AbortSignal) {
    this.#engine = engine;
    this.#env = localEnvironment(engine, upstashUrl);
    this.#signal = signal;
  }

  /**
   * Creates the stack if it does not exist, and removes the lock of a killed `pulumi`. Its configuration file belongs to the
   * repository and stays unchanged.
   */
  async ensureStack(): Promise<void> {
    const state = join(localFolder, "pulumi", "state");
    const stack = `brandvx-observability/${localStack}`;
    if (!existsSync(join(state, ".pulumi", "stacks", `${stack}.json`))) {
      await this.#quiet(["stack", "init", localStack]);
    } else if (isLeftLocked(state, stack)) {
      await this.#quiet(["cancel", "--yes", "--stack", localStack]);
    }
  }

  /**
   * Runs a command that accepts `--stack` and reads the stack's configuration. Its output is streamed to the terminal and, if
   * given, to `print`. Throws when it fails.
   */
  async run(args: string[], print?: (text: string) => void): Promise<void> {
    const all = [...args, "--stack", localStack, ...configArguments(localFolder), "--non-interactive"];
    if (print === undefined) {
      await this.#end(
        execa(this.#engine.pulumi, all, { ...this.#surroundings, stdout: "inherit", stderr: "inherit" } as const),
      );
      return;
    }
    // `pulumi` does not detect a terminal behind a pipe, so colors must be requested explicitly.
    const running = execa(this.#engine.pulumi, [...all, "--color", color.isColorSupported ? "always" : "never"], {
      ...this.#surroundings,
      stdout: ["inherit", "pipe"],
      stderr: ["inherit", "pipe"],
      buffer: false,
    });
    for (const output of [running.stdout, running.stderr]) {
      output.on("data", (text: Buffer) => print(String(text)));
    }
    await this.#end(running);
  }

  /** The same without output to the terminal; does not throw when it fails. */
  async quietly(args: string[]): Promise<{ readonly succeeded: boolean; readonly output: string }> {
    const all = [
      ...args,
      "--stack",
      localStack,
      ...configArguments(localFolder),
      "--non-interactive",
      "--color",
      "never",
    ];
    const { exitCode, all: output } = await this.#end(
      execa(this.#engine.pulumi, all, { ...this.#surroundings, all: true, reject: false } as const),
    );
    return { succeeded: exitCode === 0, output };
  }

  /** The stack's resources. */
  async resources(): Promise<StackResource[]> {
    const { stdout } = await this.#quiet(["stack", "export", "--stack", localStack]);
    const { deployment } = JSON.parse(String(stdout)) as { deployment: { resources?: StackResource[] } };
    return deployment.resources ?? [];
  }

  #quiet = (args: string[]) =>
    this.#end(execa(this.#engine.pulumi, [...args, "--non-interactive"], this.#surroundings));

  async #end<Result>(running: Parameters<typeof endedGently<Result>>[0]): Promise<Result> {
    const result = await endedGently(running, { signal: this.#signal, patienceMs });
    this.#signal.throwIfAborted();
    return result;
  }

  get #surroundings() {
    this.#signal.throwIfAborted();
    // A Ctrl-C at the terminal reaches this process alone, which signals the others.
    return { cwd: projectFolder, env: this.#env, extendEnv: false, stdin: "ignore", detached: isGroupLeader } as const;
  }
}

/**
 * Calls `changed` when any `pulumi` has written the local stack's state.
 * @returns a function that stops watching
 */
export function whenStateChanges(changed: () => void): () => void {
  const folder = join(localFolder, "pulumi", "state", ".pulumi", "stacks", "brandvx-observability");
  let timer: NodeJS.Timeout | undefined;
  // An `up` writes the state with each step.
  const watcher = watch(folder, (_, file) => {
    if (file !== `${localStack}.json`) return;
    clearTimeout(timer);
    timer = setTimeout(changed, 700);
  });
  watcher.on("error", () => watcher.close());
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

export interface StackResource {
  urn: string;
  type: string;
  id?: string;
  custom: boolean;
  modified?: string;
  outputs?: Record<string, unknown>;
}
