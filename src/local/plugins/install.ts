import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type PluginName, sdkPackages, sdkVersion } from "./kit/versions.ts";
import type { RealPlugins } from "./real.ts";

export interface InstalledPlugin {
  name: PluginName;
  version: string;
  /** `$PULUMI_HOME/plugins/resource-<name>-v<version>` */
  folder: string;
}

/**
 * Installs a stand-in for each vendor's plugin where the engine looks for plugins of these versions, so that it downloads
 * none. Repeated installs write only what has changed; safe while engines are running.
 *
 * @param real executables of vendors' own plugins, which are started instead
 */
export function installStandInPlugins(pulumiHome: string, real: RealPlugins = {}): InstalledPlugin[] {
  return (Object.keys(sdkPackages) as PluginName[]).map((name) => {
    const version = sdkVersion(name);
    const folder = join(pulumiHome, "plugins", `resource-${name}-v${version}`);
    mkdirSync(folder, { recursive: true });
    const main = fileURLToPath(new URL(`./${name}/main.ts`, import.meta.url));
    const own = Object.hasOwn(real, name) ? real[name as keyof RealPlugins] : undefined;
    writeWhole(
      join(folder, `pulumi-resource-${name}${process.platform === "win32" ? ".cmd" : ""}`),
      own === undefined ? launcher(standIn(main)) : launcher([own]),
    );
    return { name, version, folder };
  });
}

/** This process's Node, which can run TypeScript; the machine's may be older. */
function projectNode(): string {
  const file = process.platform === "win32" ? "node.cmd" : "node";
  const own = fileURLToPath(new URL(`../../../node_modules/.bin/${file}`, import.meta.url));
  return existsSync(own) ? own : process.execPath;
}

/** Node's warnings are off, since the engine shows everything that a plugin prints besides its port. */
const standIn = (main: string): string[] => [projectNode(), "--disable-warning=ExperimentalWarning", main];

function launcher(words: readonly string[]): string {
  if (process.platform === "win32") return `@${words.map((word) => `"${word}"`).join(" ")} %*\r\n`;
  const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  return `#!/bin/sh\nexec ${quoted.join(" ")} "$@"\n`;
}

/** Written atomically, since an engine may be starting it right now. */
function writeWhole(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, text);
  chmodSync(temporary, 0o755);
  renameSync(temporary, path);
}
