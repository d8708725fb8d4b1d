import { object } from "../../insights/define/check/json.ts";
import type { DashboardChange } from "../changes/dashboards.ts";
import { lostWords, sourceOf, windowDays } from "../changes/query/query.ts";
import { rangeWords } from "../changes/query/values.ts";
import type { TileChange } from "../changes/tiles.ts";
import type { Numbers } from "./numbers.ts";

const secondsPerDay = 86_400;
/** Number of bins, fine enough to distinguish days in a window of weeks. */
const bins = 60;

/** Adds to each shortened window the share of finishers who would no longer count, if real numbers are available. */
export async function withLosses(change: DashboardChange, numbers: Numbers): Promise<DashboardChange> {
  if (!numbers.areReal) return change;
  const tiles = await Promise.all(change.tiles.map((tile) => withLoss(tile, change, numbers)));
  return { ...change, tiles };
}

async function withLoss(tile: TileChange, { before, after }: DashboardChange, numbers: Numbers): Promise<TileChange> {
  const [old, now] = [sourceOf(before?.tiles[tile.key]?.query), sourceOf(after?.tiles[tile.key]?.query)];
  const [days, newDays] = [windowDays(old), windowDays(now)];
  if (!tile.consequence || !before || days === undefined || newDays === undefined || newDays >= days) return tile;
  const share = await lostShare(old, newDays, numbers);
  return share === undefined
    ? tile
    : { ...tile, consequence: lostWords(days, newDays, shareWords(share, old.dateRange)) };
}

/** Share of those who finish within the old window that take longer than the new one. */
async function lostShare(
  old: Readonly<Record<string, unknown>>,
  newDays: number,
  numbers: Numbers,
): Promise<number | undefined> {
  const funnelsFilter = { ...object(old.funnelsFilter), funnelVizType: "time_to_convert", binCount: bins };
  const query = { kind: "InsightVizNode", source: { ...old, funnelsFilter, breakdownFilter: undefined } };
  const tiles = { asked: { kind: "insight", query: JSON.parse(JSON.stringify(query)) as unknown } };
  const { asked } = await numbers.of({ key: "", title: "", owner: "", question: "", tiles });
  if (!asked || !("answer" in asked) || asked.answer.kind !== "time to convert") return undefined;
  const all = asked.answer.results.bins;
  const people = all.reduce((sum, [, count]) => sum + count, 0);
  if (people === 0) return undefined;
  const late = all.filter(([from]) => from >= newDays * secondsPerDay).reduce((sum, [, count]) => sum + count, 0);
  return late / people;
}

function shareWords(share: number, dateRange: unknown): string {
  if (share === 0) return `nobody so far (${rangeWords(dateRange)})`;
  const percent = share < 0.01 ? "less than 1 %" : `${Math.round(share * 100)} %`;
  return `${percent} of those who finish (${rangeWords(dateRange)})`;
}
