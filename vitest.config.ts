import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

/** Vendors' own API descriptions and recordings live beside the project; a clone without them runs all other tests. */
export const vendorData = new URL("../shared/data/", import.meta.url);
const hasVendorData = existsSync(vendorData);

if (!hasVendorData) {
  console.warn(
    "skipped: the tests against the vendors' own API descriptions, which need ../shared/data (*.vendor.test.ts)",
  );
}

const vendorTests = "test/**/*.vendor.test.ts";
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
          exclude: [vendorTests, endToEndTests],
          pool: "threads",
          testTimeout: 30_000,
        },
      },
      ...(hasVendorData
        ? [
            {
              extends: true as const,
              test: { name: "vendor", include: [vendorTests], pool: "threads" as const, testTimeout: 30_000 },
            },
          ]
        : []),
      {
        extends: true,
        test: {
          name: "e2e",
          include: [endToEndTests],
          pool: "forks",
          globalSetup: ["test/support/engine-setup.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
