import { expect, test } from "vitest";
import { activationFunnel } from "../../../../dashboards/activation-funnel.ts";
import { type DashboardIds, standingDashboard } from "../../../../src/local/console/dashboards/standing.ts";
import type { Live, LiveDashboard } from "../../../../src/local/twins/posthog/index.ts";

const keys = Object.entries(activationFunnel.tiles).flatMap(([key, tile]) => (tile.kind === "insight" ? [key] : []));
const ids: DashboardIds = { id: 1001, insightIds: Object.fromEntries(keys.map((key, index) => [key, index + 1])) };

/** The dashboard that `up` created, with the fields that PostHog adds to queries, and somebody's changes. */
function made(
  change: (tile: { name: string; query: object }, key: string) => object | null = (tile) => tile,
  name = activationFunnel.title,
): Live {
  const tiles = Object.entries(activationFunnel.tiles).flatMap(([key, tile]) => {
    if (tile.kind !== "insight") return [];
    const query = { ...tile.query, source: { ...(tile.query.source as object), version: 2, samplingFactor: null } };
    const insight = change({ name: tile.title, query }, key);
    return insight === null ? [] : [{ id: 1, kind: "insight", insight: { id: ids.insightIds[key], ...insight } }];
  });
  const dashboard = { id: 1001, name, tiles } as unknown as LiveDashboard;
  return { dashboards: [dashboard], insights: [], alerts: [] };
}

const changesOf = (live: Live) =>
  Object.fromEntries(
    standingDashboard(activationFunnel, live, ids).tiles.flatMap((tile) =>
      tile.kind === "insight" && tile.changes.length > 0 ? [[tile.key, tile.changes.join(" ")]] : [],
    ),
  );

test("a dashboard that stands as its file says has no changes, whatever PostHog adds to its queries", () => {
  const { changes, id, title } = standingDashboard(activationFunnel, made(), ids);
  expect({ changes, id, title }).toEqual({ changes: [], id: 1001, title: "Activation funnel" });
  expect(changesOf(made())).toEqual({});
});

test("before the first `up` it is shown as its file says, and is not there", () => {
  const { id, changes, tiles } = standingDashboard(
    activationFunnel,
    { dashboards: [], insights: [], alerts: [] },
    undefined,
  );
  expect({ id, changes }).toEqual({ id: null, changes: [] });
  expect(tiles.map(({ key }) => key)).toEqual(Object.keys(activationFunnel.tiles));
});

test("a changed question is told in words, and the tile shows what PostHog asks now", () => {
  const shorter = { kind: "InsightVizNode", source: { kind: "TrendsQuery", series: [] } };
  const live = made((tile, key) => (key === "completions-over-time" ? { ...tile, query: shorter } : tile));
  const tile = standingDashboard(activationFunnel, live, ids).tiles.find(({ key }) => key === "completions-over-time");
  expect(tile).toMatchObject({ query: shorter });
  expect(changesOf(live)).toEqual({
    "completions-over-time": expect.stringMatching(/^It was changed in PostHog: .+\./),
  });
});

test("what was renamed or deleted is told, of a tile and of the dashboard", () => {
  expect(changesOf(made((tile, key) => (key === "conversion" ? { ...tile, name: "Conversion!" } : tile)))).toEqual({
    conversion: "It was renamed in PostHog: its file says “Opened to first step done”.",
  });
  expect(changesOf(made((tile, key) => (key === "conversion" ? null : tile)))).toEqual({
    conversion: "It is missing in PostHog.",
  });
  expect(standingDashboard(activationFunnel, made(undefined, "Funnel"), ids)).toMatchObject({
    title: "Funnel",
    changes: ["It was renamed in PostHog: its file says “Activation funnel”."],
  });
  expect(standingDashboard(activationFunnel, { dashboards: [], insights: [], alerts: [] }, ids).changes).toEqual([
    "It was deleted in PostHog.",
  ]);
});
