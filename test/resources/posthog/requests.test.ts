import { describe, expect, test } from "vitest";
import type { DashboardInputs } from "../../../src/resources/posthog/dashboard/inputs.ts";
import { alertOn, definition, manyTiles, type Setting, setting, textTile, trendTile } from "./support.ts";

const sent = (at: Setting, mark = 0) => at.twin.requests.since(mark);

/** Dashboards, and an alert on the first one. */
async function makeAll(at: Setting, dashboards: DashboardInputs[]) {
  const maker = at.process();
  const made = await Promise.all(
    dashboards.map(async (one) => {
      const dashboard = maker.dashboard();
      await dashboard.up(one);
      return dashboard;
    }),
  );
  const alert = maker.alert();
  await alert.up(alertOn(made[0]?.id ?? "", { tileTitle: "Chart 0" }));
  return { made, alert };
}

async function addForeignInsights(at: Setting, count: number): Promise<void> {
  const add = (i: number) =>
    at.byHand("post", "insights/", { name: `Theirs ${i}`, saved: true, query: trendTile("").query });
  for (let i = 0; i < count; i += 50) await Promise.all(Array.from({ length: 50 }, (_, j) => add(i + j)));
}

describe("how many requests", () => {
  test.for([
    ["with a text", manyTiles(9, 1)],
    ["without one", manyTiles(10)],
    ["of one tile", manyTiles(1)],
  ] as const)(
    "creating a dashboard %s takes at most its tiles and three, the look at the project included; the look at the key is one more",
    async ([, tiles]) => {
      await using at = await setting();
      const process = at.process();
      await process.project().up({ projectId: 1, host: at.twin.url, needs: ["dashboard:write", "insight:write"] });
      await process.dashboard().up(definition({ tiles }));
      const [aboutKey, others] = [/personal_api_keys/, /^\/api\/projects\/1\//].map((path) =>
        sent(at).filter((request) => path.test(request.path)),
      );
      expect(aboutKey).toHaveLength(1);
      expect(others?.length).toBeLessThanOrEqual(Object.keys(tiles).length + 3);
    },
  );

  test("a dashboard more costs its tiles and two", async () => {
    await using at = await setting();
    const process = at.process();
    await process.dashboard().up(definition({ key: "a", tiles: manyTiles(4) }));
    const mark = at.twin.requests.mark();
    await process.dashboard().up(definition({ key: "b", tiles: manyTiles(4) }));
    expect(sent(at, mark)).toHaveLength(4 + 2);
  });

  const places = {
    "of an organization with tags": {},
    "of an organization without tags": { features: { tagging: false } },
  };
  const sizes = [
    [3, 4],
    [20, 25],
    [100, 10],
  ] as const;
  test.for(
    Object.entries(places).flatMap(([where, options]) => sizes.map((size) => [...size, where, options] as const)),
  )(
    "refreshing %i dashboards with %i tiles each %s takes one each, one for each hundred tiles, and at most five",
    { timeout: 120_000 },
    async ([count, tiles, , options]) => {
      await using at = await setting(options, { times: 2000 });
      const dashboards = Array.from({ length: count }, (_, i) =>
        definition({ key: `d-${i}`, tiles: manyTiles(tiles - 1, 1) }),
      );
      const { made, alert } = await makeAll(at, dashboards);
      // Colleagues have too many insights to list them all.
      if (count === 20) await addForeignInsights(at, 1200);
      const most = count + (count * tiles) / 100 + 5;

      const refresh = async () => {
        const process = at.process();
        const refreshed = [...made.map((one) => one.in(process.dashboard())), alert.in(process.alert())];
        const mark = at.twin.requests.mark();
        const [...seen] = await Promise.all(refreshed.map((one) => one.refresh()));
        expect(sent(at, mark).every(({ method }) => method === "GET")).toBe(true);
        return { seen: seen.slice(0, -1) as DashboardInputs[], requests: sent(at, mark).length };
      };
      const clean = await refresh();
      expect(clean.seen).toEqual(dashboards);
      expect(clean.requests).toBeLessThanOrEqual(most);

      // One chart of each was changed by hand.
      const insights = at.twin.live().insights.filter(({ name }) => name === "Chart 0");
      const query = {
        kind: "InsightVizNode",
        source: { kind: "TrendsQuery", series: [{ kind: "EventsNode", event: "b" }] },
      };
      for (const { id } of insights) await at.byHand("patch", `insights/${id}/`, { query });
      const drifted = await refresh();
      for (const { tiles: seen } of drifted.seen) {
        expect(seen["chart-0"]).toMatchObject({ query: { source: { series: [{ event: "b" }] } } });
      }
      // When tags do not mark our insights and there are too many to list, each changed dashboard is requested separately.
      const isHard = count === 20 && "features" in options;
      expect(drifted.requests).toBeLessThanOrEqual(isHard ? 2 * count + 5 : most);
    },
  );

  test("a change of one tile is one write, a change of its place another", async () => {
    await using at = await setting();
    const dashboard = at.process().dashboard();
    const below = { column: 0, row: 5, width: 6, height: 5 };
    const b = trendTile("B", { place: below });
    await dashboard.up(definition({ tiles: { a: trendTile("A"), b, text: textTile("Words") } }));
    const mark = at.twin.requests.mark();
    await dashboard.up(definition({ tiles: { a: trendTile("A", { event: "other" }), b, text: textTile("Words") } }));
    const moved = { column: 6, row: 0, width: 6, height: 5 };
    await dashboard.up(
      definition({
        tiles: { a: trendTile("A", { event: "other" }), b: trendTile("B", { place: moved }), text: textTile("Words") },
      }),
    );
    const writes = sent(at, mark).filter(({ method }) => method !== "GET");
    expect(writes).toMatchObject([
      { method: "PATCH", body: { query: { source: { series: [{ event: "other" }] } } } },
      { method: "PATCH", body: { tiles: [{ layouts: { sm: { x: 6, y: 0, w: 6, h: 5 } } }] } },
    ]);
    expect(Object.keys(writes[0]?.body as object)).toEqual(["query"]);
    expect(Object.keys(writes[1]?.body as object)).toEqual(["tiles"]);
  });

  test("what is the same is not written again", async () => {
    await using at = await setting();
    const dashboard = at.process().dashboard();
    await dashboard.up(definition({ title: "One" }));
    const mark = at.twin.requests.mark();
    await dashboard.up(definition({ title: "Two" }));
    expect(sent(at, mark).filter(({ method }) => method !== "GET")).toMatchObject([{ body: { name: "Two" } }]);
  });
});

describe("what a process has read", () => {
  test("is not taken for what is there, when somebody changed it in between", async () => {
    await using at = await setting();
    const dashboard = at.process().dashboard();
    await dashboard.up(definition());
    expect(await dashboard.refresh()).toEqual(definition());
    const [insight] = at.twin.live().insights;
    await at.byHand("patch", `insights/${insight?.id}/`, {
      query: {
        kind: "InsightVizNode",
        source: { kind: "TrendsQuery", series: [{ kind: "EventsNode", event: "by_hand" }] },
      },
    });
    const seen = await dashboard.refresh();
    expect(seen?.tiles.first).toMatchObject({ query: { source: { series: [{ event: "by_hand" }] } } });
    expect(seen?.tiles.second).toEqual(definition().tiles.second);
  });
});

describe("a limit that PostHog does not publish", () => {
  test("of forty insights a minute holds up sixty, and fails none", async () => {
    await using at = await setting({ limits: { insights: { perMinute: 40, perHour: 10_000 } } }, { times: 60 });
    const dashboard = at.process().dashboard();
    await dashboard.up(definition({ tiles: manyTiles(60) }));
    const log = at.twin.requests.all().filter(({ path }) => path.includes("/insights/"));
    const refused = log.filter(({ status }) => status === 429);
    expect(at.twin.live().insights).toHaveLength(60);
    expect(refused.length).toBeLessThanOrEqual(8);
    const [first] = refused;
    for (const { at: when } of refused) expect(Date.parse(when) - Date.parse(first?.at ?? "")).toBeLessThan(500);
    expect(at.lines).toEqual([
      expect.stringMatching(/^PostHog takes no more insight requests for now: going on in \d+ s/),
    ]);
  });
});
