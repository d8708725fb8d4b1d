import { join } from "node:path";
import { execa } from "execa";
import { endWithUs } from "../ends-with-us.ts";
import { programEnvironment } from "../program-environment.ts";
import { cacheFolder } from "./cache.ts";
import { type Outcome, versionOf } from "./on-path.ts";

/** Timeout of the download: the distribution is about 150 MB. */
const longestDownloadMs = 10 * 60_000;

/**
 * Lets the official npm package `pulumi` fetch the official distribution, language hosts included, into our own cache.
 * The package is a wrapper that downloads at its first run, into PULUMI_HOME/versions (lib/cache.js of pulumi 3.265). Neither
 * it nor the download has access to a key.
 */
export async function downloadEngine(version: string, progress: (line: string) => void): Promise<Outcome> {
  const home = join(cacheFolder, "official");
  const pulumi = join(home, "versions", version, "bin", process.platform === "win32" ? "pulumi.exe" : "pulumi");
  if (await versionOf(pulumi)) return { ok: true, pulumi };
  progress(`Fetching pulumi v${version} with its official npm package …`);
  const run = await endWithUs(
    execa("npm", ["exec", "--yes", `--package=pulumi@${version}`, "--", "pulumi", "version"], {
      ...{ reject: false, timeout: longestDownloadMs, stdin: "ignore", extendEnv: false },
      env: {
        ...programEnvironment({ downloads: true }),
        ...{ PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
        ...{ npm_config_loglevel: "error", npm_config_ignore_scripts: "true" },
      },
    } as const),
  );
  if (!run.failed && (await versionOf(pulumi))) return { ok: true, pulumi };
  return { ok: false, why: lastLine(run.stderr) ?? run.shortMessage ?? "it brought no pulumi" };
}

const lastLine = (text: string): string | undefined =>
  text
    .split("\n")
    .map((line) => line.trim())
    .findLast((line) => line !== "" && !/^npm (notice|warn)|complete log of this run/.test(line));
