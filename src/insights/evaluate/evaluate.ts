import { projectCalendar, type WeekStart } from "../../model/posthog/calendar.ts";
import { NotEvaluable, QueryRejected } from "./errors.ts";
import { evaluateFunnels } from "./funnels/funnels.ts";
import type { Filter, Plan, PropertyFilter } from "./plan.ts";
import type { ReadingContext } from "./read/common.ts";
import { readQuery } from "./read/query.ts";
import type { QueryAnswer } from "./results.ts";
import { emptyTextDoubts } from "./sql/filter.ts";
import { sqlText } from "./sql/literal.ts";
import type { EventTable } from "./table/table.ts";
import { wallAt } from "./time/wall.ts";
import { evaluateTrends } from "./trends/trends.ts";

/** What an answer depends on besides query and events. */
export interface EvaluationContext extends ReadingContext {
  readonly now: Date;
  /** The project's time zone, e.g. "Europe/Berlin". Default: the one that the stack sets ({@link projectCalendar}). */
  readonly timeZone?: string;
  /** The project's first day of the week. Default: as the time zone. */
  readonly weekStart?: WeekStart;
}

/**
 * Answers PostHog's query JSON over the events, in PostHog's shape (`results` and what stands next to it); `kind`, which
 * tells the answers apart, is not enumerable.
 * @throws NotEvaluable for what only PostHog can answer, naming it and where in the query it is; QueryRejected for what
 * PostHog refuses with 400.
 */
export async function evaluate(table: EventTable, query: unknown, context: EvaluationContext): Promise<QueryAnswer> {
  const { now, timeZone = projectCalendar.timeZone, weekStart = projectCalendar.weekStart } = context;
  const plan = readQuery(query, context);
  const asked = { table, clock: { now: wallAt(now.getTime() * 1000, timeZone), timeZone, weekStart } };
  await checkFilters(plan, table);
  const answer = await (plan.kind === "trends" ? evaluateTrends(plan, asked) : evaluateFunnels(plan, asked));
  // `kind` is ours: in JSON, in copies and in comparisons the answer is PostHog's.
  return Object.defineProperty(answer, "kind", { enumerable: false });
}

/** Checks what cannot be seen in the query alone, with DuckDB, before anything is counted. */
async function checkFilters(plan: Plan, table: EventTable): Promise<void> {
  const filters = propertyFiltersOf(plan);
  for (const filter of filters.filter(({ operator }) => /regex/.test(operator))) await checkExpression(filter, table);
  await refuseDoubts(filters, table);
}

/** ClickHouse and DuckDB read regular expressions with the same library. */
async function checkExpression({ values, where }: PropertyFilter, table: EventTable): Promise<void> {
  try {
    await table.query(`SELECT ${values.map((value) => `regexp_matches('', ${sqlText(String(value))})`).join(", ")}`);
  } catch {
    throw new QueryRejected(`it has the regular expression ${values.join(", ")}, which is none`, where);
  }
}

async function refuseDoubts(filters: readonly PropertyFilter[], table: EventTable): Promise<void> {
  const doubts = filters.flatMap((filter) => emptyTextDoubts(filter, table));
  if (doubts.length === 0) return;
  const [row = []] = await table.query(`SELECT ${doubts.map(({ sql }) => sql).join(", ")}`);
  const doubt = doubts.find((_, index) => row[index] === true);
  if (doubt === undefined) return;
  const { key, operator, where } = doubt.filter;
  const because = `${key} is an empty text on some events, which PostHog takes for present or missing depending on its storage`;
  throw new NotEvaluable(`the operator ${operator} on ${key}`, where, because);
}

function propertyFiltersOf(plan: Plan): PropertyFilter[] {
  const parts = plan.kind === "trends" ? plan.series : [...plan.steps, ...plan.exclusions];
  return [plan.filter, ...parts.map(({ filter }) => filter)].flatMap(leavesOf);
}

function leavesOf(filter: Filter): PropertyFilter[] {
  return filter.type === "property" ? [filter] : filter.filters.flatMap(leavesOf);
}

/** A tile's answer, or a text that says why there is none. */
export type TileAnswer = QueryAnswer | { readonly failure: string };

type Tiles = Readonly<Record<string, { readonly kind: string; readonly query?: unknown }>>;

/** Answers all insights of a dashboard in parallel, by the keys of their tiles; text tiles have no answer. */
export async function evaluateTiles(
  table: EventTable,
  tiles: Tiles,
  context: EvaluationContext,
): Promise<Record<string, TileAnswer>> {
  const asked = Object.entries(tiles).flatMap(([key, { kind, query }]) =>
    kind === "insight" ? [[key, query] as const] : [],
  );
  const answers = await Promise.all(
    asked.map(async ([key, query]): Promise<[string, TileAnswer]> => {
      try {
        return [key, await evaluate(table, query, context)];
      } catch (error) {
        return [key, { failure: error instanceof Error ? error.message : String(error) }];
      }
    }),
  );
  return Object.fromEntries(answers);
}
