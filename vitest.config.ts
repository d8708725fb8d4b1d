import { defineConfig } from "vitest/config";

const endToEndTests = "test/e2e/**/*.test.ts";

export default defineConfig({
  test: {
    // Left alone, vitest leaves one core free: on two of them nothing would run side by side.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: [endToEndTests],
          pool: "threads",
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: [endToEndTests],
          pool: "forks",
          globalSetup: ["test/support/engine-setup.ts"],
          // Engine runs side by side on two busy cores take several times as long as alone.
          testTimeout: 480_000,
          hookTimeout: 480_000,
        },
      },
    ],
  },
});
