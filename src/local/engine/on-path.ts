import { accessSync, constants, existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { execa } from "execa";
import { programEnvironment } from "../program-environment.ts";

const windows = process.platform === "win32";

/** File name of the engine. */
export const executable = windows ? "pulumi.exe" : "pulumi";

/** Where an engine was made, or why it was not. */
export type Outcome = { ok: true; pulumi: string } | { ok: false; why: string };

/** Finds an executable as a shell would. Returns its path, or undefined. */
export function which(name: string, path = process.env.PATH ?? ""): string | undefined {
  const endings = windows ? [".exe", ".cmd"] : [""];
  for (const folder of path.split(delimiter).filter(Boolean)) {
    for (const ending of endings) {
      const file = join(folder, name + ending);
      if (isExecutable(file)) return file;
    }
  }
  return undefined;
}

/** PATH with a `node` that can run this project: unchanged if it already finds this process's own, else with that one's folder first. */
export function withOwnNode(path: string): string {
  const found = which("node", path);
  const isOwn = found !== undefined && realpathSync(found) === realpathSync(process.execPath);
  return isOwn ? path : [dirname(process.execPath), path].join(delimiter);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The version that a `pulumi` prints, without the leading "v"; undefined when it does not start. */
export async function versionOf(pulumi: string, env: NodeJS.ProcessEnv = {}): Promise<string | undefined> {
  const versionOutput = await execa(pulumi, ["version"], {
    reject: false,
    timeout: 30_000,
    env: { ...programEnvironment(), PULUMI_SKIP_UPDATE_CHECK: "true", ...env },
    extendEnv: false,
  });
  return versionOutput.failed ? undefined : /v(\d+\.\d+\.\d+\S*)/.exec(versionOutput.stdout)?.[1];
}

/** Whether this engine can run Node programs: the official distribution ships the language host beside the binary. */
export function hasLanguageHost(pulumi: string): boolean {
  const beside = join(dirname(realpathSync(pulumi)), `pulumi-language-nodejs${windows ? ".exe" : ""}`);
  return existsSync(beside) || which("pulumi-language-nodejs") !== undefined;
}
