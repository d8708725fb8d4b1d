import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { isAlive } from "./processes.ts";

export const pythonFolder = fileURLToPath(new URL("../../python", import.meta.url));

const oldestPython = [3, 11] as const;
const isWindows = process.platform === "win32";

/** The environment's Python, or why there is none. */
export type PythonInterpreter = { readonly python: string } | { readonly missing: string };

/** Which versions of the libraries to install: the lowest or the highest that the package allows. */
export type Versions = "newest" | "oldest";

const folders: Readonly<Record<Versions, { venv: string; lock: string }>> = {
  newest: { venv: join(pythonFolder, ".venv"), lock: join(pythonFolder, "requirements.lock") },
  oldest: { venv: join(pythonFolder, ".venv-oldest"), lock: join(pythonFolder, "requirements-oldest.lock") },
};

/**
 * Prepares the environment in which python/ is tested and run: python/.venv, with the packages of python/requirements.lock.
 * It is created if it is missing or older than the lock file. BRANDVX_PYTHON names a Python, or is "none".
 *
 * @param progress receives a line when it takes long
 */
export async function ensurePython(
  progress: (line: string) => void = () => {},
  versions: Versions = "newest",
): Promise<PythonInterpreter> {
  if (process.env.BRANDVX_PYTHON === "none") return { missing: "BRANDVX_PYTHON is none" };
  const { venv, lock } = folders[versions];
  const python = join(venv, isWindows ? join("Scripts", "python.exe") : join("bin", "python"));
  const stamp = join(venv, "installed");
  const digest = createHash("sha256").update(readFileSync(lock)).digest("hex");
  const isInstalled = () => existsSync(python) && existsSync(stamp) && readFileSync(stamp, "utf8") === digest;
  if (isInstalled()) return { python };
  const machines = await findPython();
  if (!machines) return { missing: `there is no Python ${oldestPython.join(".")} or newer` };
  const release = await claim(venv);
  try {
    if (isInstalled()) return { python };
    progress("Installing Python's packages (about 30 s, once) …");
    rmSync(stamp, { force: true });
    if (!existsSync(python)) await execa(machines, ["-m", "venv", "--clear", venv], { stdin: "ignore" });
    const quiet = ["--quiet", "--disable-pip-version-check"];
    await execa(python, ["-m", "pip", "install", ...quiet, "--require-hashes", "--requirement", lock], {
      stdin: "ignore",
    });
    // The package itself is used from its sources.
    const { stdout } = await execa(python, ["-c", 'import sysconfig; print(sysconfig.get_path("purelib"))']);
    writeFileSync(join(stdout.trim(), "brandvx.pth"), `${join(pythonFolder, "src")}\n`);
    writeFileSync(stamp, digest);
    return { python };
  } catch (error) {
    const message = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    return { missing: `its packages could not be installed (${message.trim().split("\n").at(-1)})` };
  } finally {
    release();
  }
}

/** Only one process creates the environment; others wait for it. */
async function claim(venv: string): Promise<() => void> {
  const folder = `${venv}.process`;
  for (;;) {
    try {
      mkdirSync(folder);
      writeFileSync(join(folder, String(process.pid)), "");
      return () => rmSync(folder, { recursive: true, force: true });
    } catch {
      const owners = existsSync(folder) ? readdirSync(folder).map(Number) : [];
      if (owners.length > 0 && !owners.some(isAlive)) rmSync(folder, { recursive: true, force: true });
      await wait(200);
    }
  }
}

/** Finds a Python on this machine that is new enough. */
async function findPython(): Promise<string | undefined> {
  const named = process.env.BRANDVX_PYTHON;
  const names = named ? [named] : ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"];
  for (const name of names) {
    const asked = await execa(name, ["-c", "import sys, venv; print(*sys.version_info[:2])"], {
      reject: false,
      stdin: "ignore",
    });
    const [major = 0, minor = 0] = (asked.stdout ?? "").trim().split(" ").map(Number);
    if (asked.exitCode === 0 && (major > oldestPython[0] || (major === oldestPython[0] && minor >= oldestPython[1])))
      return name;
  }
  return undefined;
}
