import type { QueryContext } from "../context.ts";
import { NotEvaluable } from "../errors.ts";
import type { FunnelStep, FunnelsPlan } from "../plan.ts";
import { bucketSql } from "../sql/bucket.ts";
import { eventCondition } from "../sql/event.ts";
import { filterSql } from "../sql/filter.ts";
import { allOf, anyOf } from "../sql/literal.ts";
import { breakdownText, sessionColumn } from "../sql/property.ts";
import type { EventTable } from "../table/table.ts";
import type { Buckets } from "../time/buckets.ts";
import { dayMicros, type Micros } from "../time/wall.ts";
import { emptyPath, type Path, type Values } from "./events.ts";

export interface FunnelRange {
  /** First and last instant whose events count, both included. */
  readonly from: Micros;
  readonly to: Micros;
  /** Where entrances are counted by period. */
  readonly buckets: Buckets | null;
}

/** Gives the events of each person, or session, in turn. The path object is reused: it is valid until the next one. */
export async function forEachPath(
  plan: FunnelsPlan,
  range: FunnelRange,
  asked: QueryContext,
  values: Values,
  onPath: (path: Path) => void,
): Promise<void> {
  const path = emptyPath();
  let current: unknown;
  const finish = () => {
    if (path.length > 0) onPath(path);
    for (const column of [path.times, path.steps, path.exclusions, path.values, path.periods]) column.length = 0;
    path.length = 0;
  };
  await asked.table.stream(pathsSql(plan, range, asked), (columns) => {
    const [targets = [], times = [], steps = [], exclusions = [], periods = [], ...texts] = columns;
    for (let row = 0; row < targets.length; row += 1) {
      if (targets[row] !== current) finish();
      current = targets[row];
      path.times.push(times[row] as number);
      path.steps.push(steps[row] as number);
      path.exclusions.push(exclusions[row] as number);
      path.periods.push(periods[row] as number);
      path.values.push(texts.length === 0 ? values.none : values.idOf(texts.map((column) => column[row] as string)));
      path.length += 1;
    }
  });
  finish();
}

function pathsSql(plan: FunnelsPlan, range: FunnelRange, asked: QueryContext): string {
  const { table } = asked;
  const steps = plan.steps.map((step) => stepCondition(step, range, table));
  const exclusions = plan.steps.map((_, index) => exclusionCondition(plan, index, table));
  const breakdowns = (plan.breakdown?.by ?? []).map(
    (by, index) => `, coalesce(${breakdownText(by, table)}, '') AS v${index}`,
  );
  const considered = [
    `ts >= ${range.from} AND ts <= ${range.to}`,
    filterSql(plan.filter, table),
    // In a strict funnel, any other event ends an attempt.
    ...(plan.order === "strict" ? [] : [namesCondition(plan, table)]),
  ];
  return `
    SELECT target, seconds, steps, exclusions, period${breakdowns.map((_, index) => `, v${index}`).join("")}
    FROM (
      SELECT ${targetSql(plan, table)} AS target, CAST(ts AS DOUBLE) / 1000000 AS seconds, ts, rowid AS arrived,
        ${bitsSql(steps)} AS steps, ${bitsSql(exclusions)} AS exclusions, ${periodSql(range, asked)} AS period
        ${breakdowns.join("")}
      FROM events WHERE ${allOf(considered)}
    )
    WHERE ${plan.order === "strict" ? "TRUE" : "(steps <> 0 OR exclusions <> 0)"}
      ${plan.per === "session" ? "AND target NOT IN ('', 'null')" : ""}
    ORDER BY target, ts, arrived`;
}

function targetSql({ per }: FunnelsPlan, table: EventTable): string {
  if (per === "person") return "person";
  return sessionColumn(table, "funnelsFilter.funnelAggregateByHogQL");
}

function periodSql({ from, to, buckets }: FunnelRange, { clock }: QueryContext): string {
  if (buckets === null) return "0";
  const sql = bucketSql(buckets, { from: from - dayMicros, to: to + dayMicros }, clock.timeZone);
  return `CAST(${sql} AS INTEGER)`;
}

function bitsSql(conditions: readonly string[]): string {
  const bits = conditions.flatMap((condition, index) =>
    condition === "FALSE" ? [] : `(CASE WHEN ${condition} THEN ${2 ** index} ELSE 0 END)`,
  );
  return `CAST(${["0", ...bits].join(" + ")} AS UINTEGER)`;
}

function namesCondition({ steps, exclusions }: FunnelsPlan, table: EventTable): string {
  return anyOf([...steps, ...exclusions].map(({ event }) => eventCondition(event, table)));
}

function stepCondition(step: FunnelStep, range: FunnelRange, table: EventTable): string {
  const isEvent = eventCondition(step.event, table);
  const passes = filterSql(step.filter, table);
  if (step.firstOnly === "no") return allOf([isEvent, passes]);
  if (!table.hasAllHistory) {
    throw new NotEvaluable("a step of first events", `${step.where}.math`, "the table does not hold all history");
  }
  const considered = allOf([isEvent, `ts <= ${range.to}`, ...(step.firstOnly === "matching" ? [passes] : [])]);
  return allOf([
    isEvent,
    passes,
    `rowid IN (
      SELECT arrived FROM (
        SELECT rowid AS arrived, row_number() OVER (PARTITION BY person ORDER BY ts, rowid) AS nth FROM events WHERE ${considered}
      )
      WHERE nth = 1
    )`,
  ]);
}

/** Whether an event excludes people who are between the previous step and this one. */
function exclusionCondition({ exclusions }: FunnelsPlan, step: number, table: EventTable): string {
  return anyOf(
    exclusions
      .filter(({ fromStep, toStep }) => step > fromStep && step <= toStep)
      .map(({ event, filter }) => allOf([eventCondition(event, table), filterSql(filter, table)])),
  );
}
