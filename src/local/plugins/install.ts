import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type PluginName, sdkPackages, sdkVersion } from "./kit/versions.ts";

export interface InstalledPlugin {
  name: PluginName;
  version: string;
  /** `$PULUMI_HOME/plugins/resource-<name>-v<version>` */
  folder: string;
}

/**
 * Puts a stand-in for each vendor's plugin where the engine looks for plugins of these versions, so that it downloads none.
 * Installed again it writes only what has changed; safe while engines are running.
 */
export function installStandInPlugins(pulumiHome: string): InstalledPlugin[] {
  return (Object.keys(sdkPackages) as PluginName[]).map((name) => {
    const version = sdkVersion(name);
    const folder = join(pulumiHome, "plugins", `resource-${name}-v${version}`);
    mkdirSync(folder, { recursive: true });
    const main = fileURLToPath(new URL(`./${name}/main.ts`, import.meta.url));
    writeWhole(
      join(folder, `pulumi-resource-${name}${process.platform === "win32" ? ".cmd" : ""}`),
      launcher(projectNode(), main),
    );
    return { name, version, folder };
  });
}

/** The project's own Node, which runs TypeScript as it is; the machine's may be older. */
function projectNode(): string {
  const file = process.platform === "win32" ? "node.cmd" : "node";
  const own = fileURLToPath(new URL(`../../../node_modules/.bin/${file}`, import.meta.url));
  return existsSync(own) ? own : process.execPath;
}

/** Whatever a plugin prints beside its port the engine would show as its words, so Node's warnings are off. */
function launcher(node: string, main: string): string {
  const options = "--disable-warning=ExperimentalWarning";
  if (process.platform === "win32") return `@"${node}" ${options} "${main}" %*\r\n`;
  const quoted = (path: string) => `'${path.replaceAll("'", `'\\''`)}'`;
  return `#!/bin/sh\nexec ${quoted(node)} ${options} ${quoted(main)} "$@"\n`;
}

/** Whole or not at all: an engine may be starting it right now. */
function writeWhole(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, text);
  chmodSync(temporary, 0o755);
  renameSync(temporary, path);
}
