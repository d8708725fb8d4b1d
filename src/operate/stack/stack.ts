import { execa } from "execa";
import { endedGently } from "../../local/processes.ts";
import { noSuchStack, type Project } from "./project.ts";

/** How a `pulumi` command ended. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StackParts {
  readonly name: string;
  readonly project: Project;
  /** The executable. */
  readonly pulumi: string;
  /** Environment of `pulumi`, which includes the vendors' keys. */
  readonly env: Readonly<Record<string, string>>;
  /** `--config-file …`, when the stack's configuration is not in its default file. */
  readonly configArguments: readonly string[];
  readonly signal: AbortSignal;
  /** Standard input of the command. Default: empty. */
  readonly input?: string;
  /** Details of the local cloud for the stack of `npm start`; undefined for any other. */
  readonly local?: LocalParts;
}

export interface LocalParts {
  /** False: only the vendors run, for this command alone, and no app. */
  readonly appsRun: boolean;
  /** Certificate authority of the local Redis, as PEM; undefined when there is no Redis. */
  readonly redisAuthority: string | undefined;
}

/** How long an interrupted `pulumi` may take to end. Only reading commands are interrupted, so nothing is left unfinished. */
const patienceMs = 5_000;

/** Pulumi's exit code for a stack that does not exist (pkg/cmd/pulumi/cmd/exit_codes.go). */
const stackNotFound = 6;

/** A stack, operated by the plain `pulumi` command. */
export class Stack {
  /** As given by the user; printed commands use this form. */
  readonly name: string;
  /** Its last part, without organization and project: `production`. */
  readonly stage: string;
  readonly project: Project;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly local: LocalParts | undefined;
  readonly #parts: StackParts;

  constructor(parts: StackParts) {
    this.name = parts.name;
    this.stage = parts.name.slice(parts.name.lastIndexOf("/") + 1);
    this.project = parts.project;
    this.env = parts.env;
    this.signal = parts.signal;
    this.local = parts.local;
    this.#parts = parts;
  }

  /**
   * Runs a command that reads the stack's configuration.
   * @throws Failure when there is no such stack; never for another exit code
   */
  run(...args: readonly string[]): Promise<Ran> {
    return this.#onStack([...args, "--stack", this.name, ...this.#parts.configArguments]);
  }

  /**
   * Runs a command that reads only the stack's state.
   * @throws Failure when there is no such stack; never for another exit code
   */
  look(...args: readonly string[]): Promise<Ran> {
    return this.#onStack([...args, "--stack", this.name]);
  }

  async #onStack(args: readonly string[]): Promise<Ran> {
    const ran = await this.#pulumi(args);
    // `pulumi config` ends with another code for it.
    if (ran.exitCode === stackNotFound || (ran.exitCode !== 0 && /no stack named '/.test(ran.stderr)))
      throw noSuchStack(this.name, this.project);
    return ran;
  }

  /** Runs a command that writes the state. Ctrl-C waits for its end, since a half-written state would be worse. */
  toItsEnd(...args: readonly string[]): Promise<Ran> {
    this.signal.throwIfAborted();
    return this.uninterrupted().run(...args);
  }

  /** The same with secrets, which must not appear in a list of processes: the command reads `input`. */
  toItsEndWith(input: string, ...args: readonly string[]): Promise<Ran> {
    this.signal.throwIfAborted();
    return new Stack({ ...this.#parts, signal: new AbortController().signal, input }).run(...args);
  }

  /** Makes the stack, with an empty state. */
  init(): Promise<Ran> {
    return this.uninterrupted().#pulumi(["stack", "init", this.name]);
  }

  /** The same stack, ignoring Ctrl-C, for work that must be finished. */
  uninterrupted = (): Stack => new Stack({ ...this.#parts, signal: new AbortController().signal });

  /** The same stack with these additional variables in the environment of `pulumi`. */
  withVariables = (variables: Readonly<Record<string, string>>): Stack =>
    new Stack({ ...this.#parts, env: { ...this.#parts.env, ...variables } });

  /** All stacks of the project. */
  list(): Promise<Ran> {
    return this.#pulumi(["stack", "ls", "--json"]);
  }

  /**
   * Runs in its own process group, so that Ctrl-C at the terminal reaches this process alone, which signals `pulumi` and
   * waits for it.
   */
  async #pulumi(args: readonly string[]): Promise<Ran> {
    const { pulumi, project, env, signal, input } = this.#parts;
    signal.throwIfAborted();
    const running = execa(pulumi, [...args, "--non-interactive", "--color", "never"], {
      cwd: project.folder,
      env: { ...env },
      extendEnv: false,
      ...(input === undefined ? { stdin: "ignore" as const } : { input }),
      reject: false,
      detached: process.platform !== "win32",
    });
    const { exitCode, stdout, stderr } = await endedGently(running, { signal, patienceMs });
    signal.throwIfAborted();
    return { exitCode: exitCode ?? 1, stdout, stderr };
  }
}

/** What Pulumi said went wrong, without its lead-in. */
export const pulumiMessage = (stderr: string): string => stderr.replace(/^error: /, "").trim();
