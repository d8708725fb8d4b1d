import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, test, vi } from "vitest";
import { isAlive } from "../../src/local/processes.ts";
import { temporaryFolder } from "../support/temporary.ts";

const launcher = fileURLToPath(new URL("../../tools/launch.mjs", import.meta.url));
const ends = fileURLToPath(new URL("../../src/local/ends-with-us.ts", import.meta.url));

/** Launches a program as `npm start` does. */
function launched(folder: string, program: string, env: Record<string, string> = {}, args: readonly string[] = []) {
  const file = join(folder, "program.mjs");
  writeFileSync(file, program);
  return execa(process.execPath, [launcher, file, ...args], { env, reject: false });
}

describe("a program that is launched", () => {
  test("runs on this Node, with its arguments, and ends as it ends", async () => {
    using folder = temporaryFolder("brandvx-launch-");
    const program = "console.log(process.execPath, process.argv.slice(2).join()); process.exitCode = 7;";
    const { exitCode, stdout } = await launched(folder.path, program, {}, ["--a b", "c"]);
    expect(stdout).toBe(`${process.execPath} --a b,c`);
    expect(exitCode).toBe(7);
  });

  test.for([
    [{}, "127.0.0.1,localhost,::1"],
    [{ NO_PROXY: "a.example" }, "a.example,127.0.0.1,localhost,::1"],
    [{ no_proxy: "b.example" }, "b.example,127.0.0.1,localhost,::1"],
    [{ NO_PROXY: "*" }, "*"],
  ] as const)("asks this machine through no proxy: %o", async ([env, expected]) => {
    using folder = temporaryFolder("brandvx-launch-");
    const program = "console.log(process.env.NO_PROXY ?? process.env.no_proxy);";
    const { stdout } = await launched(folder.path, program, { HTTP_PROXY: "http://127.0.0.1:9", NO_PROXY: "", ...env });
    expect(stdout).toBe(expected);
  });

  test("reaches this machine where Node itself would ask a proxy", async () => {
    using folder = temporaryFolder("brandvx-launch-");
    const program = `
      import { createServer } from "node:http";
      const server = createServer((_request, response) => response.end("here")).listen(0, "127.0.0.1", async () => {
        console.log(await fetch("http://127.0.0.1:" + server.address().port).then((answer) => answer.text(), String));
        process.exit();
      });`;
    const env = { NODE_USE_ENV_PROXY: "1", HTTP_PROXY: "http://127.0.0.1:9" };
    expect((await launched(folder.path, program, env)).stdout).toBe("here");
  });

  test.skipIf(process.platform === "win32")(
    "is ended when the npm that started it was killed, and by no shell that ends",
    async () => {
      using folder = temporaryFolder("brandvx-launch-");
      const file = join(folder.path, "program.mjs");
      writeFileSync(file, "console.log(process.pid); setInterval(() => {}, 1000);");
      /** A shell in between, so that the launcher's parent can be killed. */
      const pidOf = async (env: Record<string, string>): Promise<number> => {
        const shell = execa("sh", ["-c", `"${process.execPath}" "${launcher}" "${file}" & wait`], {
          env,
          reject: false,
        });
        const pid = await new Promise<number>((resolve) => shell.stdout.once("data", (text) => resolve(Number(text))));
        shell.kill("SIGKILL");
        return pid;
      };
      const [npms, shells] = await Promise.all([
        pidOf({ npm_lifecycle_event: "start" }),
        pidOf({ npm_lifecycle_event: "" }),
      ]);
      try {
        await vi.waitFor(() => expect(isAlive(npms)).toBe(false), { timeout: 20_000, interval: 50 });
        expect(isAlive(shells)).toBe(true);
      } finally {
        process.kill(shells, "SIGKILL");
      }
    },
  );

  test.skipIf(process.platform === "win32")("is told when its launcher was killed", async () => {
    using folder = temporaryFolder("brandvx-launch-");
    const program = `
      import { whenLauncherIsGone } from ${JSON.stringify(ends)};
      whenLauncherIsGone(() => process.exit());
      setInterval(() => {}, 1000);
      console.log(process.pid);`;
    const running = launched(folder.path, program);
    const pid = await new Promise<number>((resolve) => running.stdout.once("data", (text) => resolve(Number(text))));
    expect(isAlive(pid)).toBe(true);
    running.kill("SIGKILL");
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 20_000, interval: 50 });
  });
});
