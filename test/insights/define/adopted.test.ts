import { expect, test } from "vitest";
import { events } from "../../../src/catalog/events.ts";
import {
  count,
  dashboard,
  definitionFindings,
  people,
  rawInsight,
  text,
  tileProblemsOf,
  trend,
} from "../../../src/insights/define/index.ts";

const place = { column: 0, row: 0, width: 6, height: 5 } as const;
const words = { title: "T", reading: "R." } as const;
const unknownEvent = {
  kind: "InsightVizNode",
  source: { kind: "TrendsQuery", series: [{ kind: "EventsNode", event: "signed up" }] },
} as const;

const head = { key: "old", title: "Old", owner: "growth", question: "?" } as const;

test("what somebody set in PostHog's app can be said of a tile and of a dashboard", () => {
  const looks = { color: "blue", readingHidden: true, filtersOverrides: { date_from: "-1d" } } as const;
  const tiles = { chart: trend({ ...words, ...looks, series: [count("landing_view")], place }) };
  const made = dashboard({ ...head, tiles, filters: { date_from: "-90d" }, leftAlone: { flags: 7 }, adopted: true });
  expect(made.tiles.chart).toMatchObject(looks);
  expect(made).toMatchObject({ filters: { date_from: "-90d" }, leftAlone: { flags: 7 }, adopted: true });
  const plain = trend({ ...words, series: [count("landing_view")], place });
  expect(Object.keys(plain), "what is not said is not there").toEqual(["kind", "title", "reading", "query", "place"]);
});

test("a legend can be left out where there are several lines, and put where there is one", () => {
  const shown = (options: { legend?: boolean }, ...series: [ReturnType<typeof count>, ...ReturnType<typeof count>[]]) =>
    trend({ ...words, place, series, ...options }).query.source.trendsFilter?.showLegend;
  const [views, viewers] = [count("landing_view"), people("landing_view")];
  expect([shown({}, views), shown({}, views, viewers)]).toEqual([undefined, true]);
  expect([shown({ legend: true }, views), shown({ legend: false }, views, viewers)]).toEqual([true, undefined]);
});

test("problems that are accepted are no findings; any other is", () => {
  const raw = rawInsight({ ...words, query: unknownEvent, place });
  const accepted = tileProblemsOf({ raw }, events);
  expect(accepted).toEqual({ raw: ["the event signed up is not in the catalog"] });
  expect(definitionFindings([dashboard({ ...head, tiles: { raw } })], events)).toHaveLength(1);
  expect(
    definitionFindings([dashboard({ ...head, tiles: { raw }, accepted: { raw: accepted.raw ?? [] } })], events),
  ).toEqual([]);
  const other = dashboard({
    ...head,
    tiles: { raw },
    accepted: { raw: ["the event signed down is not in the catalog"] },
  });
  expect(definitionFindings([other], events)).toHaveLength(1);
});

test("the place of a tile that PostHog places is not held against the others", () => {
  const tiles = (handPlaced?: true) => ({
    one: text({ markdown: "1", place }),
    two: text({ markdown: "2", place, ...(handPlaced && { handPlaced }) }),
  });
  expect(definitionFindings([dashboard({ ...head, tiles: tiles() })], events)).toHaveLength(1);
  expect(definitionFindings([dashboard({ ...head, tiles: tiles(true) })], events)).toEqual([]);
});

test("what is mistyped in PostHog's own query, or in what is accepted, does not compile", () => {
  // @ts-expect-error there is no such kind
  rawInsight({ ...words, place, query: { kind: "InsightVizNode", source: { kind: "TrendQuery" } } });
  // @ts-expect-error a series says its kind
  rawInsight({ ...words, place, query: { kind: "InsightVizNode", source: { kind: "TrendsQuery", series: [{}] } } });
  const tiles = { raw: rawInsight({ ...words, query: unknownEvent, place }) };
  // @ts-expect-error there is no such tile
  expect(dashboard({ ...head, tiles, accepted: { row: [] } }).key).toBe("old");
});
