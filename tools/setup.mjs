// Runs before `npm start` and `npm test`, on whatever Node the machine has (20 or newer): makes node_modules match the
// lockfile. The scripts that follow then find Node 24 in node_modules/.bin.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const oldestNode = 20;

if (Number(process.versions.node.split(".")[0]) < oldestNode) {
  fail(
    `Node ${process.versions.node} is too old to set this project up`,
    `install Node ${oldestNode} or newer; Node 24 itself comes with the packages`,
  );
}
if (!matchesLockfile()) installPackages();

/** True when every package of the lockfile that this platform needs is installed in the locked version. */
function matchesLockfile() {
  const node = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
  const wanted = readPackages(join(root, "package-lock.json"));
  const installed = readPackages(join(root, "node_modules", ".package-lock.json"));
  if (!wanted || !installed || !existsSync(node)) return false;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === "" ||
      entry.optional ||
      entry.link ||
      !path.startsWith("node_modules/") ||
      installed[path]?.version === entry.version,
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

function installPackages() {
  console.error("Installing the packages of package-lock.json (the first time about a minute) …");
  const started = Date.now();
  // Not `npm ci`: it refuses a lockfile without the packages of other platforms, which no single platform can write whole.
  const args = ["install", "--no-save", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  const done = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ["ignore", 2, 2] })
    : spawnSync("npm", args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (done.signal) process.exit(130);
  if (done.status !== 0)
    fail(
      "npm could not install the packages",
      "its own message stands above: most often the registry is out of reach, or the disk is full",
    );
  console.error(`Packages are installed (${Math.round((Date.now() - started) / 1000)} s).`);
}

function fail(problem, fix) {
  console.error(`error: ${problem}\n  ${fix}`);
  process.exit(1);
}
