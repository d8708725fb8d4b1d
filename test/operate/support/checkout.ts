import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { temporaryFolder } from "../../support/temporary.ts";

const checkout = fileURLToPath(new URL("../../..", import.meta.url));

const parts = [
  "Pulumi.yaml",
  "package.json",
  "dashboards",
  "alerts",
  "src/model",
  "src/catalog",
  "src/insights/define",
  "src/alerts",
];

/** A git checkout of the definitions only, whose main branch contains them as in this checkout. */
export async function definitionsCheckout(prefix: string) {
  const folder = temporaryFolder(prefix);
  for (const path of parts) cpSync(join(checkout, path), join(folder.path, path), { recursive: true });
  symlinkSync(join(checkout, "node_modules"), join(folder.path, "node_modules"), "junction");
  const git = (...args: string[]) =>
    execa("git", ["-c", "user.name=T", "-c", "user.email=t@brandvx.example", ...args], { cwd: folder.path });
  await git("init", "-q", "-b", "main");
  await git("add", "dashboards", "alerts", "src", "Pulumi.yaml", "package.json");
  await git("commit", "-qm", "before");
  const read = (file: string): string => readFileSync(join(folder.path, file), "utf8");
  const write = (file: string, text: string): void => writeFileSync(join(folder.path, file), text);
  return {
    ...{ folder, git, read, write },
    edit(file: string, change: (text: string) => string) {
      const before = read(file);
      write(file, change(before));
      if (read(file) === before) throw new Error(`the edit does not change ${file}`);
    },
  };
}
