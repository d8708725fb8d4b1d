import { afterAll } from "vitest";
import { type EventTable, openEvents } from "../../../src/insights/evaluate/index.ts";
import type { Happening, SamePerson } from "./given.ts";

const tables = new Map<string, Promise<EventTable>>();
let areOver = false;

/** The happenings as a table. The same happenings return the same table, because a test runs again for each mutant of its tile. */
export function tableOf(happenings: readonly Happening[], same: readonly SamePerson[]): Promise<EventTable> {
  if (areOver) throw new Error("The tests of this file are over: one of them went on after it had failed.");
  const key = JSON.stringify([happenings, same]);
  const known = tables.get(key);
  if (known) return known;
  const table = filled(happenings, same);
  tables.set(key, table);
  return table;
}

// Also closes the tables of a failed test whose queries were still running.
afterAll(async () => {
  areOver = true;
  const opened = await Promise.allSettled(tables.values());
  await Promise.all(opened.map((one) => (one.status === "fulfilled" ? one.value.close() : undefined)));
});

async function filled(happenings: readonly Happening[], same: readonly SamePerson[]): Promise<EventTable> {
  const table = await openEvents({ threads: 1, memoryLimitMegabytes: 64 });
  table.append(
    happenings.map(({ who, event, properties, when }) => ({ event, distinct_id: who, timestamp: when, properties })),
  );
  await table.mapPersons(same.map(({ id, isAlso }) => [id, isAlso] as const));
  return table;
}
