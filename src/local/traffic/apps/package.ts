import { existsSync, globSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { endWithUs } from "../../ends-with-us.ts";
import { withProgramEnvironment } from "../../program-environment.ts";

const folder = fileURLToPath(new URL("../../../runtime", import.meta.url));
const outside = ["catalog", "model"].map((name) => fileURLToPath(new URL(`../../../${name}`, import.meta.url)));

/**
 * Builds the package of the runtime helpers where it is not built, or older than its sources.
 * @param progress called when it takes a while
 */
export async function ensureHelperPackage(progress: (line: string) => void): Promise<void> {
  if (isCurrent()) return;
  progress("Building the runtime helpers' package (about 10 s, once) …");
  const built = await endWithUs(
    execa(process.execPath, ["--disable-warning=ExperimentalWarning", join("build", "build.ts")], {
      ...{ cwd: folder, stdin: "ignore", reject: false, all: true, ...withProgramEnvironment() },
    } as const),
  );
  if (built.exitCode !== 0) throw new Error(`the package of the runtime helpers cannot be built:\n${built.all}`);
}

function isCurrent(): boolean {
  const built = join(folder, "dist", "server.js");
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  const sources = ["browser", "server", "redis", "health", "privacy", "shared", "build"].map((part) =>
    join(folder, part),
  );
  return [...sources, ...outside]
    .flatMap((source) => globSync("**/*.{ts,json}", { cwd: source }).map((file) => join(source, file)))
    .every((file) => statSync(file).mtimeMs <= builtAt);
}
