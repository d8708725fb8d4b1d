import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { environment } from "../../src/catalog/environment.ts";
import {
  defaultPosthog,
  ingestionHosts,
  isGivenUpHost,
  posthogCloud,
  regionOfHost,
} from "../../src/model/posthog/hosts.ts";
import { readConfiguration } from "../../src/platform/settings/schema.ts";
import { defaultPosthogHost } from "../../src/runtime/shared/settings.ts";

const withConfiguration = (values: Record<string, string>) =>
  readConfiguration({ stack: "production", config: (key) => values[key], hasSecret: () => true, env: {} });

test("without a host the apps send where the stack says that events go, and where PostHog takes them", () => {
  expect(defaultPosthogHost).toBe(environment.POSTHOG_HOST.example);
  expect(Object.values(ingestionHosts)).toContain(defaultPosthogHost);
  expect(isGivenUpHost(defaultPosthogHost)).toBe(false);
});

test.each(["https://app.posthog.com", "https://app.posthog.com/", "HTTPS://APP.POSTHOG.COM"])(
  "%s is given up: neither the app's address nor the one of events may be it",
  (host) => {
    const { findings } = withConfiguration({
      "posthog:host": host,
      "posthog:ingestHost": host,
      "posthog:projectKey": "phc_1",
      "posthog:projectId": "1",
      sentryOrganization: "brandvx",
    });
    expect(findings.map(({ problem }) => problem.split(" (")[0])).toEqual([
      "posthog:host is an address that PostHog has given up",
      "posthog:ingestHost is an address that PostHog has given up",
    ]);
  },
);

test.each([
  [posthogCloud.us.app, "us"],
  [posthogCloud.us.ingest, "us"],
  [`${posthogCloud.eu.app}/`, "eu"],
  [posthogCloud.eu.ingest, "eu"],
  ["https://posthog.example.com", undefined],
  ["https://us.posthog.com.example.com", undefined],
  ["constructor", undefined],
])("%s is of the region %s", (address, region) => {
  expect(regionOfHost(address)).toBe(region);
});

test("no other file of the program writes an address of PostHog Cloud: there is one table", async () => {
  const files = globSync("src/**/*.{ts,mjs,cjs}", { exclude: ["**/node_modules/**", "**/dist/**"] });
  expect(files.length).toBeGreaterThan(300);
  const written = await Promise.all(
    files.map(async (file) => ({
      file,
      // An example in a comment shows an address to a reader; the program does not use it.
      isThere: /^(?! *\*).*"https:\/\/[a-z.]+posthog\.com"/m.test(await readFile(file, "utf8")),
    })),
  );
  expect(written.filter(({ isThere }) => isThere).map(({ file }) => file)).toEqual(["src/model/posthog/hosts.ts"]);
  expect(defaultPosthog.app).toBe("https://us.posthog.com");
});
