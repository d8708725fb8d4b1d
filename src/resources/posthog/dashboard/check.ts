import type { z } from "zod";
import { isObject, type Json } from "../../kernel/json.ts";

/** As much of a tile as is looked at. */
interface CheckedTile {
  place: { column: number; row: number; width: number; height: number };
  handPlaced?: true | undefined;
  query?: object;
}

/** What no tile shows by itself: tiles that lie over each other, and formulas over series that a tile does not have. */
export function checkTiles(tiles: Record<string, CheckedTile>, context: z.RefinementCtx): void {
  const entries = Object.entries(tiles);
  for (const [index, [key, tile]] of entries.entries()) {
    const under = entries.slice(0, index).find(([, other]) => liesOver(tile, other));
    if (under) {
      context.addIssue({
        code: "custom",
        path: [key, "place"],
        message: `it lies over the tile "${under[0]}": move one of them, or make it smaller`,
      });
    }
    for (const message of formulaProblems((tile.query ?? null) as Json))
      context.addIssue({ code: "custom", path: [key, "query"], message });
  }
}

/** The place of a tile that is left to PostHog's app is nowhere in particular. */
function liesOver(
  { place: a, handPlaced }: CheckedTile,
  { place: b, handPlaced: otherHandPlaced }: CheckedTile,
): boolean {
  if (handPlaced || otherHandPlaced) return false;
  const meet = (from: number, size: number, otherFrom: number, otherSize: number) =>
    from < otherFrom + otherSize && otherFrom < from + size;
  return meet(a.column, a.width, b.column, b.width) && meet(a.row, a.height, b.row, b.height);
}

function formulaProblems(query: Json): string[] {
  const source = isObject(query) && isObject(query.source) ? query.source : {};
  if (!Array.isArray(source.series) || !isObject(source.trendsFilter)) return [];
  const last = source.series.length - 1;
  const { formula, formulas, formulaNodes } = source.trendsFilter;
  const nodes = Array.isArray(formulaNodes) ? formulaNodes.map((node) => (isObject(node) ? node.formula : node)) : [];
  return [formula, ...(Array.isArray(formulas) ? formulas : []), ...nodes]
    .filter((text) => typeof text === "string")
    .flatMap((text) => {
      const missing = letters(text).filter((letter) => letter.charCodeAt(0) - "A".charCodeAt(0) > last);
      const there =
        last < 0 ? "there is no series" : `the last series is ${String.fromCharCode("A".charCodeAt(0) + last)}`;
      return missing.length > 0 ? [`the formula ${text} names ${missing.join(", ")}, but ${there}`] : [];
    });
}

/** Letters of series in a formula, each once. */
const letters = (formula: string): string[] => [
  ...new Set([...formula.matchAll(/(?<![A-Za-z])[A-Za-z](?![A-Za-z])/g)].map(([letter]) => letter.toUpperCase())),
];
