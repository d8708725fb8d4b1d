import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { execa } from "execa";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const config = "test/dashboards/support/failing/vitest.config.ts";

/** Runs vitest for the dashboard with a mistake. */
async function failingRun(pool: "threads" | "forks") {
  const run = await execa(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--config", config, "--pool", pool],
    {
      cwd: root,
      all: true,
      reject: false,
      // The inner run must not inherit the environment of this one.
      extendEnv: false,
      env: { PATH: process.env.PATH },
    },
  );
  return { exitCode: run.exitCode, signal: run.signal, output: stripVTControlCharacters(run.all) };
}

describe.each(["threads", "forks"] as const)(
  "who makes a mistake in a dashboard sees the mistake, with tests in %s",
  (pool) => {
    test("and the summary, not a crash of DuckDB", { timeout: 120_000 }, async () => {
      const { exitCode, signal, output } = await failingRun(pool);
      expect({ exitCode, signal }, output).toEqual({ exitCode: 1, signal: undefined });
      expect(output).toMatch(/expected \[\] to deeply equal \[ 1, \+0 \]/);
      expect(output).toMatch(/Tests +3 failed \| 4 passed \| 13 skipped/);
      expect(output).not.toMatch(/unhandled|Napi/i);
    });
  },
);
