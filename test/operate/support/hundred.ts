import type { Stated } from "./plans.ts";
import { dashboard, withTile } from "./stated.ts";

/** A hundred dashboards, unchanged or with the query of each chart changed. */
export function hundred(change: boolean): Stated[] {
  const original = dashboard("cadence-throughput");
  return Array.from({ length: 100 }, (_, i): Stated => {
    const keys = Object.keys(original.inputs.tiles as object);
    const stated = {
      ...original,
      name: `board-${i}`,
      inputs: { ...original.inputs, key: `board-${i}`, title: `Board ${i}` },
    };
    if (!change) return stated;
    return keys.reduce<Stated>(
      (board, key) =>
        withTile(
          board,
          key,
          (tile) => ({ ...tile, title: `${"Another title ".repeat(6)}${i}`, reading: "x".repeat(200) }) as typeof tile,
        ),
      stated,
    );
  });
}
