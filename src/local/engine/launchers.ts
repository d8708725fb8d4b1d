import { chmodSync, copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The language host, as it is copied beside an engine. */
export const languageHostSource = new URL("./language-host.mjs", import.meta.url);

// The engine starts both in the project's folder, so the project's own Node 24 is found even where the machine's is older.
const findNode = `node=node
folder=$PWD
while [ "$folder" != / ]; do
  if [ -x "$folder/node_modules/.bin/node" ]; then node=$folder/node_modules/.bin/node; break; fi
  folder=$(dirname "$folder")
done`;

const languageHost = `#!/bin/sh
${findNode}
exec "$node" "$(dirname "$0")/language-host.mjs" "$@"
`;

const dynamicProvider = `#!/bin/sh
${findNode}
exec "$node" --no-warnings=ExperimentalWarning -e 'require("@pulumi/pulumi/cmd/dynamic-provider")' dynamic-provider "$@"
`;

const languageHostCmd = '@node "%~dp0language-host.mjs" %*\r\n';
const dynamicProviderCmd = `@node --no-warnings=ExperimentalWarning -e "require('@pulumi/pulumi/cmd/dynamic-provider')" dynamic-provider %*\r\n`;

/** What `writeLaunchers` writes, as one text: changes when a launcher does. */
export const launcherText = [languageHost, dynamicProvider, languageHostCmd, dynamicProviderCmd].join("");

/** Puts what the official distribution ships beside `pulumi` into `folder`: the engine finds them there without a warning. */
export function writeLaunchers(folder: string): void {
  copyFileSync(languageHostSource, join(folder, "language-host.mjs"));
  const files =
    process.platform === "win32"
      ? { "pulumi-language-nodejs.cmd": languageHostCmd, "pulumi-resource-pulumi-nodejs.cmd": dynamicProviderCmd }
      : { "pulumi-language-nodejs": languageHost, "pulumi-resource-pulumi-nodejs": dynamicProvider };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
}
