import { defineConfig } from "vitest/config";

/** Runs the dashboard that fails its tests, which is no test of this project. */
export default defineConfig({
  test: { include: ["test/dashboards/support/failing/dashboard.fixture.ts"], testTimeout: 60_000 },
});
