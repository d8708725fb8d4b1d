import { Ajv } from "ajv";
import fc from "fast-check";
import { expect, test } from "vitest";
import { dashboards } from "../../../dashboards/index.ts";
import type { InsightQuery } from "../../../src/insights/define/query.ts";
import { readFixture } from "../../vendors/openapi.ts";
import { anyFunnel, anyTimeToConvert, anyTrend } from "./arbitrary.ts";

const schema = readFixture("posthog-schema");
// The schema says "any of 20 kinds of filter"; all of their errors together are unreadable, so the first is enough.
const validate = new Ajv({ strict: false }).compile({ ...schema, $ref: "#/definitions/InsightQuery" });

/** The errors of PostHog's schema for a query, down to the nodes that the builders create. */
const complaints = (query: InsightQuery) => (validate(query) ? [] : (validate.errors ?? []));

test("PostHog's schema is one that refuses", () => {
  const query = { kind: "InsightVizNode", source: { kind: "TrendsQuery", series: [], breakdown: "step" } };
  expect(complaints(query as unknown as InsightQuery)).not.toEqual([]);
});

const tiles = dashboards.flatMap(({ key, tiles }) =>
  Object.entries(tiles).map(([tileKey, tile]) => [`${key} ${tileKey}`, tile] as const),
);

test.each(tiles)("PostHog's schema allows the query of %s", (_, tile) => {
  if (tile.kind === "insight") expect(complaints(tile.query)).toEqual([]);
});

test.each([
  ["trend", anyTrend],
  ["funnel", anyFunnel],
  ["time to convert", anyTimeToConvert],
] as const)("PostHog's schema allows any %s that the builders make", (_, arbitrary) => {
  fc.assert(
    fc.property(arbitrary, ({ query }) => {
      expect(complaints(query)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
