#!/usr/bin/env node
// Starts `obs` on the project's own Node 24, whatever Node the machine has (20 or newer), and ends as it ends.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const isWindows = process.platform === "win32";
// The program itself, not its .cmd on Windows: that one needs a shell, which takes arguments with spaces apart.
const node = here(isWindows ? "../../node_modules/node/bin/node.exe" : "../../node_modules/.bin/node");

if (!existsSync(node)) {
  console.error("error: the project's packages are not installed\n  npm install");
  process.exit(1);
}
const quiet = "--disable-warning=ExperimentalWarning";
const obs = spawn(node, [quiet, here("obs.ts"), ...process.argv.slice(2)], { stdio: "inherit" });
// At a terminal a Ctrl-C reaches both processes, from a script it may reach this one alone; `obs` minds only the first.
process.on("SIGINT", () => !isWindows && obs.kill("SIGINT"));
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => obs.kill(signal));
obs.on("exit", (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
