import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { parse, YAMLParseError } from "yaml";
import * as z from "zod";
import type { CatalogFacts } from "../../catalog/facts.ts";

/** Name of the package that apps install. */
export const helperPackage = "@brandvx/observability";

/** The version of the package that an app has. */
export type Installed =
  /** Neither installed nor in a lockfile, in the app's folder or above it in its repository. */
  | { readonly kind: "absent" }
  | { readonly kind: "unreadable"; readonly file: string; readonly why: string }
  | {
      readonly kind: "found";
      /** The file that it was read from. */
      readonly file: string;
      readonly version: string;
      /** Undefined: the package was built before revisions existed. */
      readonly revision: number | undefined;
      /** Known only for an installed package. */
      readonly catalog?: { readonly digest: string; readonly events: CatalogFacts };
      /** The installed version, when it differs from the lockfile's: the next clean installation takes the lockfile's. */
      readonly alsoInstalled?: string;
    };

type Found = Extract<Installed, { kind: "found" }>;

/** Looks for the package as an app's installation and builds do: in the folder, then above it, up to the end of the repository. */
export function findInstalled(app: string): Installed {
  for (let folder = app; ; folder = dirname(folder)) {
    const installed = fromModules(folder);
    const locked = fromLockfile(folder, relative(folder, app).split(sep).join("/"));
    const found = combined(installed, locked);
    if (found) return found;
    if (existsSync(join(folder, ".git")) || dirname(folder) === folder) return { kind: "absent" };
  }
}

/** The lockfile decides what the next build installs; an installed package of the same version gives more detail. */
function combined(installed: Installed | undefined, locked: Installed | undefined): Installed | undefined {
  if (locked?.kind !== "found" || installed?.kind !== "found") return locked ?? installed;
  return installed.version === locked.version ? installed : { ...locked, alsoInstalled: installed.version };
}

const manifest = z.object({ version: z.string() });
const catalogFile = z.object({
  revision: z.int().min(1),
  digest: z.string(),
  events: z.record(
    z.string(),
    z.object({
      source: z.string(),
      purpose: z.string(),
      owner: z.string(),
      properties: z.record(
        z.string(),
        z
          .object({
            ...{ type: z.string(), optional: z.boolean(), privacy: z.string(), meaning: z.string() },
            unit: z.string().optional(),
          })
          .transform(({ unit, ...property }) => ({ ...property, unit })),
      ),
    }),
  ),
});

function fromModules(folder: string): Installed | undefined {
  const place = join(folder, "node_modules", ...helperPackage.split("/"));
  const file = join(place, "package.json");
  if (!existsSync(file)) return undefined;
  return reading(file, (text): Installed => {
    const { version } = manifest.parse(JSON.parse(text));
    const catalog = join(place, "dist", "catalog.json");
    if (!existsSync(catalog)) return { kind: "found", file, version, revision: revisionOf(version) };
    return reading(catalog, (data): Installed => {
      const { revision, digest, events } = catalogFile.parse(JSON.parse(data));
      return { kind: "found", file: catalog, version, revision, catalog: { digest, events } };
    });
  });
}

/** @param below path of the app from the lockfile's folder, "" where it is the same. */
type Reader = (text: string, below: string) => string | undefined;

/** Each reader returns the package's version, or undefined when the app does not have it. */
const lockfiles: Readonly<Record<string, Reader>> = {
  "package-lock.json": npmVersion,
  "npm-shrinkwrap.json": npmVersion,
  "pnpm-lock.yaml": pnpmVersion,
  "yarn.lock": yarnVersion,
};

function fromLockfile(folder: string, below: string): Installed | undefined {
  for (const [name, versionIn] of Object.entries(lockfiles)) {
    const file = join(folder, name);
    if (!existsSync(file)) continue;
    const found = reading(file, (text): Found | undefined => {
      const version = versionIn(text, below);
      return version === undefined ? undefined : { kind: "found", file, version, revision: revisionOf(version) };
    });
    if (found) return found;
  }
  return undefined;
}

const entries = z.record(z.string(), z.looseObject({ version: z.string().optional() }));

/** In a workspace an app may have a version of its own, beside that of the others. */
function npmVersion(text: string, below: string): string | undefined {
  const { packages } = z.object({ packages: entries }).parse(JSON.parse(text));
  const place = `node_modules/${helperPackage}`;
  for (let folder = below; folder !== "" && folder !== "."; folder = dirname(folder)) {
    const { version } = packages[`${folder}/${place}`] ?? {};
    if (version !== undefined) return version;
  }
  return packages[place]?.version;
}

const pnpmLock = z.object({
  importers: z
    .record(z.string(), z.looseObject({ dependencies: entries.optional(), devDependencies: entries.optional() }))
    .default({}),
  packages: entries.default({}),
});

/** The lockfile lists a tarball by its address, with a version field; a registry's package by its version. */
function pnpmVersion(text: string, below: string): string | undefined {
  const { importers, packages } = pnpmLock.parse(parse(text));
  const { dependencies, devDependencies } = importers[below === "" ? "." : below] ?? {};
  const resolved = (dependencies?.[helperPackage] ?? devDependencies?.[helperPackage])?.version;
  if (resolved === undefined) return undefined;
  const reference = resolved.replace(/\(.*$/s, "").replace(`${helperPackage}@`, "");
  const version = packages[`${helperPackage}@${reference}`]?.version ?? versionInName(reference);
  // An address may contain a key; never report it as a version.
  return version ?? (/^\d+\.\d+\.\d+[\w.+-]*$/.test(reference) ? reference : "unknown");
}

/** Both forms: `version "1.0.0-3.h…"` and `version: 1.0.0-3.h…`. */
function yarnVersion(text: string): string | undefined {
  const entry = text.split(/\r?\n(?=\S)/).find((one) => one.replace(/^"/, "").startsWith(`${helperPackage}@`));
  return entry && (/^ +version:? "?([^"\s]+)"?$/m.exec(entry)?.[1] ?? versionInName(entry) ?? "unknown");
}

const versionInName = (text: string): string | undefined => /\d+\.\d+\.\d+-\d+\.h[0-9a-f]{10}/.exec(text)?.[0];

/** The catalog's revision, which is the first part of the suffix that each build has. */
function revisionOf(version: string): number | undefined {
  const revision = /^\d+\.\d+\.\d+-(\d+)\.h[0-9a-f]+$/.exec(version)?.[1];
  return revision === undefined ? undefined : Number(revision);
}

function reading<Result>(file: string, read: (text: string) => Result): Result | Installed {
  try {
    return read(readFileSync(file, "utf8"));
  } catch (error) {
    return { kind: "unreadable", file, why: whyOf(error, basename(file)) };
  }
}

function whyOf(error: unknown, name: string): string {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return `${name} has an unexpected form: ${issue?.path.join(".")}: ${issue?.message}`;
  }
  // A parser's message quotes the text, and addresses in a lockfile may contain a key.
  if (error instanceof SyntaxError || error instanceof YAMLParseError) return `${name} is damaged: it cannot be parsed`;
  return error instanceof Error ? error.message : String(error);
}
