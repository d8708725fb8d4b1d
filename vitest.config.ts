import { defineConfig } from "vitest/config";

const endToEndTests = "test/e2e/**/*.test.ts";

export default defineConfig({
  test: {
    // Left alone, vitest leaves one core free: on two of them nothing would run side by side.
    maxWorkers: "100%",
    // Not threads: DuckDB aborts the process when a thread ends under one of its queries, as after a test that timed out.
    pool: "forks",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: [endToEndTests],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: [endToEndTests],
          globalSetup: ["test/support/e2e-setup.ts"],
          // Engine runs side by side on two busy cores take several times as long as alone.
          testTimeout: 480_000,
          hookTimeout: 480_000,
        },
      },
    ],
  },
});
