import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { installStandInPlugins } from "../../../src/local/plugins/install.ts";

function home(onTestFinished: (done: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), "pulumi home "));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe("installed plugins", () => {
  test("stand where the engine looks for the versions of the SDKs that are installed", ({ onTestFinished }) => {
    const folder = home(onTestFinished);
    const installed = installStandInPlugins(folder);
    expect(readdirSync(join(folder, "plugins")).sort()).toEqual(
      installed.map(({ name, version }) => `resource-${name}-v${version}`).sort(),
    );
    for (const { version } of installed) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test("are not written again when nothing has changed", ({ onTestFinished }) => {
    const folder = home(onTestFinished);
    const times = () =>
      installStandInPlugins(folder).map(
        ({ name, folder: at }) => statSync(join(at, readdirSync(at)[0] ?? name)).mtimeMs,
      );
    expect(times()).toEqual(times());
  });

  test.skipIf(process.platform === "win32")(
    "start on the project's Node, say their port and nothing else, and end with who started them",
    async ({ onTestFinished }) => {
      for (const { name, folder } of installStandInPlugins(home(onTestFinished))) {
        // A shell in between, so that the plugin's parent can be killed.
        const parent = spawn("/bin/sh", [
          "-c",
          `"${join(folder, `pulumi-resource-${name}`)}" 127.0.0.1:1 & echo "pid $!"; wait`,
        ]);
        let said = "";
        let complained = "";
        parent.stderr.on("data", (part) => {
          complained += part;
        });
        while (!/pid (\d+)\n(?:.*\n)*/.test(said) || !/^\d+$/m.test(said))
          said += (await once(parent.stdout, "data"))[0];
        const pid = Number(/pid (\d+)/.exec(said)?.[1]);
        expect(said.replace(/pid \d+\n/, "")).toMatch(/^\d+\n$/);
        expect(complained).toBe("");
        parent.kill("SIGKILL");
        await expect.poll(() => isAlive(pid), { timeout: 15_000 }).toBe(false);
      }
    },
    60_000,
  );
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
