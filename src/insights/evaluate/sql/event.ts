import type { EventTable } from "../table/table.ts";

/** SQL for the condition that a row's event has that name; null matches any event. */
export function eventCondition(event: string | null, table: EventTable): string {
  if (event === null) return "TRUE";
  const number = table.eventNumber(event);
  return number === undefined ? "FALSE" : `event = ${number}`;
}
