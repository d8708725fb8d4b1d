import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { programEnvironment } from "../program-environment.ts";

const root = fileURLToPath(new URL("./operator-ui", import.meta.url));
const vite = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin", "vite.js");

/** Environment of a build, as the app's own CI gives it: `VITE_…` variables, and Sentry's. */
export type BuildVariables = Readonly<Record<string, string | undefined>>;

/**
 * Builds the local operator UI into a folder with `vite build`, in a process of its own: the plugin of the helpers reads the
 * environment, and must see neither the developer's Sentry nor its token.
 *
 * @returns what the helpers' plugin says, line by line
 * @throws ExecaError when the build fails
 */
export async function buildOperatorUi(folder: string, variables: BuildVariables): Promise<string[]> {
  const { all } = await execa(
    process.execPath,
    [vite, "build", "--outDir", folder, "--emptyOutDir", "--configLoader", "native", "--logLevel", "warn"],
    {
      ...{ cwd: root, all: true, extendEnv: false },
      env: { ...programEnvironment(), NO_COLOR: "1", FORCE_COLOR: "0", NODE_ENV: "production", ...variables },
    },
  );
  return all.split("\n").filter((line) => line.startsWith("[observability]"));
}
