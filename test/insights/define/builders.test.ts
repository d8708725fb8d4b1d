import fc from "fast-check";
import { expect, test } from "vitest";
import { events } from "../../../src/catalog/events.ts";
import { nodesOf } from "../../../src/insights/define/check/json.ts";
import { definitionFindings } from "../../../src/insights/define/index.ts";
import { anyInsight } from "./arbitrary.ts";

test("whatever the builders make of options that compile, the check finds nothing wrong with it", () => {
  fc.assert(
    fc.property(anyInsight, (tile) => {
      const dashboard = { key: "any", title: "Any", owner: "ai", question: "Does it work?", tiles: { tile } };
      expect(definitionFindings([dashboard], events)).toEqual([]);
    }),
  );
});

test("whatever the builders make is JSON: no undefined, nothing that JSON would change", () => {
  fc.assert(
    fc.property(anyInsight, (tile) => {
      expect(JSON.parse(JSON.stringify(tile))).toStrictEqual(structuredClone(tile));
    }),
  );
});

test("every node says its kind, so that PostHog adds none", () => {
  fc.assert(
    fc.property(anyInsight, ({ query }) => {
      const { source } = query;
      const series = "series" in source ? (source.series as readonly unknown[]) : [];
      expect(nodesOf(series)).toHaveLength(series.length);
    }),
  );
});
