import { describe, expect, test } from "vitest";
import { environment } from "../../src/catalog/environment.ts";
import type { StackResource } from "../../src/local/pulumi.ts";
import { printSummary, printVariables, stackWrites, summarize, variableRows } from "../../src/local/summary.ts";

const resource = (type: string, name: string, modified: string, url?: string): StackResource => ({
  ...{ urn: `urn:pulumi:local::brandvx-observability::${type}::${name}`, type, custom: true, modified },
  outputs: url === undefined ? {} : { url },
});

const dashboard = (name: string, modified: string) =>
  resource("pulumi-nodejs:dynamic/posthog:Dashboard", name, modified, `http://127.0.0.1/dashboard/${name}`);
const provider = resource("pulumi:providers:pulumi-nodejs", "default", "1");

describe("the summary of an up", () => {
  test("tells what was created, changed, removed and left, by vendor", () => {
    const before = [provider, dashboard("kept", "1"), dashboard("edited", "1"), dashboard("old", "1")];
    const after = [
      provider,
      resource("sentry:index/sentryKey:SentryKey", "key", "2"),
      dashboard("kept", "1"),
      dashboard("edited", "2"),
    ];
    expect(printSummary(summarize(before, after, { posthog: 2, sentry: 1 }))).toMatchInlineSnapshot(`
      "┌─────────┬───────────┬────────┬───────────┬───────────────────────────────────┐
      │ vendor  │ what      │ name   │           │ address                           │
      ├─────────┼───────────┼────────┼───────────┼───────────────────────────────────┤
      │ posthog │ Dashboard │ kept   │ as it was │ http://127.0.0.1/dashboard/kept   │
      │ posthog │ Dashboard │ edited │ changed   │ http://127.0.0.1/dashboard/edited │
      │ sentry  │ SentryKey │ key    │ created   │                                   │
      └─────────┴───────────┴────────┴───────────┴───────────────────────────────────┘
      1 created, 1 changed, 1 removed, 1 as it was.
      Writes sent: 2 to posthog, 1 to sentry."
    `);
  });

  test("says that nothing changed when nothing did", () => {
    const text = printSummary(summarize([dashboard("kept", "1")], [dashboard("kept", "1")], { posthog: 0 }));
    expect(text).toContain("Nothing changed: all 1 are as they were.");
    expect(text).toContain("Writes sent: 0 to posthog.");
  });

  test("lists every variable with its app and its source, and never a value", () => {
    const rows = variableRows((name) => !["REDIS_URL", "POSTHOG_FLAGS_KEY"].includes(name));
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(environment));
    const some = ["VITE_POSTHOG_KEY", "SENTRY_TRACES_SAMPLE_RATE", "REDIS_URL", "POSTHOG_FLAGS_KEY"];
    expect(printVariables(rows.filter(({ name }) => some.includes(name)))).toMatchInlineSnapshot(`
      "┌───────────────────┬───────────────────────────┬──────────────────────────────────────────────┬────────────────────┐
      │ app               │ variable                  │ comes from                                   │                    │
      ├───────────────────┼───────────────────────────┼──────────────────────────────────────────────┼────────────────────┤
      │ browser, on Pages │ VITE_POSTHOG_KEY          │ posthog:projectKey                           │ set                │
      │ server, on Render │ POSTHOG_FLAGS_KEY         │ posthog:flagsKey                             │ not set (optional) │
      │ server, on Render │ SENTRY_TRACES_SAMPLE_RATE │ brandvx-observability:sentryTracesSampleRate │ set                │
      │ server, on Render │ REDIS_URL                 │ the Upstash database                         │ not set            │
      └───────────────────┴───────────────────────────┴──────────────────────────────────────────────┴────────────────────┘"
    `);
  });
});

test("what the apps send meanwhile is no write of the stack", () => {
  const paths = [
    "/batch/",
    "/i/v0/e/?ip=1",
    "/e/",
    "/flags/?v=2",
    "/api/2/envelope/",
    "/api/projects/1/dashboards/",
    "/api/0/organizations/brandvx/detectors/1/",
    "/v1/services/srv-1/env-vars/REDIS_URL",
  ];
  expect(stackWrites(paths.map((path) => ({ path })))).toBe(3);
});
