import { existsSync, readFileSync, rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build as bundle, type Options } from "tsup";
import { environment } from "../../catalog/environment.ts";
import type { Catalog } from "../../catalog/event.ts";
import { events } from "../../catalog/events.ts";
import { catalogFacts } from "../../catalog/facts.ts";
import { flags } from "../../catalog/flags.ts";
import { people } from "../../catalog/people.ts";
import { catalogDigest, type Revision, readRevisions, revisionsPath, withRevision } from "../../catalog/revision.ts";
import { scripts as luaScripts } from "../redis/scripts.ts";
import { compileCatalog, compileEnvironment, compileFlags, compilePeople } from "./compile-catalog.ts";
import { bundled, runtimeFolder, thirdPartyNotices } from "./notices.ts";

const parts = ["browser", "server", "redis", "health", "privacy", "vite"] as const;

const checkout = join(runtimeFolder, "..", "..");

/**
 * Builds the package into a folder: `dist`, with the catalog as data and the licenses of bundled libraries. It builds from a
 * copy of the sources in which plain data and types replace the catalog.
 * @returns the catalog's revision
 */
export async function buildPackage(folder: string, catalog: Catalog = events): Promise<Revision> {
  // Inside this package, so that its dependencies are found.
  const work = await mkdtemp(join(runtimeFolder, ".build-"));
  const removeWork = (): void => rmSync(work, { recursive: true, force: true });
  process.once("exit", removeWork);
  try {
    await writeFile(join(work, ".gitignore"), "*\n");
    for (const folder of ["catalog", "model"]) {
      await cp(join(runtimeFolder, "..", folder), join(work, folder), { recursive: true });
    }
    for (const part of [...parts, "shared"]) {
      await cp(join(runtimeFolder, part), join(work, "runtime", part), { recursive: true });
    }
    const catalogFile = join(work, "runtime", "shared", "catalog.ts");
    await writeFile(join(work, "runtime", "shared", "people.ts"), compilePeople(people));
    await writeFile(join(work, "runtime", "shared", "flags.ts"), compileFlags(flags));
    await writeFile(join(work, "runtime", "shared", "environment.ts"), compileEnvironment(environment));
    await writeFile(join(work, "runtime", "redis", "scripts.ts"), compileScripts());
    await writeFile(join(work, "tsconfig.json"), JSON.stringify(typeScriptOptions));
    const dist = join(work, "dist");
    // A page's first chunk has only the rules of browser events.
    await writeFile(catalogFile, compileCatalog(catalog, "browser"));
    await bundle(await scripts(work, "browser", ["browser"]));
    await writeFile(catalogFile, compileCatalog(catalog));
    await bundle(await scripts(work, "node", ["server", "redis", "health", "privacy", "vite"]));
    await bundle({ ...common(work, parts), dts: { only: true } });
    await mkdir(folder, { recursive: true });
    await rm(join(folder, "dist"), { recursive: true, force: true });
    await rename(dist, join(folder, "dist"));
    await writeFile(join(folder, "dist", "THIRD-PARTY-NOTICES.txt"), await thirdPartyNotices());
    const revision = revisionOf(catalog);
    const data = { ...revision, events: catalogFacts(catalog) };
    await writeFile(join(folder, "dist", "catalog.json"), `${JSON.stringify(data, null, 2)}\n`);
    return revision;
  } finally {
    removeWork();
    process.off("exit", removeWork);
  }
}

/** A catalog without a revision yet gets the number that `npx obs catalog` would assign. */
function revisionOf(catalog: Catalog): Revision {
  const file = join(checkout, revisionsPath);
  const digest = catalogDigest(catalog);
  const known = existsSync(file) ? readRevisions(readFileSync(file, "utf8")) : [];
  return { revision: withRevision(known, digest).length, digest };
}

const typeScriptOptions = {
  extends: "../../../tsconfig.json",
  compilerOptions: {
    lib: ["es2024", "dom", "dom.iterable", "esnext.disposable"],
    incremental: false,
    tsBuildInfoFile: null,
    noEmit: false,
    allowImportingTsExtensions: true,
  },
  include: ["runtime"],
  exclude: [],
};

function common(work: string, some: readonly string[]): Options {
  return {
    config: false,
    silent: true,
    entry: Object.fromEntries(some.map((part) => [part, join(work, "runtime", part, "index.ts")])),
    tsconfig: join(work, "tsconfig.json"),
    outDir: join(work, "dist"),
    format: "esm",
  };
}

async function scripts(work: string, platform: "browser" | "node", some: readonly string[]): Promise<Options> {
  return {
    ...common(work, some),
    target: platform === "browser" ? "es2022" : "node20",
    platform,
    splitting: true,
    removeNodeProtocol: false,
    noExternal: [...bundled],
    external: [/^@sentry\//, /^posthog-/, "ioredis", "vite"],
    esbuildOptions(esbuild) {
      // So that paths in the files refer to this package, not to the temporary folder.
      esbuild.absWorkingDir = work;
      esbuild.chunkNames = "chunks/[name]-[hash]";
      esbuild.legalComments = "none";
    },
  };
}

/** The Lua scripts as a module of texts; replaces redis/scripts.ts in the package. */
function compileScripts(): string {
  return `export const scripts = ${JSON.stringify(luaScripts)};\n`;
}

if (import.meta.main) {
  // Ends by itself, so that it takes away what it was working on.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));
  await buildPackage(runtimeFolder);
}
