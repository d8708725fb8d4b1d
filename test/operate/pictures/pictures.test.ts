import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { event as catalogEvent } from "../../../src/catalog/event.ts";
import { events } from "../../../src/catalog/events.ts";
import { type DashboardView, dashboardChanges } from "../../../src/operate/changes/dashboards.ts";
import { drawChanges } from "../../../src/operate/pictures/draw.ts";
import { withLosses } from "../../../src/operate/pictures/lost.ts";
import type { Numbers, TileAnswer } from "../../../src/operate/pictures/numbers.ts";
import { sampleEvents, withSamplesOf } from "../../../src/operate/pictures/samples.ts";
import { simulatedNumbers } from "../../../src/operate/pictures/simulated.ts";
import { temporaryFolder } from "../../support/temporary.ts";
import { planOf } from "../support/plans.ts";
import { dashboard } from "../support/stated.ts";
import { large, small } from "../support/worlds.ts";

const noon = Date.UTC(2026, 10, 1, 12);
const changesOf = (world: Parameters<typeof planOf>[0]) => dashboardChanges(planOf(world).changes);

/** Fixed numbers, so that pictures are drawn at once. */
const given = (answer: TileAnswer): Numbers => ({
  source: "a test",
  areReal: true,
  askedAt: new Date(noon),
  of: async ({ tiles }) => Object.fromEntries(Object.keys(tiles).map((key) => [key, answer])),
  close: async () => {},
});

test("a dashboard that changes is drawn before and after, a new one after, one that goes before, each in light and dark", async () => {
  using folder = temporaryFolder("brandvx-pictures-");
  const options = {
    folder: folder.path,
    numbers: given({ failure: "there are none" }),
    budgetMs: 60_000,
    now: Date.now,
  };
  const drawn = await drawChanges(changesOf(large), options);
  expect(drawn.map(({ title, pictures }) => [title, pictures.map(({ shows }) => shows)])).toEqual([
    ["Activation funnel", ["what changes, before and after", "the whole dashboard, after"]],
    ["AI engagement", ["the whole dashboard, before"]],
    ["Cadence throughput", ["the whole dashboard, after"]],
  ]);
  expect(readdirSync(folder.path)).toHaveLength(8);
  for (const file of readdirSync(folder.path))
    expect(readFileSync(join(folder.path, file), "utf8")).toMatch(/^<svg xmlns/);
});

test("the picture of what changes has the tiles that change alone, by the titles of the report", async () => {
  using folder = temporaryFolder("brandvx-pictures-");
  const [change] = changesOf(large);
  if (!change?.after) throw new Error("nothing changes");
  await drawChanges([change], {
    folder: folder.path,
    numbers: given({ failure: "there are none" }),
    budgetMs: 60_000,
    now: Date.now,
  });
  const titles = (file: string, pattern: RegExp) =>
    [...readFileSync(join(folder.path, file), "utf8").matchAll(pattern)].map(([, title]) => title);
  const shown = titles(
    "activation-funnel.changes.light.svg",
    /font-weight="600"[^>]*>([^<]+) \((?:changed|new|removed)\)</g,
  );
  expect(shown).toEqual(change.tiles.filter((tile) => tile.change !== "moved").map(({ title }) => title));
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.length).toBeLessThan(Object.keys(change.after.tiles).length);
});

test("when time is up no further dashboard is begun, but the first is always drawn", async () => {
  using folder = temporaryFolder("brandvx-pictures-");
  let now = 0;
  const slow: Numbers = {
    ...given({ failure: "there are none" }),
    of: async () => {
      now += 1000;
      return {};
    },
  };
  const drawn = await drawChanges(changesOf(large), {
    folder: folder.path,
    numbers: slow,
    budgetMs: 1500,
    now: () => now,
  });
  expect(drawn).toHaveLength(1);
});

test("simulated numbers answer every chart, and are the same for the same moment", async () => {
  const view = dashboardChanges(planOf({ after: [dashboard("cadence-throughput")] }).changes)[0]?.after;
  if (!view) throw new Error("there is no dashboard");
  const [first, second] = await Promise.all([simulatedNumbers(noon), simulatedNumbers(noon)]);
  const [one, other] = await Promise.all([first.of(view), second.of(view)]);
  await Promise.all([first.close(), second.close()]);
  expect(Object.values(one).every((answered) => "answer" in answered)).toBe(true);
  expect(one).toEqual(other);
});

describe("a shorter window says how many would be lost", () => {
  const withBins = (bins: [number, number][]): Numbers =>
    given({
      answer: {
        kind: "time to convert",
        results: { bins, average_conversion_time: null, median_conversion_time: null },
        resolved_date_range: { date_from: "", date_to: "" },
      },
    });
  const day = 86_400;

  test.for<[string, [number, number][], string]>([
    [
      "some",
      [
        [0, 94],
        [8 * day, 6],
      ],
      "People who need 8 to 14 days, 6 % of those who finish (last 30 d), will count as lost.",
    ],
    [
      "hardly any",
      [
        [0, 999],
        [8 * day, 1],
      ],
      ", less than 1 % of those who finish (last 30 d),",
    ],
    [
      "nobody so far",
      [
        [0, 100],
        [6 * day, 3],
      ],
      ", nobody so far (last 30 d),",
    ],
  ])("%s", async ([, bins, words]) => {
    const [change] = changesOf(small);
    if (!change) throw new Error("nothing changes");
    const { tiles } = await withLosses(change, withBins(bins));
    expect(String(tiles[0]?.consequence)).toContain(words);
  });

  test("or nothing, where the numbers do not tell", async () => {
    const [change] = changesOf(small);
    if (!change) throw new Error("nothing changes");
    const { tiles } = await withLosses(change, given({ failure: "PostHog is away" }));
    expect(String(tiles[0]?.consequence)).toBe("People who need 8 to 14 days will count as lost.");
  });

  test("nor by simulated events, whose numbers mean nothing", async () => {
    const [change] = changesOf(small);
    if (!change) throw new Error("nothing changes");
    expect(await withLosses(change, { ...withBins([[8 * day, 6]]), areReal: false })).toBe(change);
  });
});

describe("an event that is new", () => {
  const event = {
    source: "browser",
    purpose: "…",
    owner: "growth",
    properties: {
      kind: { type: z.enum(["a", "b"]), meaning: "…", privacy: "plain" },
      amount: { type: z.int().min(1).max(9).optional(), meaning: "…", privacy: "plain" },
      paid: { type: z.boolean(), meaning: "…", privacy: "plain" },
    },
  } as const;
  const catalog = { ...events, "invoice.sent": catalogEvent(event) };
  const trend = {
    kind: "InsightVizNode",
    source: {
      kind: "TrendsQuery",
      dateRange: { date_from: "-14d" },
      series: [{ kind: "EventsNode", event: "invoice.sent" }],
    },
  };
  const view: DashboardView = {
    key: "board",
    title: "Board",
    owner: "growth",
    question: "?",
    tiles: { sent: { kind: "insight", title: "Invoices", query: trend } },
  };

  test("has samples that its own schema takes, none of them of the future", () => {
    const samples = sampleEvents(catalog, ["invoice.sent"], noon);
    expect(samples.length).toBeGreaterThan(20);
    for (const { properties, timestamp } of samples) {
      expect(catalog["invoice.sent"].schema.safeParse(properties).success).toBe(true);
      expect(timestamp).toBeLessThan(noon);
    }
    expect(new Set(samples.map(({ properties }) => properties?.kind))).toEqual(new Set(["a", "b"]));
    for (const [name, { schema }] of Object.entries(events))
      for (const { properties } of sampleEvents(events, [name], noon))
        expect(schema.safeParse(properties), name).toMatchObject({ success: true });
  });

  test("is drawn with them among simulated events, and beside PostHog's own numbers, and both say so", async () => {
    const simulated = await simulatedNumbers(noon, catalog);
    const [real, asked] = [given({ failure: "PostHog has none" }), [] as string[]];
    const watched: Numbers = {
      ...real,
      of: async (board) => {
        asked.push(...Object.keys(board.tiles));
        return real.of(board);
      },
    };
    const live = withSamplesOf(
      (name) => name === "invoice.sent",
      watched,
      async () => simulated,
    );
    try {
      for (const numbers of [simulated, live]) {
        const { sent } = await numbers.of(view);
        expect(sent).toMatchObject({ sampled: ["invoice.sent"], answer: expect.anything() });
        expect(JSON.stringify(sent)).toMatch(/"data":\[[^\]]*[1-9]/);
      }
      expect(asked, "PostHog is not asked for what it cannot have").toEqual([]);
    } finally {
      await live.close();
    }
  });
});
