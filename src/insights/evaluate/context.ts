import type { EventTable } from "./table/table.ts";
import type { Clock } from "./time/range.ts";
import { type Wall, wallAt } from "./time/wall.ts";

/** What a query is evaluated on. */
export interface QueryContext {
  readonly table: EventTable;
  readonly clock: Clock;
}

/** PostHog considers earlier events to be clock errors. */
const earliestTrendMicros = Date.UTC(1980, 0, 1) * 1000;
const earliestFunnelMicros = Date.UTC(2015, 0, 1) * 1000;

/**
 * The first event, for `date_from: "all"`: of the given names (null: of any), ignoring events before the day that
 * PostHog considers the earliest. Null when there is none.
 */
export async function earliestEvent(
  { table, clock }: QueryContext,
  names: readonly (string | null)[],
  kind: "trends" | "funnels",
): Promise<Wall | null> {
  const numbers = names.flatMap((name) => (name === null ? [] : (table.eventNumber(name) ?? [])));
  const ofNames = names.includes(null) ? "TRUE" : `event IN (${[-1, ...numbers].join(", ")})`;
  const after = kind === "trends" ? earliestTrendMicros : earliestFunnelMicros;
  const [row] = await table.query(`SELECT CAST(min(ts) AS DOUBLE) FROM events WHERE ${ofNames} AND ts > ${after}`);
  const earliest = row?.[0];
  return typeof earliest === "number" ? wallAt(earliest, clock.timeZone) : null;
}
