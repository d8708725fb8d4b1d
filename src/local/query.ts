import type { EventTable } from "../insights/evaluate/index.ts";
import type { CapturedEvent, Evaluate, Evaluation } from "./twins/posthog/index.ts";

/** How the local PostHog answers queries. */
export interface Evaluator {
  readonly evaluate: Evaluate;
  close(): Promise<void>;
}

/** Events that can change which person a distinct id belongs to. */
const merging = new Set(["$identify", "$create_alias", "$merge_dangerously"]);

/**
 * Answers with DuckDB over a copy of the events that is filled as they arrive. DuckDB is loaded with the first query, since
 * most runs of the local cloud have none.
 */
export function lazyEvaluator(): Evaluator {
  let opened: Promise<EventTable> | undefined;
  let lastId = 0;
  /** Serializes work: merging people takes several steps, between which no query may run. */
  let copied: Promise<void> = Promise.resolve();

  const copyNew = async (table: EventTable, { events, persons }: Evaluation): Promise<void> => {
    const fresh = events(lastId);
    table.append(fresh.map(storedEvent));
    lastId = fresh.at(-1)?.id ?? lastId;
    if (fresh.some(({ event }) => merging.has(event))) await table.mapPersons(persons());
  };

  return {
    async evaluate(evaluation) {
      const { evaluate, openEvents } = await import("../insights/evaluate/index.ts");
      opened ??= openEvents();
      const table = await opened;
      const copying = copied.then(() => copyNew(table, evaluation));
      copied = copying.catch(() => {});
      await copying;
      const { query, now, timezone: timeZone, weekStart } = evaluation;
      const answered = await evaluate(table, query, {
        now,
        timeZone,
        weekStart: weekStart === 1 ? "monday" : "sunday",
      });
      const { kind: _, ...answer } = answered;
      return answer;
    },
    async close() {
      await (await opened)?.close();
    },
  };
}

/** Leaves out the person's properties: the twin has their present values, but queries need those at the time of the event. */
function storedEvent({ event, distinctId, personId, timestamp, properties }: CapturedEvent) {
  return { event, distinct_id: distinctId, person_id: personId, timestamp, properties };
}
