/** Tests `npm start` while a file that it needs is broken. */
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TestStack } from "../../support/stack.ts";

let checkout: TestStack;
beforeAll(async () => {
  checkout = await TestStack.create({ config: {}, isClone: true });
}, 120_000);
afterAll(() => checkout[Symbol.asyncDispose]());

const board = "dashboards/ai-engagement.ts";

/** `npm start` in the copy, and what it has printed so far. */
function start(...args: string[]) {
  const program = execa(process.execPath, ["tools/launch.mjs", "src/local/start.ts", ...args], {
    ...{ cwd: checkout.folder, env: { ...checkout.env }, extendEnv: false, reject: false, all: true, stdin: "ignore" },
  } as const);
  let said = "";
  program.all.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  return {
    program,
    said: () => said,
    until: (text: RegExp) => expect.poll(() => said, { timeout: 240_000, interval: 100 }).toMatch(text),
    async [Symbol.asyncDispose]() {
      program.kill("SIGINT");
      await program;
    },
  };
}

test("a broken dashboard is said with its place, in the console too; when it is mended, the stack comes up", async () => {
  checkout.edit(board, (text) => text.replace("lastDays: 7,", "lastDays: 7 7,"));
  await using started = start();
  await started.until(/dashboards\/ai-engagement\.ts:\d+: .*\n(.*\n)*.*it goes on by itself/);
  await started.until(/The console is at \S+ already/);
  const address = /The console is at (\S+) already/.exec(started.said())?.[1] ?? "";
  const page = async (): Promise<string> => (await fetch(address)).text();
  expect(await page()).toMatch(/The files cannot be used.*\s+Nothing is brought up until they are mended/);
  expect(await page()).toMatch(/dashboards\/ai-engagement\.ts:\d+/);
  expect(started.said()).not.toContain("Bringing the stack up");

  checkout.edit(board, (text) => text.replace("lastDays: 7 7,", "lastDays: 7,"));
  await started.until(/The local cloud runs until Ctrl-C/);
  expect(await page()).not.toContain("cannot be used");
  expect(await (await fetch(`${address}/dashboards/ai-engagement`)).text()).toContain("AI engagement");
}, 300_000);

test("a file of the catalog that the program itself is made of is waited for, too; with --once it ends", async () => {
  const file = join("src", "catalog", "environment.ts");
  checkout.edit(file, (text) => `${text}\nexport const = 7;\n`);
  const { program } = start("--once");
  const { exitCode, all } = await program;
  expect(all).toMatch(/src\/catalog\/environment\.ts:\d+: \S+/);
  expect(exitCode).toBe(1);

  await using started = start();
  await started.until(/src\/catalog\/environment\.ts:\d+: .*\n(.*\n)*.*it goes on by itself/);
  checkout.edit(file, (text) => text.replace("\nexport const = 7;\n", ""));
  await started.until(/The console is at \S+ already/);
}, 300_000);
