import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { withProgramEnvironment } from "../../local/program-environment.ts";
import { Failure } from "../command/failure.ts";

/** Files that a command writes, all of them or none: what does not come to its end is undone. */
export class Files {
  readonly #folder: string;
  /** As they were; null where there was none. */
  readonly #before = new Map<string, string | null>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined where there is none. */
  read(path: string): string | undefined {
    const file = join(this.#folder, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  /** True when it was not so before. */
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
 * Makes sure that a file which is written over can be had back.
 * @throws Failure where git does not keep it as it is
 */
export async function requireCommitted(folder: string, path: string): Promise<void> {
  const { exitCode, stdout } = await execa("git", ["status", "--porcelain", "--ignored", "--", path], {
    ...{ cwd: folder, reject: false, stdin: "ignore" },
    ...withProgramEnvironment(),
  });
  if (exitCode !== 0) {
    throw new Failure(`${path} would be written over, and is in no git repository that keeps it`, {
      fix: "add --force to write over it all the same",
    });
  }
  if (stdout.trim() !== "") {
    throw new Failure(`${path} would be written over, and has changes that are not committed`, {
      fix: "commit or stash them, or add --force to write over them",
    });
  }
}
