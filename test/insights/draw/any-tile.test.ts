import fc from "fast-check";
import { expect, test } from "vitest";
import { events as catalog, type EventName } from "../../../src/catalog/events.ts";
import type { InsightTile } from "../../../src/insights/define/definition.ts";
import type { TrendsQuery } from "../../../src/insights/define/query.ts";
import { drawDashboard } from "../../../src/insights/draw/index.ts";
import { evaluateTiles, openEvents, type StoredEvent } from "../../../src/insights/evaluate/index.ts";
import { anyInsight } from "../define/arbitrary.ts";

const now = Date.UTC(2026, 10, 20, 12);

/** Ten people who do every event of the catalog, each at other times. */
function everything(): StoredEvent[] {
  const names = Object.keys(catalog) as EventName[];
  return names.flatMap((event, place) =>
    Array.from({ length: 10 }, (_, person) => ({
      event,
      distinct_id: `person ${person}`,
      timestamp: now - (place * 7 + person * 31) * 3_600_000,
      properties: Object.fromEntries(
        Object.entries(catalog[event].properties).map(([name, property]) => [name, aValue(property, person)]),
      ),
    })),
  );
}

function aValue(property: object, person: number): unknown {
  if ("unit" in property) return person * 120;
  return (property as { type: { type: string } }).type.type === "boolean" ? person % 2 === 0 : `value ${person % 3}`;
}

/** Thousands of minutes take long and test nothing more. */
function shorter(one: InsightTile): InsightTile {
  const { source } = one.query as { source: TrendsQuery };
  const days = { minute: "-2h", hour: "-3d" }[source.interval as "minute" | "hour"];
  if (days === undefined) return one;
  return { ...one, query: { kind: "InsightVizNode", source: { ...source, dateRange: { date_from: days } } } };
}

test("whatever the builders make is drawn, in whatever size it has", { timeout: 120_000 }, async () => {
  await using table = await openEvents({ threads: 1 });
  table.append(everything());
  const size = fc.record({ width: fc.integer({ min: 2, max: 12 }), height: fc.integer({ min: 2, max: 8 }) });
  const tile = fc.tuple(anyInsight, size).map(([one, place]) => ({
    ...shorter(one),
    place: { column: 0, row: 0, ...place },
  }));
  let drawn = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(tile, { minLength: 5, maxLength: 5 }), async (list) => {
      const tiles = Object.fromEntries(list.map((one, index) => [`tile-${index}`, one]));
      const answers = await evaluateTiles(table, tiles, { now: new Date(now) });
      drawn += Object.values(answers).filter((answer) => !("failure" in answer)).length;
      const picture = drawDashboard({ title: "Any", question: "What?", tiles }, answers, { theme: "light" });
      expect(picture).not.toContain("cannot be drawn");
      expect(picture).not.toMatch(/NaN|undefined|Infinity|\[object/);
    }),
    { numRuns: 25 },
  );
  expect(drawn).toBeGreaterThan(40);
});
