import { chmodSync, copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Source of the language host, which is copied next to an engine. */
export const languageHostSource = new URL("./language-host.mjs", import.meta.url);

/** Source of the script that ends a dynamic provider with its engine; copied next to an engine. */
export const endsWithEngineSource = new URL("../../resources/entry/ends-with-engine.cjs", import.meta.url);

// A Node that runs this project is on PATH wherever such an engine is started: see environment.ts.
const languageHost = `#!/bin/sh
exec node "$(dirname "$0")/language-host.mjs" "$@"
`;

const dynamicProvider = `#!/bin/sh
exec node --no-warnings=ExperimentalWarning --require "$(dirname "$0")/ends-with-engine.cjs" -e 'require("@pulumi/pulumi/cmd/dynamic-provider")' dynamic-provider "$@"
`;

const languageHostCmd = '@node "%~dp0language-host.mjs" %*\r\n';
const dynamicProviderCmd = `@node --no-warnings=ExperimentalWarning --require "%~dp0ends-with-engine.cjs" -e "require('@pulumi/pulumi/cmd/dynamic-provider')" dynamic-provider %*\r\n`;

/** All content that `writeLaunchers` writes, for the cache key. */
export const launcherText = [languageHost, dynamicProvider, languageHostCmd, dynamicProviderCmd].join("");

/** Writes the programs that the official distribution ships next to `pulumi`, so that the engine finds them without a warning. */
export function writeLaunchers(folder: string): void {
  copyFileSync(languageHostSource, join(folder, "language-host.mjs"));
  copyFileSync(endsWithEngineSource, join(folder, "ends-with-engine.cjs"));
  const files =
    process.platform === "win32"
      ? { "pulumi-language-nodejs.cmd": languageHostCmd, "pulumi-resource-pulumi-nodejs.cmd": dynamicProviderCmd }
      : { "pulumi-language-nodejs": languageHost, "pulumi-resource-pulumi-nodejs": dynamicProvider };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
}
