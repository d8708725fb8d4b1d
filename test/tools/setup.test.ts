import { chmodSync, cpSync, existsSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/temporary.ts";

const tools = fileURLToPath(new URL("../../tools", import.meta.url));

/** The part of npm that setup needs: it installs what the lockfile lists, and deletes everything else in the folder. */
const npm = `
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
rmSync("node_modules", { recursive: true, force: true });
mkdirSync("node_modules/.bin", { recursive: true });
writeFileSync("node_modules/.package-lock.json", JSON.stringify({ packages }));
for (const place of Object.keys(packages)) {
  if (!/^node_modules\\/node-/.test(place)) continue;
  mkdirSync(join(place, "bin"), { recursive: true });
  writeFileSync(join(place, "bin", "node"), "");
}
`;

test.skipIf(process.platform === "win32")(
  "a Node that lies in node_modules sets up anew, although npm takes it away while it runs",
  { timeout: 120_000 },
  async () => {
    using folder = temporaryFolder("brandvx-setup-");
    const at = (...names: string[]): string => join(folder.path, ...names);
    for (const name of ["node_modules/.bin", "tools/node", "bin"]) mkdirSync(at(name), { recursive: true });
    cpSync(join(tools, "setup.mjs"), at("tools/setup.mjs"));
    writeFileSync(
      at("package-lock.json"),
      JSON.stringify({ packages: { "": {}, "node_modules/a": { version: "1" } } }),
    );
    cpSync(join(tools, "node", "package-lock.json"), at("tools/node/package-lock.json"));
    writeFileSync(at("npm.mjs"), npm);
    writeFileSync(at("bin/npm"), `#!/bin/sh\nexec "${process.execPath}" "${at("npm.mjs")}" "$@"\n`);
    chmodSync(at("bin/npm"), 0o755);
    const linked = at("node_modules/.bin/node");
    cpSync(process.execPath, linked);

    const { exitCode, stderr } = await execa(linked, [at("tools/setup.mjs")], {
      ...{ cwd: folder.path, reject: false, extendEnv: false },
      env: {
        ...{ PATH: [at("bin"), dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter) },
        ...{ HOME: folder.path, npm_execpath: at("npm.mjs") },
      },
    });
    expect(exitCode, stderr).toBe(0);
    expect(existsSync(linked)).toBe(true);
    expect(realpathSync(linked).startsWith(realpathSync(at("tools", "node")))).toBe(true);
  },
);
