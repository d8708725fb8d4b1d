import { describe, expect, test } from "vitest";
import { alertOn, definition, manyTiles, type Setting, setting, textTile, trendTile } from "./support.ts";

const sent = (at: Setting, mark = 0) => at.twin.requests.since(mark);

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

  test.for([
    ["of an organization with tags", {}],
    ["of an organization without tags", { features: { tagging: false } }],
  ] as const)(
    "refreshing all dashboards %s takes one each, one for each hundred tiles, and at most five",
    async ([, options]) => {
      await using at = await setting(options);
      const maker = at.process();
      const dashboards = Array.from({ length: 12 }, (_, i) => definition({ key: `d-${i}`, tiles: manyTiles(25, 1) }));
      const states = await Promise.all(
        dashboards.map(async (one) => {
          const made = maker.dashboard();
          await made.up(one);
          return made;
        }),
      );
      const alert = maker.alert();
      await alert.up(alertOn(states[0]?.id ?? "", { tileTitle: "Chart 0" }));

      const process = at.process();
      const refreshed = [...states.map((state) => state.in(process.dashboard())), alert.in(process.alert())];
      const mark = at.twin.requests.mark();
      const seen = await Promise.all(refreshed.map((one) => one.refresh()));
      expect(seen.slice(0, -1)).toEqual(dashboards);
      expect(sent(at, mark).every(({ method }) => method === "GET")).toBe(true);
      expect(sent(at, mark).length).toBeLessThanOrEqual(12 + (12 * 26) / 100 + 5);
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
