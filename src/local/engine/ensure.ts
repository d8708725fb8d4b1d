import { existsSync, readFileSync } from "node:fs";
import { copyFile, link } from "node:fs/promises";
import { dirname, join } from "node:path";
import semver from "semver";
import { buildEngine } from "./build.ts";
import { cacheFolder, fillFolder, fingerprint } from "./cache.ts";
import { downloadEngine } from "./download.ts";
import { endsWithEngineSource, languageHostSource, launcherText, writeLaunchers } from "./launchers.ts";
import { executable, hasLanguageHost, versionOf, which } from "./on-path.ts";

const goMod = new URL("../../../tools/go.mod", import.meta.url);

/** Oldest `pulumi` that this project works with: `pulumi import --file` of dynamic resources came with 3.254 (pulumi/pulumi#23984). */
export const oldestEngine = "3.254.0";

/** The version that tools/go.mod pins, without the leading "v". It is built or downloaded when the machine has no `pulumi`. */
export function pinnedEngine(): string {
  const found = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\d+\.\d+\.\d+)/.exec(readFileSync(goMod, "utf8"));
  if (!found?.[1])
    throw new Error(
      "tools/go.mod does not pin github.com/pulumi/pulumi/pkg/v3: the engine's version is read from there",
    );
  return found[1];
}

/** A `pulumi` that can run this project. */
export interface Engine {
  /** The executable. */
  pulumi: string;
  /** Its folder, to be first on PATH, so that the programs next to it are found. */
  folder: string;
  /** Without the leading "v". */
  version: string;
  origin: "PATH" | "npm package" | "Go module" | "cache";
}

export interface EnsureOptions {
  /** Prints a line for each step that takes long. */
  progress: (line: string) => void;
  /** Whether it will have access to keys of real accounts: then no download without a known hash is used. */
  seesKeys: boolean;
}

/**
 * Finds a `pulumi`: on PATH, in the cache, built from the Go module pinned by tools/go.sum, or, if it gets no real keys, from
 * the official npm package, whose download has no hash in this repository.
 * @throws EngineNotFound with the reason why each way failed, and what to install
 */
export async function ensureEngine({ progress, seesKeys }: EnsureOptions): Promise<Engine> {
  const tried: string[] = [];
  const own = await engineOnPath(tried);
  if (own) return own;

  const version = pinnedEngine();
  const folder = composedFolder(version);
  const cached = await cachedEngine(folder);
  if (cached) return cached;

  const built = await buildEngine(version, progress);
  if (built.ok) {
    await fillFolder(folder, async (temporary) => {
      const pulumi = join(temporary, executable);
      await link(built.pulumi, pulumi).catch(() => copyFile(built.pulumi, pulumi));
      writeLaunchers(temporary);
    });
    return { pulumi: join(folder, executable), folder, version, origin: "Go module" };
  }
  tried.push(`the Go module that tools/go.mod pins: ${built.why}`);

  if (seesKeys) {
    tried.push(`the official npm package pulumi@${version}: not used, since what it downloads would see your keys`);
    throw new EngineNotFound(tried);
  }
  const downloaded = await downloadEngine(version, progress);
  if (downloaded.ok)
    return { pulumi: downloaded.pulumi, folder: dirname(downloaded.pulumi), version, origin: "npm package" };
  tried.push(`the official npm package pulumi@${version}: ${downloaded.why}`);
  throw new EngineNotFound(tried);
}

/** No way to get a `pulumi` worked. The message lists what was tried and what to install. */
export class EngineNotFound extends Error {
  constructor(tried: string[]) {
    super(
      [
        "no pulumi was found, and none could be set up",
        ...tried.map((line) => `  tried  ${line}`),
        `  install the Pulumi CLI, ${oldestEngine} or newer (https://www.pulumi.com/docs/iac/download-install/), or Go 1.26 or newer (https://go.dev/dl/), and run this again`,
      ].join("\n"),
    );
    this.name = "EngineNotFound";
  }
}

/** A built engine and this checkout's launchers share a folder, so both are part of its name. */
function composedFolder(version: string): string {
  const sources = [languageHostSource, endsWithEngineSource].map((source) => readFileSync(source, "utf8"));
  return join(cacheFolder, `v${version}-${fingerprint(...sources, launcherText)}`);
}

async function engineOnPath(tried: string[]): Promise<Engine | undefined> {
  const pulumi = which("pulumi");
  if (!pulumi) {
    tried.push("PATH: there is no pulumi on it");
    return undefined;
  }
  const version = await versionOf(pulumi);
  if (!version) tried.push(`PATH: ${pulumi} does not start`);
  else if (semver.lt(version, oldestEngine)) tried.push(`PATH: ${pulumi} is v${version}, older than v${oldestEngine}`);
  else if (!hasLanguageHost(pulumi)) tried.push(`PATH: ${pulumi} has no pulumi-language-nodejs beside it`);
  else return { pulumi, folder: dirname(pulumi), version, origin: "PATH" };
  return undefined;
}

async function cachedEngine(folder: string): Promise<Engine | undefined> {
  const pulumi = join(folder, executable);
  const version = existsSync(pulumi) ? await versionOf(pulumi) : undefined;
  return version ? { pulumi, folder, version, origin: "cache" } : undefined;
}
