import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { inject } from "vitest";
import { parseDocument } from "yaml";
import { engineEnvironment } from "../../src/local/engine/environment.ts";
import { installStandInPlugins } from "../../src/local/plugins/install.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

/** The files of the program, copied so that a test can change a definition as an engineer would. */
const program = ["index.ts", "Pulumi.yaml", "package.json", "dashboards", "alerts", "src"];
/** Parts of src/ that the program does not import: it finds the resources package in node_modules. */
const notProgram = ["local", "operate", "runtime", "resources"].map((name) => join(checkout, "src", name));

/** What git does not track. */
const notCloned = /^(node_modules|dist|\.git|\.local|.*\.(tgz|log|tsbuildinfo))$/;

export interface Ran {
  exitCode: number;
  /** What a person sees: stdout and stderr in the order they came. */
  text: string;
  stdout: string;
}

export interface StackOptions {
  name?: string;
  /** By Pulumi's keys; keys of the project itself have no prefix. */
  config: Record<string, unknown>;
  env?: Record<string, string>;
  /** Copies everything that a clone has, not the program alone: definitions of stacks, workflows, policy, documents. */
  isClone?: boolean;
}

/** A separate stack in a copy of the program, driven by plain `pulumi` commands. */
export class TestStack {
  readonly folder: string;
  readonly name: string;
  /** The environment of `pulumi`: an engine, a separate state, the vendors' keys. */
  readonly env: Readonly<Record<string, string>>;

  private constructor(folder: string, name: string, env: Record<string, string>) {
    this.folder = folder;
    this.name = name;
    this.env = env;
  }

  static async create({ name = "test", config, env = {}, isClone = false }: StackOptions): Promise<TestStack> {
    const folder = mkdtempSync(join(tmpdir(), "brandvx-stack-"));
    for (const path of isClone ? readdirSync(checkout).filter((one) => !notCloned.test(one)) : program) {
      cpSync(join(checkout, path), join(folder, path), {
        recursive: true,
        filter: (source) => (isClone ? !notCloned.test(basename(source)) : !notProgram.includes(source)),
      });
    }
    symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"), "junction");
    const own = join(folder, ".pulumi");
    const stack = new TestStack(folder, name, { ...engineEnvironment(inject("engine"), own), ...env });
    installStandInPlugins(join(own, "home"));
    const created = await stack.pulumi("stack", "init", name);
    if (created.exitCode !== 0) throw new Error(created.text);
    stack.configure(config);
    return stack;
  }

  /** Sets values of the stack's configuration; undefined removes a value. */
  configure(values: Record<string, unknown>): void {
    const file = join(this.folder, `Pulumi.${this.name}.yaml`);
    const document = parseDocument(readFileSync(file, "utf8"));
    for (const [key, value] of Object.entries(values)) {
      const path = ["config", key.includes(":") ? key : `brandvx-observability:${key}`];
      if (value === undefined) document.deleteIn(path);
      else document.setIn(path, document.createNode(value));
    }
    writeFileSync(file, document.toString());
  }

  /** Runs `pulumi` in the project's folder; never throws for its exit code. */
  async pulumi(...args: string[]): Promise<Ran> {
    return this.pulumiWith({}, ...args);
  }

  async pulumiWith(env: Record<string, string>, ...args: string[]): Promise<Ran> {
    const ran = await execa("pulumi", [...args, "--non-interactive", "--color", "never"], {
      cwd: this.folder,
      env: { ...this.env, ...env },
      extendEnv: false,
      preferLocal: false,
      reject: false,
      all: true,
      stdin: "ignore",
    });
    return { exitCode: ran.exitCode ?? -1, text: ran.all, stdout: ran.stdout };
  }

  up = (...args: string[]): Promise<Ran> => this.pulumi("up", "--yes", "--skip-preview", ...args);
  refreshPreview = (...args: string[]): Promise<Ran> =>
    this.pulumi("refresh", "--preview-only", "--run-program", "--diff", "--expect-no-changes", ...args);
  destroy = (...args: string[]): Promise<Ran> =>
    this.pulumi("destroy", "--yes", "--skip-preview", "--run-program", ...args);

  /** Changes a file of the program, as an engineer would in the editor. */
  edit(file: string, change: (text: string) => string): void {
    const path = join(this.folder, file);
    const before = readFileSync(path, "utf8");
    const after = change(before);
    if (after === before) throw new Error(`the edit does not change ${file}`);
    writeFileSync(path, after);
  }

  /** The stack's state as text, secrets as they are stored. */
  async state(): Promise<string> {
    return (await this.pulumi("stack", "export")).stdout;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
