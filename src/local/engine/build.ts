import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { endWithUs } from "../ends-with-us.ts";
import { withProgramEnvironment } from "../program-environment.ts";
import { cacheFolder, fillFolder } from "./cache.ts";
import { executable, type Outcome, which } from "./on-path.ts";

const tools = fileURLToPath(new URL("../../../tools", import.meta.url));
const command = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

const builtFolder = (version: string): string => join(cacheFolder, `v${version}-plain`);

/** Builds the engine from the Go module that tools/go.mod pins: about half a minute of download and three minutes on two cores. */
export async function buildEngine(version: string, progress: (line: string) => void): Promise<Outcome> {
  const folder = builtFolder(version);
  const pulumi = join(folder, executable);
  if (existsSync(pulumi)) return { ok: true, pulumi };
  const go = which("go");
  if (!go) return { ok: false, why: "there is no go on PATH" };
  const started = Date.now();
  progress(`Building pulumi v${version} from its Go module (once, 2 to 5 minutes on two cores) …`);
  const stillBuilding = setInterval(() => progress(`  still building, ${seconds(started)} s so far …`), 30_000);
  try {
    let failure: string | undefined;
    await fillFolder(folder, async (temporary) => {
      const stamp = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
      const arguments_ = ["build", "-ldflags", stamp, "-o", join(temporary, executable), command];
      const built = await endWithUs(
        execa(go, arguments_, {
          ...{ cwd: tools, reject: false, stdin: "ignore" },
          ...withProgramEnvironment({ downloads: true }),
        } as const),
      );
      if (built.failed) failure = firstLine(built.stderr) || built.shortMessage;
    });
    if (failure) return { ok: false, why: failure };
  } finally {
    clearInterval(stillBuilding);
  }
  progress(`Pulumi v${version} is built (${seconds(started)} s) and kept for the next time.`);
  return { ok: true, pulumi };
}

const seconds = (since: number): number => Math.round((Date.now() - since) / 1000);
const firstLine = (text: string): string => text.trim().split("\n")[0] ?? "";
