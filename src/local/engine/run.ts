import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { EngineNotFound, ensureEngine } from "./ensure.ts";

// `npm run pulumi -- …`: the user's own stacks, login and state, with the engine that this project finds or builds.
const projectBin = fileURLToPath(new URL("../../../node_modules/.bin", import.meta.url));

try {
  const { pulumi, folder } = await ensureEngine({ progress: (line) => console.error(line) });
  const path = [folder, projectBin, process.env.PATH ?? ""].join(delimiter);
  const { exitCode } = await execa(pulumi, process.argv.slice(2), {
    stdio: "inherit",
    env: { PATH: path },
    reject: false,
  });
  process.exitCode = exitCode ?? 1;
} catch (error) {
  if (!(error instanceof EngineNotFound)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}
