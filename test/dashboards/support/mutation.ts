import { AsyncLocalStorage } from "node:async_hooks";
import type { TileReference } from "../../../src/insights/define/index.ts";
import type { ChartTile } from "./shown.ts";

interface Run {
  /** Keys of the tiles that the test looked at. */
  readonly lookedAt: Set<string>;
  /** The tile that replaces the one of its dashboard's file. */
  readonly mutated: { readonly tileKey: string; readonly tile: ChartTile } | undefined;
}

const current = new AsyncLocalStorage<Run>();

/** Runs a test and says which tiles it looked at. */
export async function tilesLookedAt(test: () => Promise<void>): Promise<ReadonlySet<string>> {
  const run: Run = { lookedAt: new Set(), mutated: undefined };
  await current.run(run, test);
  return run.lookedAt;
}

/** Whether a test fails when this tile replaces the one of the dashboard's file. */
export async function fails(test: () => Promise<void>, mutated: Run["mutated"]): Promise<boolean> {
  try {
    await current.run({ lookedAt: new Set(), mutated }, test);
    return false;
  } catch {
    return true;
  }
}

/** The tile as its file has it, or as the mutation under test changes it. */
export function tileUnderTest<Tile extends ChartTile>({ tileKey, tile }: TileReference<Tile>): Tile {
  const run = current.getStore();
  run?.lookedAt.add(tileKey);
  return run?.mutated?.tileKey === tileKey ? (run.mutated.tile as Tile) : tile;
}
