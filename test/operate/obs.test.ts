import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, test } from "vitest";

const launcher = fileURLToPath(new URL("../../src/operate/obs.mjs", import.meta.url));
const checkout = fileURLToPath(new URL("../..", import.meta.url));

const obs = (...args: string[]) => execa(launcher, args, { cwd: checkout, reject: false, stdin: "ignore" });

describe.concurrent("the help of each command is enough to use it", () => {
  test.for(["preview", "drift", "verify", "doctor", "parity", "catalog", "import dashboard"])("%s", async (command) => {
    const { exitCode, stdout } = await obs(...command.split(" "), "--help");
    expect(exitCode).toBe(0);
    for (const part of ["Usage: obs", "--json", "Ends with:", "Examples:", `npx obs ${command}`])
      expect(stdout).toContain(part);
  });
});

test("a mistyped command is told which one was meant, and ends with 1", async () => {
  const { exitCode, stderr } = await obs("preveiw");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("(Did you mean preview?)");
});

test("outside of any project it says where to go", async () => {
  const { exitCode, stderr } = await obs("catalog", "--check", "--cwd", "/");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("there is no Pulumi.yaml here");
});
