import { type EvaluationContext, evaluate } from "./evaluate.ts";
import type { QueryAnswer } from "./results.ts";
import type { EventTable } from "./table/table.ts";

/** A tile's answer, or a text that says why there is none. */
export type TileAnswer = QueryAnswer | { readonly failure: string };

type Tiles = Readonly<Record<string, { readonly kind: string; readonly query?: unknown }>>;

/** Answers all insights of a dashboard in parallel, by the keys of their tiles; text tiles have no answer. */
export async function evaluateTiles(
  table: EventTable,
  tiles: Tiles,
  context: EvaluationContext,
): Promise<Record<string, TileAnswer>> {
  const asked = Object.entries(tiles).flatMap(([key, { kind, query }]) =>
    kind === "insight" ? [[key, query] as const] : [],
  );
  const answers = await Promise.all(
    asked.map(async ([key, query]): Promise<[string, TileAnswer]> => {
      try {
        return [key, await evaluate(table, query, context)];
      } catch (error) {
        return [key, { failure: error instanceof Error ? error.message : String(error) }];
      }
    }),
  );
  return Object.fromEntries(answers);
}
