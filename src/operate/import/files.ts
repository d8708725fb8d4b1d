import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { withProgramEnvironment } from "../../local/program-environment.ts";
import { Failure } from "../command/failure.ts";

/** Files that a command writes, all or none: after a failure all are restored. */
export class Files {
  readonly #folder: string;
  /** Previous content; null when the file did not exist. */
  readonly #before = new Map<string, string | null>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined when the file does not exist. */
  read(path: string): string | undefined {
    const file = join(this.#folder, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  /** Returns true when the content was different before. */
  write(path: string, text: string): boolean {
    const before = this.read(path) ?? null;
    if (before === text) return false;
    if (!this.#before.has(path)) this.#before.set(path, before);
    writeFileSync(join(this.#folder, path), text);
    return true;
  }

  undo(): void {
    for (const [path, text] of this.#before) {
      const file = join(this.#folder, path);
      if (text === null) rmSync(file, { force: true });
      else writeFileSync(file, text);
    }
    this.#before.clear();
  }
}

/**
 * Makes sure that a file to be overwritten can be restored.
 * @throws Failure when git does not have its present content
 */
export async function requireCommitted(folder: string, path: string): Promise<void> {
  const { exitCode, stdout } = await execa("git", ["status", "--porcelain", "--ignored", "--", path], {
    ...{ cwd: folder, reject: false, stdin: "ignore" },
    ...withProgramEnvironment(),
  });
  if (exitCode !== 0) {
    throw new Failure(`${path} would be overwritten, and is not committed in a git repository`, {
      fix: "add --force to overwrite it anyway",
    });
  }
  if (stdout.trim() !== "") {
    throw new Failure(`${path} would be overwritten, and has uncommitted changes`, {
      fix: "commit or stash them, or add --force to overwrite them",
    });
  }
}
