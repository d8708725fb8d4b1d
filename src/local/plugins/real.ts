import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { z } from "zod";
import { endWithUs } from "../ends-with-us.ts";
import { cacheFolder } from "../engine/cache.ts";
import type { Engine } from "../engine/ensure.ts";
import { which } from "../engine/on-path.ts";
import { programEnvironment } from "../program-environment.ts";
import { sdkServer, sdkVersion } from "./kit/versions.ts";

/** Without Upstash's plugin, which has only the fixed address of the real Upstash. */
const replaceable = ["sentry", "cloudflare"] as const;

/** The executables of the vendors' own plugins, by Pulumi's name of them. */
export type RealPlugins = Partial<Record<(typeof replaceable)[number], string>>;

export interface FindOptions {
  /** Prints a line for each step that takes long. */
  progress: (line: string) => void;
  /** Downloads a plugin into a PULUMI_HOME. Returns the reason of a failure, else undefined. */
  install: (name: string, home: string) => Promise<string | undefined>;
  env?: Readonly<Record<string, string | undefined>>;
  /** PULUMI_HOME for downloads. Default: in the cache folder. */
  ownHome?: string;
}

/**
 * Finds the vendors' own plugins in the versions of their SDKs: in the user's PULUMI_HOME, on PATH, or downloaded by
 * Pulumi.
 *
 * @throws PluginsNotFound
 */
export async function findRealPlugins({
  progress,
  install,
  env = process.env,
  ownHome = join(cacheFolder, "..", "plugins"),
}: FindOptions): Promise<Required<RealPlugins>> {
  const found: RealPlugins = {};
  const missing: string[] = [];
  for (const name of replaceable) {
    const file = `pulumi-resource-${name}`;
    const inHome = (home: string) => which(file, join(home, "plugins", `resource-${name}-v${sdkVersion(name)}`));
    const usersHome = env.PULUMI_HOME || join(homedir(), ".pulumi");
    const there = inHome(usersHome) ?? which(file, env.PATH ?? "") ?? inHome(ownHome);
    if (there !== undefined) {
      found[name] = there;
      continue;
    }
    progress(`Fetching the plugin ${name} v${sdkVersion(name)} …`);
    const why = await install(name, ownHome);
    const fetched = inHome(ownHome);
    if (fetched !== undefined) found[name] = fetched;
    else
      missing.push(
        `${name} v${sdkVersion(name)}: not in ${join(usersHome, "plugins")}, not on PATH, and not to be fetched: ${why ?? "nothing came"}`,
      );
  }
  if (missing.length > 0) throw new PluginsNotFound(missing);
  return found as Required<RealPlugins>;
}

/** A requested plugin is not available. The message says which, and what to do. */
export class PluginsNotFound extends Error {
  override name = "PluginsNotFound";
  constructor(missing: readonly string[]) {
    const commands = replaceable.map((name) => `    pulumi ${installWords(name).join(" ")}`);
    super(
      [
        "the vendors' own plugins are not here",
        ...missing.map((line) => `  ${line}`),
        "  on a machine that reaches GitHub and get.pulumi.com, run",
        ...commands,
        "  and copy the folders of ~/.pulumi/plugins, or start without --real-plugins: the stand-ins send what the plugins send",
      ].join("\n"),
    );
  }
}

const installWords = (name: (typeof replaceable)[number]): string[] => {
  const server = sdkServer(name);
  return ["plugin", "install", "resource", name, sdkVersion(name), ...(server ? ["--server", server] : [])];
};

/** Lets `pulumi` download them, without access to a key. */
export const installWith =
  (engine: Engine): FindOptions["install"] =>
  async (name, home) => {
    const { failed, stderr, shortMessage } = await endWithUs(
      execa(
        engine.pulumi,
        [...installWords(name as (typeof replaceable)[number]), "--non-interactive", "--color", "never"],
        {
          ...{ reject: false, stdin: "ignore", extendEnv: false, timeout: 300_000 },
          env: {
            ...programEnvironment({ downloads: true }),
            ...{ PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
          },
        } as const,
      ),
    );
    return failed ? (stderr.split("\n").findLast((line) => line.trim() !== "") ?? shortMessage) : undefined;
  };

const noted = z.object({ sentry: z.string(), cloudflare: z.string() });
const noteOf = (folder: string): string => join(folder, "real-plugins.json");

/** Stores which plugins the local stack uses, for other processes that work on it; empty: the stand-ins. */
export function notePlugins(folder: string, real: RealPlugins | undefined): void {
  if (real === undefined) rmSync(noteOf(folder), { force: true });
  else writeFileSync(noteOf(folder), JSON.stringify(real));
}

/** The stored plugins that still exist. */
export function notedPlugins(folder: string): RealPlugins {
  if (!existsSync(noteOf(folder))) return {};
  const { data } = noted.safeParse(JSON.parse(readFileSync(noteOf(folder), "utf8")));
  return data === undefined ? {} : Object.fromEntries(Object.entries(data).filter(([, file]) => existsSync(file)));
}
