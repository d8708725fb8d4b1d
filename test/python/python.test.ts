import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { ensurePython, pythonFolder } from "../../src/local/python.ts";

/*
 * The Python package, tested in Python: pytest with hypothesis, against a real redis-server and the TypeScript helpers.
 */

const environment = await ensurePython();
if ("missing" in environment) console.warn(`The tests of python/ are skipped: ${environment.missing}.`);

describe.skipIf("missing" in environment)("the Python package", () => {
  const run = (args: readonly string[], python = "python" in environment ? environment.python : "") =>
    execa(python, args, {
      ...{ cwd: pythonFolder, all: true, reject: false, stdin: "ignore" },
    } as const);

  test("passes its tests", { timeout: 900_000 }, async () => {
    const { exitCode, all } = await run(["-m", "pytest", "-q"]);
    expect(exitCode, all?.slice(-6_000)).toBe(0);
  });

  test("passes those of its libraries with their oldest versions, too", { timeout: 900_000 }, async () => {
    const oldest = await ensurePython(() => {}, "oldest");
    expect(oldest).toHaveProperty("python");
    const files = ["analytics", "fastapi", "flags", "state"].map((name) => `tests/test_${name}.py`);
    const { exitCode, all } = await run(["-m", "pytest", "-q", ...files], "python" in oldest ? oldest.python : "");
    expect(exitCode, all?.slice(-6_000)).toBe(0);
  });

  test.each([
    ["formatted", ["-m", "ruff", "format", "--check", "."]],
    ["clean to ruff", ["-m", "ruff", "check", "."]],
    ["strictly typed to mypy", ["-m", "mypy", "--no-error-summary"]],
    ["strictly typed to pyright", ["-m", "pyright"]],
  ])("is %s", { timeout: 900_000 }, async (_, args) => {
    const { exitCode, all } = await run(args);
    expect(exitCode, all).toBe(0);
  });
});
