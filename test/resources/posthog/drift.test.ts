import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { sameJson } from "../../../src/resources/kernel/json.ts";
import type { DashboardInputs, Tile } from "../../../src/resources/posthog/dashboard/inputs.ts";
import { anyInsight } from "../../insights/define/arbitrary.ts";
import { failed, type Lifetime } from "../lifetime.ts";
import { editOf, type HandEdit, invisible, type LiveTile, visible } from "./hand-edits.ts";
import { definition, type Setting, setting, textTile, trendTile } from "./support.ts";

vi.setConfig({ testTimeout: 120_000 });

const words = fc.string({ minLength: 1, maxLength: 60 }).filter((text) => text.trim() !== "");

const anyTile: fc.Arbitrary<Tile> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(anyInsight, words, words)
      .map(([tile, title, reading]) => ({ ...tile, title, reading }) as Tile),
  },
  { weight: 1, arbitrary: words.map((markdown) => textTile(markdown)) },
);

/** A dashboard of any tiles, each in separate rows. */
const anyDashboard: fc.Arbitrary<DashboardInputs> = fc
  .tuple(words, words, fc.array(anyTile, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 12 }))
  .map(([title, question, tiles, width]) =>
    definition({
      ...{ title, question },
      tiles: Object.fromEntries(
        tiles.map((tile, i) => [`tile-${i}`, { ...tile, place: { column: 12 - width, row: i * 4, width, height: 4 } }]),
      ),
    }),
  );

/** The live tile of each key. */
async function liveTiles(at: Setting, dashboard: Lifetime<DashboardInputs>): Promise<Map<string, LiveTile>> {
  const state = dashboard.state as unknown as { insightIds: Record<string, number>; tileIds: Record<string, number> };
  const { tiles } = (await at.byHand("get", `dashboards/${dashboard.id}/`)) as {
    tiles: { id: number; insight: { id: number } | null; text: { id: number } | null }[];
  };
  const queries = new Map(at.twin.live().insights.map(({ id, query }) => [id, query ?? {}]));
  const found = new Map<string, LiveTile>();
  for (const [key, number] of [...Object.entries(state.insightIds), ...Object.entries(state.tileIds)]) {
    const live = tiles.find(({ id, insight }) => insight?.id === number || id === number);
    if (!live) throw new Error(`there is no tile ${key}`);
    const { insight, text } = live;
    found.set(key, {
      id: live.id,
      dashboardId: dashboard.id ?? "",
      insight: insight ? { id: insight.id, query: queries.get(insight.id) ?? {} } : undefined,
      text: text ?? undefined,
    });
  }
  return found;
}

/** Keys of tiles that differ in a refresh. */
function differing(defined: DashboardInputs, seen: DashboardInputs | undefined): string[] {
  const keys = new Set([...Object.keys(defined.tiles), ...Object.keys(seen?.tiles ?? {})]);
  return [...keys].filter((key) => !sameJson(defined.tiles[key], seen?.tiles[key])).sort();
}

const withoutTiles = ({ tiles: _, ...rest }: DashboardInputs): object => rest;

/** Edits for some of a dashboard's tiles. */
const editsOn = (dashboard: DashboardInputs, edits: HandEdit[]): fc.Arbitrary<Map<string, HandEdit>> =>
  fc
    .record(Object.fromEntries(Object.entries(dashboard.tiles).map(([key, { kind }]) => [key, editOf(edits, kind)])), {
      requiredKeys: [],
    })
    .map((chosen) => new Map(Object.entries(chosen as Record<string, HandEdit>)));

async function apply(at: Setting, dashboard: Lifetime<DashboardInputs>, edits: Map<string, HandEdit>): Promise<void> {
  const live = await liveTiles(at, dashboard);
  for (const [key, { edit }] of edits) await edit(at, live.get(key) as LiveTile);
}

const runs = { numRuns: 30 };

describe("for any definition", () => {
  test("what was made is what a refresh sees", async () => {
    await using at = await setting();
    let number = 0;
    await fc.assert(
      fc.asyncProperty(anyDashboard, async (drawn) => {
        const wanted = { ...drawn, key: `d-${number++}` };
        const dashboard = at.process().dashboard();
        await dashboard.up(wanted);
        expect(await dashboard.refresh()).toEqual(wanted);
      }),
      runs,
    );
  });

  test("what was changed into another one is what a refresh sees", async () => {
    await using at = await setting();
    let number = 0;
    await fc.assert(
      fc.asyncProperty(anyDashboard, anyDashboard, async (before, drawn) => {
        const key = `d-${number++}`;
        const wanted = { ...drawn, key };
        const dashboard = at.process().dashboard();
        await dashboard.up({ ...before, key });
        await dashboard.up(wanted);
        expect(await dashboard.refresh()).toEqual(wanted);
      }),
      runs,
    );
  });

  test("edits by hand are named by the keys of exactly the tiles that were edited, and an up undoes them", async () => {
    await using at = await setting();
    let number = 0;
    const drawn = anyDashboard.chain((one) =>
      fc.tuple(fc.constant(one), editsOn(one, visible), editsOn(one, invisible)),
    );
    await fc.assert(
      fc.asyncProperty(drawn, async ([dashboardDrawn, seenEdits, unseenEdits]) => {
        const wanted = { ...dashboardDrawn, key: `d-${number++}` };
        const dashboard = at.process().dashboard();
        await dashboard.up(wanted);
        const unseen = new Map([...unseenEdits].filter(([key]) => !seenEdits.has(key)));
        await apply(at, dashboard, new Map([...seenEdits, ...unseen]));
        const seen = await dashboard.refresh();
        expect(differing(wanted, seen)).toEqual([...seenEdits.keys()].sort());
        expect(withoutTiles(seen as DashboardInputs)).toEqual(withoutTiles(wanted));
        await dashboard.up(wanted);
        expect(await dashboard.refresh()).toEqual(wanted);
      }),
      runs,
    );
  });
});

describe("a refresh", () => {
  test.for(visible.map(({ what, ...rest }) => [what, rest] as const))(
    "shows that somebody %s",
    async ([, { on, edit }]) => {
      await using at = await setting();
      const dashboard = at.process().dashboard();
      const wanted = definition({ tiles: { chart: trendTile("Chart"), words: textTile("Words") } });
      await dashboard.up(wanted);
      const key = on === "text" ? "words" : "chart";
      await apply(at, dashboard, new Map([[key, { what: "", on, edit }]]));
      expect(differing(wanted, await dashboard.refresh())).toEqual([key]);
    },
  );

  test.for(invisible.map(({ what, ...rest }) => [what, rest] as const))(
    "is clean after somebody %s",
    async ([, { on, edit }]) => {
      await using at = await setting();
      const dashboard = at.process().dashboard();
      await dashboard.up(definition());
      await apply(at, dashboard, new Map([["first", { what: "", on, edit }]]));
      expect(await dashboard.refresh()).toEqual(definition());
    },
  );

  test.for([
    ["title", { name: "By hand" }, { title: "By hand" }],
    ["description", { description: "By hand" }, { question: "By hand" }],
    ["filters", { filters: { date_from: "-7d", properties: [] } }, { filters: { date_from: "-7d" } }],
    [
      "variables",
      { variables: { v1: { code_name: "plan", variableId: "v1", value: "pro" } } },
      { variables: { v1: { code_name: "plan", variableId: "v1", value: "pro" } } },
    ],
    ["colours", { breakdown_colors: [{ breakdownValue: "pro" }] }, { breakdownColors: [{ breakdownValue: "pro" }] }],
    ["colour theme", { data_color_theme_id: 3 }, { colorTheme: 3 }],
    ["quick filters", { quick_filter_ids: ["q1"] }, { quickFilters: ["q1"] }],
    ["tags", { tags: ["managed-by-code", "theirs"] }, { missingTags: ["code:brandvx/test", "owner:growth"] }],
    ["deletion", { deleted: true }, { deletedByHand: true }],
  ] as const)("shows the dashboard's %s when somebody sets it, and an up undoes that", async ([, byHand, shown]) => {
    await using at = await setting();
    const dashboard = at.process().dashboard();
    await dashboard.up(definition());
    await at.byHand("patch", `dashboards/${dashboard.id}/`, byHand);
    expect(await dashboard.refresh()).toEqual({ ...definition(), ...shown });
    await dashboard.up(definition());
    expect(await dashboard.refresh()).toEqual(definition());
  });

  test("names what was added by hand, and an up takes it away without deleting what is somebody's own", async () => {
    await using at = await setting();
    const dashboard = at.process().dashboard();
    await dashboard.up(definition());
    await at.byHand("patch", `dashboards/${dashboard.id}/`, {
      tiles: [{ text: { body: "A note" } }, { button_tile: { url: "/x", text: "Go" } }],
    });
    await at.byHand("post", "insights/", {
      name: "Theirs",
      query: trendTile("").query,
      dashboards: [Number(dashboard.id)],
    });
    const seen = await dashboard.refresh();
    expect(differing(definition(), seen)).toEqual([
      expect.stringMatching(/^added by hand: A note \(#\d+\)$/),
      expect.stringMatching(/^added by hand: Theirs \(#\d+\)$/),
      expect.stringMatching(/^added by hand: \[Go\]\(\/x\) \(#\d+\)$/),
    ]);
    await dashboard.up(definition());
    expect(await dashboard.refresh()).toEqual(definition());
    expect(at.twin.live().insights.map(({ name }) => name)).toContain("Theirs");
  });

  test("names both of two charts whose titles were swapped, and an up gives each its own again", async () => {
    await using at = await setting();
    const dashboard = at.process().dashboard();
    await dashboard.up(definition());
    const before = await liveTiles(at, dashboard);
    for (const [key, title] of [
      ["first", "Second"],
      ["second", "First"],
    ] as const) {
      await at.byHand("patch", `insights/${before.get(key)?.insight?.id}/`, { name: title });
    }
    expect(differing(definition(), await dashboard.refresh())).toEqual(["first", "second"]);
    await dashboard.up(definition());
    expect(await dashboard.refresh()).toEqual(definition());
    expect([...(await liveTiles(at, dashboard))].map(([key, { insight }]) => [key, insight?.id])).toEqual(
      [...before].map(([key, { insight }]) => [key, insight?.id]),
    );
  });

  test.for([
    ["with its title", "First"],
    ["as the app names it", "First (copy)"],
  ])("shows a copy of a chart %s as added, and not the chart as changed", async ([, name]) => {
    await using at = await setting();
    const dashboard = at.process().dashboard();
    await dashboard.up(definition());
    const original = at.twin.live().insights.find((insight) => insight.name === "First");
    const { description, query, tags } = original ?? {};
    const copy = { name, description, query, tags, dashboards: [Number(dashboard.id)] };
    await at.byHand("post", "insights/", copy);
    const seen = await dashboard.refresh();
    expect(differing(definition(), seen)).toEqual([expect.stringMatching(/^added by hand: First.* \(#\d+\)$/)]);
    await dashboard.up(definition());
    expect(await dashboard.refresh()).toEqual(definition());
    expect((await liveTiles(at, dashboard)).get("first")?.insight?.id).toBe(original?.id);
  });

  test("shows a copy of a text as added", async () => {
    await using at = await setting();
    const dashboard = at.process().dashboard();
    const wanted = definition({ tiles: { words: textTile("Words") } });
    await dashboard.up(wanted);
    await at.byHand("patch", `dashboards/${dashboard.id}/`, { tiles: [{ text: { body: "Words" } }] });
    expect(differing(wanted, await dashboard.refresh())).toEqual([
      expect.stringMatching(/^added by hand: Words \(#\d+\)$/),
    ]);
    await dashboard.up(wanted);
    expect(await dashboard.refresh()).toEqual(wanted);
  });

  test.for([true, false])(
    "shows a chart that was moved to another dashboard on both, and an up puts it back (both dashboards at once: %s)",
    async (isAtOnce) => {
      await using at = await setting();
      const [one, two] = [definition({ key: "one" }), definition({ key: "two", tiles: { words: textTile("Words") } })];
      const process = at.process();
      const [from, to] = [process.dashboard(), process.dashboard()];
      await from.up(one);
      await to.up(two);
      const chart = at.twin.live().insights.find(({ name }) => name === "First");
      await at.byHand("patch", `insights/${chart?.id}/`, { dashboards: [Number(to.id)] });
      expect(differing(one, await from.refresh())).toEqual(["first"]);
      expect(differing(two, await to.refresh())).toEqual([expect.stringMatching(/^added by hand: First/)]);
      if (isAtOnce) await Promise.all([from.up(one), to.up(two)]);
      else {
        await from.up(one);
        await to.up(two);
      }
      expect(await from.refresh()).toEqual(one);
      expect(await to.refresh()).toEqual(two);
      expect(at.twin.live().insights.map(({ id }) => id)).toContain(chart?.id);
      expect(at.twin.live().insights).toHaveLength(2);
    },
  );

  test("does not report that the line about owner and origin is missing, and a later up writes it again", async () => {
    await using at = await setting();
    const dashboard = at.process().dashboard();
    await dashboard.up(definition());
    await at.byHand("patch", `dashboards/${dashboard.id}/`, { description: "Do people finish?" });
    expect(await dashboard.refresh()).toEqual(definition());
    await dashboard.up(definition({ title: "Other" }));
    expect(at.twin.live().dashboards[0]?.description).toContain("Managed by code");
  });
});

describe("a dashboard that PostHog does not know any more", () => {
  const lost = async (at: Setting) => {
    const dashboard = at.process().dashboard();
    await dashboard.up(definition());
    return dashboard;
  };

  test("is gone for a refresh, and an up makes a new one", async () => {
    await using at = await setting();
    await using other = await setting();
    const dashboard = (await lost(at)).in(other.process().dashboard());
    expect(await dashboard.refresh()).toBeUndefined();
    expect(other.twin.requests.all().map(({ method, status }) => `${method} ${status}`)).toEqual([
      "GET 404",
      "PATCH 404",
    ]);
    await dashboard.up(definition());
    expect(await dashboard.refresh()).toEqual(definition());
    expect(other.twin.live().dashboards).toHaveLength(1);
  });

  test("is told with the command that makes a new one, where an up does not refresh", async () => {
    await using at = await setting();
    await using other = await setting();
    const dashboard = (await lost(at)).in(other.process().dashboard());
    expect(await failed(dashboard.up(definition({ title: "Another" })))).toContain(
      "is gone from PostHog for good: `pulumi up --refresh --run-program` makes a new one",
    );
  });

  test("is not mistaken for one that was deleted, which a refresh leaves deleted", async () => {
    await using at = await setting();
    const dashboard = await lost(at);
    await at.byHand("patch", `dashboards/${dashboard.id}/`, { deleted: true });
    const mark = at.twin.requests.mark();
    expect(await dashboard.refresh()).toMatchObject({ deletedByHand: true });
    expect(at.twin.requests.since(mark).map(({ method, status }) => `${method} ${status}`)).toEqual([
      "GET 404",
      "PATCH 400",
    ]);
    expect(at.twin.live().dashboards).toEqual([]);
  });
});
