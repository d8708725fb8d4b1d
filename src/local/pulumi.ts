import { existsSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { localKeys } from "./account.ts";
import { configArguments } from "./addresses.ts";
import type { Engine } from "./engine/ensure.ts";
import { engineEnvironment } from "./engine/environment.ts";
import { localFolder, localStack, projectFolder } from "./folder.ts";
import { installStandInPlugins } from "./plugins/install.ts";

/**
 * What `pulumi` sees on the local stack: a home and a state of its own, the local vendors' keys, and where Upstash is,
 * since the real plugin knows one address only and the stand-in takes the local one from the environment.
 */
export function localEnvironment(engine: Engine, upstashUrl: string): Record<string, string> {
  const folder = join(localFolder, "pulumi");
  const env = { ...engineEnvironment(engine, folder), ...localKeys, UPSTASH_API_BASE_URL: upstashUrl };
  installStandInPlugins(join(folder, "home"));
  return env;
}

/** Plain `pulumi` on the local stack: the engine with a home and a state of its own, and the local vendors' keys. */
export class LocalPulumi {
  readonly #engine: Engine;
  readonly #env: Record<string, string>;

  constructor(engine: Engine, upstashUrl: string) {
    this.#engine = engine;
    this.#env = localEnvironment(engine, upstashUrl);
  }

  /** Makes the stack where it is not there yet. Its configuration file is part of the repository and stays as it is. */
  async ensureStack(): Promise<void> {
    const file = join(
      localFolder,
      "pulumi",
      "state",
      ".pulumi",
      "stacks",
      "brandvx-observability",
      `${localStack}.json`,
    );
    if (!existsSync(file)) await this.#run(["stack", "init", localStack]);
  }

  /**
   * A command that knows `--stack` and reads the stack's configuration. Its output goes to the terminal, and to `print`
   * as it comes; throws when it fails.
   */
  async run(args: string[], print?: (text: string) => void): Promise<void> {
    const all = [...args, "--stack", localStack, ...configArguments(localFolder), "--non-interactive"];
    const running = execa(this.#engine.pulumi, all, {
      ...this.#surroundings,
      stdout: ["inherit", "pipe"],
      stderr: ["inherit", "pipe"],
      buffer: false,
    });
    for (const output of [running.stdout, running.stderr]) {
      output.on("data", (text: Buffer) => print?.(String(text)));
    }
    await running;
  }

  /** What the stack consists of. */
  async resources(): Promise<StackResource[]> {
    const { stdout } = await this.#run(["stack", "export", "--stack", localStack]);
    const { deployment } = JSON.parse(String(stdout)) as { deployment: { resources?: StackResource[] } };
    return deployment.resources ?? [];
  }

  #run = (args: string[]) => execa(this.#engine.pulumi, [...args, "--non-interactive"], this.#surroundings);

  get #surroundings() {
    return { cwd: projectFolder, env: this.#env, extendEnv: false, stdin: "ignore" } as const;
  }
}

export interface StackResource {
  urn: string;
  type: string;
  id?: string;
  custom: boolean;
  modified?: string;
  outputs?: Record<string, unknown>;
}
