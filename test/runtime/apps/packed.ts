import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, glob, mkdir, mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { packPackage } from "../../../src/runtime/build/pack.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const modules = join(root, "node_modules");
const cache = join(modules, ".cache", "observability");

/** The files that determine the package's content. */
const sources = [
  "src/runtime/**/*.{ts,json,md,lua}",
  "src/catalog/*.{ts,txt}",
  "src/model/**/*.ts",
  "package-lock.json",
  "tsconfig.json",
];

/**
 * The package's tarball, as `npm run package` makes it. Made once for each state of the sources, however many
 * tests ask at once.
 */
export async function packedPackage(): Promise<string> {
  const folder = join(cache, await hashOfSources());
  const tarball = join(folder, "package.tgz");
  const lock = `${folder}.lock`;
  await mkdir(cache, { recursive: true });
  for (;;) {
    if (existsSync(tarball)) return tarball;
    const mine = await mkdir(lock).then(
      () => true,
      () => false,
    );
    if (mine) break;
    // Another process is building it, or died while building it.
    const age = Date.now() - (await stat(lock).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > 240_000) await rm(lock, { recursive: true, force: true });
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  try {
    await mkdir(folder, { recursive: true });
    const { file } = await packPackage(folder);
    await rename(file, tarball);
    return tarball;
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

async function hashOfSources(): Promise<string> {
  const hash = createHash("sha256");
  const files: string[] = [];
  for await (const file of glob(sources, {
    cwd: root,
    exclude: (name) => /node_modules|(?:^|\/)(?:dist|\.build-)/.test(name),
  })) {
    files.push(file);
  }
  for (const file of files.sort()) hash.update(file).update(await readFile(join(root, file)));
  return hash.digest("hex").slice(0, 16);
}

export interface ScratchApp {
  readonly folder: string;
  /** Runs a command of the app's, with the app's folder as its own. */
  run(command: string, args: readonly string[], env?: Record<string, string>): Promise<string>;
}

/**
 * An app of its own, outside of this project, with the tarball installed by npm and a copy of `files` in it. The named
 * libraries are linked from this project, as npm would have installed them; others are not there.
 */
export async function scratchApp(
  files: URL,
  libraries: readonly string[],
  onEnd: (end: () => Promise<void>) => void,
): Promise<ScratchApp> {
  const tarball = await packedPackage();
  const folder = await mkdtemp(join(tmpdir(), "scratch-app-"));
  onEnd(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  await cp(fileURLToPath(files), folder, { recursive: true });
  const manifest = {
    name: "scratch",
    private: true,
    type: "module",
    dependencies: { "@brandvx/observability": `file:${tarball}` },
  };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await execa("npm", ["install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: folder });
  for (const name of libraries) {
    const link = join(folder, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(modules, name), link);
  }
  return {
    folder,
    run: async (command, args, env = {}) => {
      const path = `${join(modules, ".bin")}:${process.env.PATH}`;
      const { stdout } = await execa(command, args, {
        cwd: folder,
        env: { NODE_ENV: "production", ...env, PATH: path },
      });
      return stdout;
    },
  };
}
