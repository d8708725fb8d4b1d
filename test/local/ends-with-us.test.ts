import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, test, vi } from "vitest";
import { isAlive } from "../../src/local/processes.ts";
import { redisServerPath } from "../../src/local/redis/server.ts";
import { temporaryFolder } from "../support/temporary.ts";

const source = (path: string): string => fileURLToPath(new URL(`../../src/local/${path}`, import.meta.url));

/** Runs a program that prints the ids of the processes it started and then kills itself, so that it cannot clean up. */
async function startedBy(program: string): Promise<number[]> {
  const { stdout } = await execa(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", program],
    { reject: false },
  );
  const pids = stdout.split("\n").filter(Boolean).map(Number);
  expect(pids.length).toBeGreaterThan(0);
  return pids;
}

const killMyself = `setTimeout(() => process.kill(process.pid, "SIGKILL"), 50);`;

const areGone = (pids: readonly number[]): Promise<void> =>
  vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 50_000, interval: 100 });

describe.skipIf(process.platform === "win32")("what was started ends with a process that is killed", () => {
  test("a command that is waited for, which is told to end as by Ctrl-C", async () => {
    using folder = temporaryFolder("brandvx-ends-");
    const told = join(folder.path, "told");
    const pids = await startedBy(`
      import { execa } from ${JSON.stringify(import.meta.resolve("execa"))};
      import { endedGently } from ${JSON.stringify(source("processes.ts"))};
      const command = "trap 'mkdir ${told}; exit' INT; echo; while :; do sleep 0.1; done";
      const running = execa("sh", ["-c", command], { detached: true, reject: false });
      void endedGently(running, { signal: new AbortController().signal, patienceMs: 1000 });
      running.stdout.once("data", () => { console.log(running.pid); ${killMyself} });
    `);
    await areGone(pids);
    expect(() => mkdirSync(told), "it could finish what it had begun").toThrow("EEXIST");
  });

  test("one that does not listen", async () => {
    const pids = await startedBy(`
      import { execa } from ${JSON.stringify(import.meta.resolve("execa"))};
      import { endWithUs } from ${JSON.stringify(source("ends-with-us.ts"))};
      const running = endWithUs(execa("sh", ["-c", "trap '' INT TERM; echo; while :; do sleep 0.1; done"], { detached: true, reject: false }));
      running.stdout.once("data", () => { console.log(running.pid); ${killMyself} });
    `);
    await areGone(pids);
  }, 60_000);

  test("a plugin of an engine, also behind a shell that stays, as in Pulumi's own launcher", async () => {
    const watch = fileURLToPath(new URL("../../src/resources/entry/ends-with-engine.cjs", import.meta.url));
    const serve = "console.log(process.pid); setInterval(() => {}, 1000)";
    const pids = await startedBy(`
      import { spawn } from "node:child_process";
      const command = "${process.execPath} --require ${watch} -e '${serve}'; true";
      const plugin = spawn("sh", ["-c", command], { stdio: ["pipe", "pipe", "ignore"], detached: true });
      plugin.stdout.once("data", (text) => { console.log(String(text).trim()); ${killMyself} });
    `);
    await areGone(pids);
  });

  test.skipIf(redisServerPath() === undefined)("the local Redis", async () => {
    using folder = temporaryFolder("brandvx-ends-");
    const pids = await startedBy(`
      import { descendantsOf } from ${JSON.stringify(source("processes.ts"))};
      import { localRedis } from ${JSON.stringify(source("redis/index.ts"))};
      await localRedis(${JSON.stringify(folder.path)}).connect({ id: "a", name: "a", password: "0123456789" });
      console.log((await descendantsOf(process.pid)).join("\\n"));
      ${killMyself}
    `);
    await areGone(pids);
  });

  test("and nothing else does: who has ended is forgotten, and whoever waits for nothing may go", async () => {
    const { exitCode } = await execa(
      process.execPath,
      [
        ...["--disable-warning=ExperimentalWarning", "--input-type=module", "-e"],
        `
          import { execa } from ${JSON.stringify(import.meta.resolve("execa"))};
          import { endWithUs } from ${JSON.stringify(source("ends-with-us.ts"))};
          await endWithUs(execa("true"));
        `,
      ],
      { timeout: 20_000 },
    );
    expect(exitCode).toBe(0);
  });
});
