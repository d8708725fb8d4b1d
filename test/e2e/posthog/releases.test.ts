import { expect, test } from "vitest";
import { httpClient } from "../../local/twins/http-client.ts";
import { posthogStack } from "./stack.ts";

/** A program with the release mark only: the order of releases is up to the engine. */
const markOnly = `
import { Product, readSettings } from "./src/platform/index.ts";

const { posthog, release, teams } = readSettings({ events: {}, dashboards: [], insightAlerts: [], sentryAlerts: [] });
new Product("product", { ...posthog, teams, dashboards: [], alerts: [], release });
`;

test("a release is marked once, a run without one leaves the mark, the next one is another mark, and all outlive the stack", async () => {
  await using at = await posthogStack();
  const { stack, posthog } = at;
  stack.edit("index.ts", () => markOnly);
  stack.configure({ markReleases: "true" });
  const client = httpClient(posthog.url, { Authorization: `Bearer ${posthog.personalApiKey}` });
  const marks = async () => {
    const { body } = await client.get("/api/projects/1/annotations/");
    return (body as { results: { content: string }[] }).results.map(({ content }) => content);
  };
  const up = async (env: Record<string, string>, ...args: string[]) => {
    const ran = await stack.pulumiWith(env, "up", "--yes", "--skip-preview", ...args);
    expect(ran.exitCode, ran.text).toBe(0);
  };

  await up({});
  expect(await marks()).toEqual([]);
  await up({ RELEASE: "operator-ui@1.0.0", RELEASE_COMMIT: "1a2b3c4d" });
  const mark = posthog.requests.mark();
  await up({ RELEASE: "operator-ui@1.0.0", RELEASE_COMMIT: "1a2b3c4d" }, "--expect-no-changes");
  await up({}, "--expect-no-changes");
  expect(posthog.requests.since(mark)).toEqual([]);
  await up({ RELEASE: "operator-ui@1.1.0" });
  const all = [
    "Released operator-ui@1.1.0 [brandvx-observability/test]",
    "Released operator-ui@1.0.0 (1a2b3c4) [brandvx-observability/test]",
  ];
  expect(await marks()).toEqual(all);
  expect((await stack.refreshPreview()).exitCode).toBe(0);
  expect((await stack.destroy()).exitCode).toBe(0);
  expect(await marks()).toEqual(all);
});
