import type { CapturedEvent } from "../ingest/events.ts";

const longestSql = 5_000;

/** Number of events that match a plain `select count() from events where …`; `null` for any other SQL. */
export function countEvents(sql: string, events: readonly CapturedEvent[]): number | null {
  return matching(sql, /^select\s+count\(\s*(?:\*\s*)?\)(?:\s+as\s+\w+)?\s+from\s+events/i, events)?.length ?? null;
}

/** The rows of a plain `select distinct_id, properties from events where …`; `null` for any other SQL. */
export function listEvents(sql: string, events: readonly CapturedEvent[]): [string, string][] | null {
  const found = matching(sql, /^select\s+distinct_id,\s*properties\s+from\s+events/i, events);
  // PostHog answers properties as JSON in a text.
  return found?.map(({ distinctId, properties }) => [distinctId, JSON.stringify(properties)]) ?? null;
}

/** The events of a query that begins with `head`; `null` for one that does not, or has other conditions than equalities. */
function matching(sql: string, head: RegExp, events: readonly CapturedEvent[]): CapturedEvent[] | null {
  if (sql.length > longestSql) return null;
  // Removed from the end step by step: a single expression would backtrack over every blank.
  const bare = sql.trim().replace(/;$/, "").trimEnd();
  const unlimited = bare.replace(/\blimit\s+\d+$/i, "").trimEnd();
  const begin = head.exec(unlimited)?.[0];
  const rest = begin === undefined ? null : unlimited.slice(begin.length);
  const where = rest === "" ? "" : /^\s+where\s+(?<where>.+)$/is.exec(rest ?? "")?.groups?.where;
  if (where === undefined) return null;
  const conditions = where.split(/\s+and\s+/i).filter((condition) => condition !== "");
  const tests = conditions.map(equality);
  if (tests.some((test) => test === null)) return null;
  return events.filter((event) => tests.every((test) => test?.(event)));
}

/** `event = 'x'`, also of distinct_id, uuid and properties.<name>; `null` for any other condition. */
function equality(condition: string): ((event: CapturedEvent) => boolean) | null {
  const match = /^\s*(?<field>event|distinct_id|uuid|properties\.[$\w.]+)\s*=\s*'(?<value>(?:[^'\\]|\\.)*)'\s*$/i.exec(
    condition,
  );
  const field = match?.groups?.field;
  if (field === undefined) return null;
  const value = (match?.groups?.value ?? "").replaceAll(/\\(.)/g, "$1");
  switch (field.toLowerCase()) {
    case "event":
      return (event) => event.event === value;
    case "distinct_id":
      return (event) => event.distinctId === value;
    case "uuid":
      return (event) => event.uuid === value;
    default: {
      const property = field.slice("properties.".length);
      return (event) => property in event.properties && String(event.properties[property]) === value;
    }
  }
}
