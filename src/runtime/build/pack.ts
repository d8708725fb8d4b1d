import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { cp, glob, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { parseArgs } from "node:util";
import { execa } from "execa";
import type { Catalog } from "../../catalog/event.ts";
import type { Revision } from "../../catalog/revision.ts";
import { buildPackage } from "./build.ts";
import { runtimeFolder } from "./notices.ts";

/** A tarball of the package. */
export interface Packed {
  readonly file: string;
  /** "1.0.0-3.h5f0c2a9be1": package.json's version, the catalog's revision, and a digest of the content. */
  readonly version: string;
  readonly catalog: Revision;
}

/**
 * Builds and packs the package under a version that depends on its content: different content has a different version, and
 * equal content the same one on every machine. See docs/decisions/a-version-for-each-package.md.
 * @param folder folder for the tarball; created if missing
 */
export async function packPackage(folder: string, catalog?: Catalog): Promise<Packed> {
  const work = await mkdtemp(join(tmpdir(), "brandvx-package-"));
  const removeWork = (): void => rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  process.once("exit", removeWork);
  try {
    const revision = await buildPackage(work, catalog);
    for (const part of ["docs", "README.md", "LICENSE"]) {
      await cp(join(runtimeFolder, part), join(work, part), { recursive: true });
    }
    // Without scripts and devDependencies, which belong to the checkout.
    const { scripts, devDependencies, ...manifest } = JSON.parse(
      await readFile(join(runtimeFolder, "package.json"), "utf8"),
    ) as { readonly version: string } & Record<string, unknown>;
    const digest = await digestOf(work, JSON.stringify(manifest));
    const version = `${manifest.version}-${revision.revision}.h${digest}`;
    await writeFile(join(work, "package.json"), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
    await mkdir(folder, { recursive: true });
    const { stdout } = await execa(
      "npm",
      ["pack", "--json", "--ignore-scripts", "--pack-destination", resolve(folder)],
      {
        cwd: work,
      },
    );
    return { file: join(folder, packedName(stdout)), version, catalog: revision };
  } finally {
    removeWork();
    process.off("exit", removeWork);
  }
}

/** Ten hexadecimal digits of all files' names and contents: enough for a trillion packages, short enough for a name. */
async function digestOf(folder: string, manifest: string): Promise<string> {
  const files: string[] = [];
  for await (const entry of glob("**/*", { cwd: folder, withFileTypes: true })) {
    if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
  }
  const hash = createHash("sha256").update(manifest);
  const named = files.map(
    (file) =>
      [
        file
          .slice(folder.length + 1)
          .split(sep)
          .join("/"),
        file,
      ] as const,
  );
  for (const [name, file] of named.toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const content = await readFile(file);
    hash.update(`\0${name}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 10);
}

/** npm's answer is a list of packages, or in newer versions an object of them by name. */
function packedName(stdout: string): string {
  const packages = JSON.parse(stdout.slice(stdout.search(/^[[{]/m))) as Record<string, { readonly filename: string }>;
  const [first] = Object.values(packages);
  if (!first) throw new Error(`npm pack made nothing: ${stdout}`);
  return first.filename;
}

const usage = `Usage: npm run -s package -- [folder] [--json]

Builds @brandvx/observability and packs it into the folder (default: the current one).`;

if (import.meta.main) {
  // Ends by itself, so that it takes away what it was working on.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));
  try {
    const { values, positionals } = parseArgs({
      options: { json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
    if (positionals.length > 1) throw new Error(`one folder is enough: ${positionals.join(" ")}`);
    if (values.help) console.log(usage);
    else {
      // npm runs scripts at the top of the checkout; resolve the folder from where the command was typed.
      const packed = await packPackage(resolve(process.env.INIT_CWD ?? ".", positionals[0] ?? "."));
      console.log(values.json ? JSON.stringify(packed, null, 2) : packed.file);
    }
  } catch (error) {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = 1;
  }
}
