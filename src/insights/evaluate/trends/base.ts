import { NotEvaluable } from "../errors.ts";
import { rawText, readableType, sessionColumn } from "../sql/property.ts";
import { activeRows } from "./active.ts";
import { aggregateSql } from "./aggregate.ts";
import { firstTimeRows } from "./first-time.ts";
import { wholeSecond } from "./period.ts";
import { bucketOf, dimensionColumns, dimensionNames, grouping, type RowsQuery, seriesCondition } from "./rows.ts";

/**
 * SQL for rows of (bucket, b0, b1, …, total): one for each bucket and combination of values that has events. A chart of
 * totals has a single bucket, 0.
 */
export function baseRows(query: RowsQuery): string {
  const { math } = query.series;
  const by = grouping(query);
  switch (math.kind) {
    case "count":
      return `SELECT ${by}, count(*) AS total FROM (${matchingRows(query)}) GROUP BY ${by}`;
    case "people":
      return query.plan.shown === "cumulative" ? newPeopleRows(query) : distinctRows(query, "person");
    case "sessions":
      return distinctRows(query, "session");
    case "property":
      return `SELECT ${by}, ${aggregateSql(math.aggregate, "number")} AS total FROM (${matchingRows(query)}) GROUP BY ${by}`;
    case "times per person":
      return `
        SELECT ${by}, ${aggregateSql(math.aggregate, "times")} AS total
        FROM (SELECT ${by}, person, CAST(count(*) AS DOUBLE) AS times FROM (${matchingRows(query)}) GROUP BY ${by}, person)
        GROUP BY ${by}`;
    case "active":
      return activeRows(query, math.windowDays);
    case "first":
      return firstTimeRows(query, math.matching);
  }
}

/** The counted events with what is aggregated: the person, the session, the number. */
function matchingRows(query: RowsQuery): string {
  const { series, period } = query;
  const from = series.math.kind === "times per person" ? unalignedFrom(query) : period.from;
  return `
    SELECT ${bucketOf(query)} AS bucket${dimensionColumns(query)}, person${aggregated(query)}
    FROM events WHERE ts >= ${from} AND ts <= ${period.to} AND ${seriesCondition(query)}`;
}

/** PostHog counts each person's events from `date_from` on, also where the first interval begins earlier. */
function unalignedFrom({ period, asked }: RowsQuery): number {
  return wholeSecond(period.range.from, asked.clock);
}

function aggregated({ series: { math, where }, asked: { table } }: RowsQuery): string {
  if (math.kind === "sessions") return `, ${sessionColumn(table, where)} AS session`;
  if (math.kind !== "property") return "";
  const property = { of: math.of, key: math.key, where: `${where}.math_property` };
  const type = readableType(property, table);
  if (type === "Boolean") {
    throw new NotEvaluable(`the ${math.aggregate} of ${math.key}`, property.where, "the property is true or false");
  }
  if (math.multiplier !== null && type !== "Numeric") {
    throw new NotEvaluable(`a multiple of ${math.key}`, property.where, "the property is a text");
  }
  const factor = math.multiplier === null ? "" : ` * CAST('${math.multiplier}' AS DOUBLE)`;
  return `, to_number(${rawText(property, table)})${factor} AS number`;
}

function distinctRows(query: RowsQuery, counted: "person" | "session"): string {
  const by = grouping(query);
  return `SELECT ${by}, count(DISTINCT ${counted}) AS total FROM (${matchingRows(query)}) GROUP BY ${by}`;
}

/** A running sum of people counts each person only in their first bucket. */
function newPeopleRows(query: RowsQuery): string {
  const by = grouping(query);
  const names = dimensionNames(query);
  return `
    SELECT ${by}, count(*) AS total
    FROM (SELECT min(bucket) AS bucket${names}, person FROM (${matchingRows(query)}) GROUP BY person${names})
    GROUP BY ${by}`;
}
