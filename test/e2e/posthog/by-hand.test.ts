import { expect, test } from "vitest";
import type { PosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import { posthogStack } from "./stack.ts";

/** What somebody does in PostHog's app. */
async function byHand(posthog: PosthogTwin, path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${posthog.url}/api/projects/1/${path}`, {
    method: "PATCH",
    headers: { Authorization: `Bearer ${posthog.personalApiKey}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.ok, await answer.clone().text()).toBe(true);
}

const insightNamed = (posthog: PosthogTwin, wanted: string) => {
  const found = posthog.live().insights.find(({ name }) => name === wanted);
  if (!found) throw new Error(`there is no insight "${wanted}"`);
  return found;
};

test("an insight that was edited by hand is named by its tile, and healed", async () => {
  await using at = await posthogStack();
  const { stack, posthog } = at;
  await stack.up();
  const insight = insightNamed(posthog, "Opened to first step done");
  const edited = structuredClone(insight.query) as {
    source: { properties?: unknown; funnelsFilter: { funnelWindowInterval: number } };
  };
  edited.source.funnelsFilter.funnelWindowInterval = 30;
  await byHand(posthog, `insights/${insight.id}/`, { query: edited });

  const seen = await stack.refreshPreview();
  expect(seen.exitCode, seen.text).toBe(7);
  expect(seen.text).toMatch(/conversion[\s\S]*funnelWindowInterval: 14 => 30/);

  const healed = await stack.up("--refresh");
  expect(healed.exitCode, healed.text).toBe(0);
  expect(insightNamed(posthog, "Opened to first step done").query).toEqual(insight.query);
  expect((await stack.refreshPreview()).exitCode).toBe(0);
});

test("a dashboard that was deleted by hand is created again with its own insights, and destroy leaves nothing", async () => {
  await using at = await posthogStack();
  const { stack, posthog } = at;
  await stack.up();
  const dashboard = posthog.live().dashboards.find(({ name }) => name === "AI engagement");
  await byHand(posthog, `dashboards/${dashboard?.id}/`, { deleted: true });
  expect((await stack.refreshPreview()).exitCode).toBe(7);

  const healed = await stack.up("--refresh");
  expect(healed.exitCode, healed.text).toBe(0);
  const again = posthog.live().dashboards.find(({ name }) => name === "AI engagement");
  expect(again?.tiles).toHaveLength(dashboard?.tiles.length ?? -1);
  const names = posthog.live().insights.map(({ name }) => name);
  expect(names.toSorted(), "no insight stands twice").toEqual([...new Set(names)].toSorted());

  const gone = await stack.destroy();
  expect(gone.exitCode, gone.text).toBe(0);
  expect(posthog.live()).toEqual({ dashboards: [], insights: [], alerts: [] });
});
