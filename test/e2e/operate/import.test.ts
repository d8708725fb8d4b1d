import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { inTheApp, oldDashboard } from "../../operate/support/by-hand.ts";
import { posthogStack } from "../posthog/stack.ts";
import { obs } from "./obs.ts";

const key = "kaufe-klicks-2023";

/** The program without dashboards of its own: these tests are about an imported one. */
const noDashboards = `export const dashboards = [] as const;\n`;
const noAlerts = `
import { dashboards } from "./dashboards/index.ts";
import { events } from "./src/catalog/events.ts";
import { Product, readSettings } from "./src/platform/index.ts";

const settings = readSettings({ events, dashboards, insightAlerts: [], sentryAlerts: [] });
const product = new Product("product", { ...settings.posthog, teams: settings.teams, dashboards, alerts: [] });
export const dashboardUrls = product.urls;
`;

// Nine runs of the engine, which take longer on a busy machine.
vi.setConfig({ testTimeout: 400_000 });

test("a dashboard made by hand is adopted without a write to PostHog, changed in one PATCH, and kept after an edit by hand", async () => {
  await using at = await posthogStack();
  const { stack, posthog } = at;
  stack.edit("index.ts", () => noAlerts);
  stack.edit("dashboards/index.ts", () => noDashboards);
  const { id, insights } = await oldDashboard(posthog);
  const writesSince = (mark: number) =>
    posthog.requests.since(mark).flatMap(({ method, path }) => (method === "GET" ? [] : [`${method} ${path}`]));

  // Imports into a stack that has never been up: its component is created with the dashboard.
  const beforeAll = posthog.requests.mark();
  const adopted = await obs(
    stack,
    "import",
    "dashboard",
    `${posthog.url}/project/1/dashboard/${id}`,
    "--stack",
    "test",
    "--json",
  );
  expect(adopted.exitCode, adopted.stderr).toBe(0);
  expect(JSON.parse(adopted.stdout)).toMatchObject({ action: "adopt", dashboard: { key }, leftAlone: ["flags"] });
  const up = await stack.up();
  expect(up.exitCode, up.text).toBe(0);
  expect(writesSince(beforeAll), "neither the import nor the up after it").toEqual([]);

  const preview = await stack.pulumi("preview", "--expect-no-changes", "--diff");
  expect(preview.exitCode, preview.text).toBe(0);
  const refresh = await stack.refreshPreview();
  expect(refresh.exitCode, refresh.text).toBe(0);

  const beforeChange = posthog.requests.mark();
  stack.edit(`dashboards/${key}.ts`, (text) => text.replace("windowDays: 7", "windowDays: 14"));
  const changed = await stack.up();
  expect(changed.exitCode, changed.text).toBe(0);
  expect(writesSince(beforeChange)).toEqual([`PATCH /api/projects/1/insights/${insights.funnel}/`]);

  await inTheApp(posthog, "PATCH", `insights/${insights.prompts}/`, { name: "Prompts, by hand" });
  const drifted = await obs(stack, "drift", "--stack", "test", "--json");
  expect(drifted.exitCode, drifted.stderr).toBe(7);
  const [, command = ""] = /"command": "npx obs ([^"]*)"/.exec(drifted.stdout) ?? [];
  const kept = await obs(stack, ...command.split(" "), "--force");
  expect(kept.exitCode, kept.stderr).toBe(0);
  expect(readFileSync(join(stack.folder, `dashboards/${key}.ts`), "utf8")).toContain('title: "Prompts, by hand"');
  expect((await stack.pulumi("refresh", "--yes", "--skip-preview", "--run-program")).exitCode).toBe(0);
  for (const { stdout, stderr } of [adopted, drifted, kept])
    expect(stdout + stderr).not.toContain(posthog.personalApiKey);
  const clean = await stack.pulumi("preview", "--expect-no-changes", "--diff");
  expect(clean.exitCode, clean.text).toBe(0);
});
