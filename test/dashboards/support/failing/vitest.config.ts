import { defineConfig } from "vitest/config";

/** Runs the tests of the failing dashboard, which are not part of this project's tests. */
export default defineConfig({
  test: { include: ["test/dashboards/support/failing/dashboard.fixture.ts"], testTimeout: 60_000 },
});
