import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dashboards } from "../../../dashboards/index.ts";
import { events } from "../../../src/catalog/events.ts";
import type { InsightTile, Tile } from "../../../src/insights/define/definition.ts";
import * as define from "../../../src/insights/define/index.ts";
import { workOut } from "../../../src/operate/import/source/code.ts";
import { CatalogNames } from "../../../src/operate/import/source/names.ts";
import { tileCode } from "../../../src/operate/import/source/tile.ts";
import { type JsonObject, sameJson } from "../../../src/resources/kernel/json.ts";
import { reflectQuery } from "../../../src/resources/posthog/query.ts";
import { anyInsight } from "../../insights/define/arbitrary.ts";

const names = new CatalogNames(events);
const source = (tile: Tile) => tileCode(tile, tile.kind === "insight" ? tile.query : undefined, names);
const made = (tile: Tile) => workOut(source(tile).code, define) as Tile;

/** Nobody sees a difference between them, neither when one is live and the other is defined nor the other way round. */
const meansTheSame = (a: unknown, b: unknown): boolean =>
  sameJson(reflectQuery(a as JsonObject, b as JsonObject), a) &&
  sameJson(reflectQuery(b as JsonObject, a as JsonObject), b);

describe("the source of a tile", () => {
  const all = dashboards.flatMap(({ key, tiles }) =>
    Object.entries(tiles).map(([tileKey, tile]): [string, Tile] => [`${key} ${tileKey}`, tile]),
  );

  test.for(all)("of %s is made with the builders, and makes the same tile", ([, tile]) => {
    expect(source(tile).raw).toBeUndefined();
    expect(made(tile)).toEqual(tile);
  });

  test("makes a query of the same meaning, for any query of the builders", () => {
    let byBuilders = 0;
    const runs = 400;
    fc.assert(
      fc.property(anyInsight, (tile: InsightTile) => {
        const again = made(tile) as InsightTile;
        expect(meansTheSame(again.query, tile.query)).toBe(true);
        expect({ ...again, query: undefined }).toEqual({ ...tile, query: undefined });
        if (source(tile).raw === undefined) byBuilders += 1;
      }),
      { numRuns: runs, seed: 7 },
    );
    // The rest has values that the catalog does not allow, such as a channel that is none: they would not compile.
    expect(byBuilders).toBeGreaterThan(runs / 3);
  });
});
