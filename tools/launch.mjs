// Starts a program of this project on a suitable Node, whatever Node the machine has (20 or newer), and exits with its status:
// `node tools/launch.mjs <file> …`, or `launch` for a command of its own.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const wantedNode = 24;
const isWindows = process.platform === "win32";
const root = fileURLToPath(new URL("..", import.meta.url));

/** This Node if it is new enough; else the one that tools/setup.mjs installed. */
function node() {
  if (Number(process.versions.node.split(".")[0]) >= wantedNode) return process.execPath;
  const linked = resolve(root, "node_modules", ".bin", isWindows ? "node.exe" : "node");
  if (existsSync(linked)) return linked;
  console.error(`error: this is Node ${process.versions.node}, and there is no newer one here\n  node tools/setup.mjs`);
  process.exit(1);
}

/** Requests to this machine use no proxy: Node reads this setting once, when it starts. */
function withoutProxyForThisMachine(env) {
  const names = ["NO_PROXY", "no_proxy"];
  const given = names.map((name) => env[name]).find(Boolean);
  if (given === "*") return env;
  const value = [...(given ? [given] : []), "127.0.0.1", "localhost", "::1"].join(",");
  return { ...env, NO_PROXY: value, no_proxy: value };
}

/**
 * @param {string} file of this project, from its root
 * @param {readonly string[]} args
 */
export function launch(file, args) {
  const program = spawn(node(), ["--disable-warning=ExperimentalWarning", resolve(root, file), ...args], {
    // The channel tells the program when this process has ended, also when it was killed.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: withoutProxyForThisMachine(process.env),
  });
  // At a terminal Ctrl-C reaches both processes, from a script perhaps only this one; the program reacts only to the first.
  process.on("SIGINT", () => !isWindows && program.kill("SIGINT"));
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => program.kill(signal));
  // npm waits for its child: another parent means that npm was killed. A shell that started this may exit earlier.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event && !isWindows)
    setInterval(() => process.ppid !== parent && program.kill("SIGTERM"), 1000).unref();
  program.on("exit", (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
}

const [, self, file, ...args] = process.argv;
if (self && file && resolve(self) === fileURLToPath(import.meta.url)) launch(file, args);
