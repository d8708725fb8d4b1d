import { z } from "zod";
import { isObject, sourceQuery } from "../queries/source.ts";
import type { AlertRecord, JsonObject } from "../records.ts";

/*
 * Whether an alert on a trend fires, as PostHog decides it. Sources: products/alerts/backend/evaluation/trends.py and
 * comparator.py, posthog/tasks/alerts/trends.py. Not modelled, because the sources leave it open: at which minute of
 * the hour a check runs, how late events still count, and how often a firing alert notifies again.
 */

/** Displays with one value for the whole range. */
const withoutTime: readonly unknown[] = ["BoldNumber", "ActionsPie", "ActionsBarValue", "ActionsTable", "WorldMap"];

export interface Checked {
  /** The compared value; null for a breakdown without a value beyond the threshold. */
  value: number | null;
  /** The values beyond the threshold, in PostHog's words; empty when the alert does not fire. */
  breaches: string[];
}

/** Answers a query as PostHog's POST query/ does. */
export type Ask = (query: JsonObject) => Promise<JsonObject> | JsonObject;

const alertFields = z.object({
  condition: z.object({ type: z.enum(["absolute_value", "relative_increase", "relative_decrease"]) }),
  threshold: z.object({
    configuration: z.object({
      type: z.enum(["absolute", "percentage"]),
      bounds: z.object({ lower: z.number().nullish(), upper: z.number().nullish() }).nullish(),
    }),
  }),
  config: z.object({ series_index: z.number(), check_ongoing_interval: z.boolean().nullish() }),
});

const resultFields = z.object({
  label: z.string().catch(""),
  data: z.array(z.number()).catch([]),
  aggregated_value: z.number().nullish(),
});

type Alert = z.infer<typeof alertFields>;
type Bounds = NonNullable<Alert["threshold"]["configuration"]["bounds"]>;

/** @param query of the insight that the alert is on */
export async function checkTrendAlert(
  watched: Pick<AlertRecord, "condition" | "config" | "threshold">,
  query: JsonObject,
  ask: Ask,
): Promise<Checked> {
  const alert = alertFields.parse(watched);
  const source = sourceQuery(query) ?? {};
  const { bounds } = alert.threshold.configuration;
  if (!bounds) return { value: 0, breaches: [] };
  const filter = isObject(source.trendsFilter) ? source.trendsFilter : {};
  const isTotal = withoutTime.includes(filter.display);
  const isRelative = alert.condition.type !== "absolute_value";
  if (isTotal && isRelative) throw new Error("Relative alerts not supported for non time series trends");
  // A total is queried for the insight's whole range; a line for the compared intervals and the present one.
  const asked = isTotal
    ? query
    : { ...query, source: { ...source, dateRange: lastIntervals(source, isRelative ? 3 : 2) } };
  const { results } = await ask(asked);
  if (!Array.isArray(results)) throw new Error("No results found for the insight");
  if (results.length === 0) return { value: 0, breaches: breachesOf(bounds, 0, "empty result") };
  return compare(alert, bounds, isTotal, linesOf(alert, source, results));
}

/** Each value of a breakdown is compared, whatever line was chosen; without one, the line of that number. */
function linesOf({ config }: Alert, source: JsonObject, results: readonly unknown[]): unknown[] {
  const breakdown = isObject(source.breakdownFilter) ? source.breakdownFilter : {};
  const isBroken =
    (Array.isArray(breakdown.breakdowns) && breakdown.breakdowns.length > 0) ||
    (Boolean(breakdown.breakdown) && Boolean(breakdown.breakdown_type));
  return isBroken ? [...results] : [results[config.series_index]];
}

function compare({ condition, threshold, config }: Alert, bounds: Bounds, isTotal: boolean, lines: unknown[]): Checked {
  let value: number | null = null;
  for (const line of lines) {
    const { label, data, aggregated_value: total } = resultFields.parse(line);
    // The present interval is not over: only alerts with the option for it check it.
    const at = data.length - (config.check_ongoing_interval && condition.type !== "relative_decrease" ? 1 : 2);
    const current = isTotal ? total : data[at];
    if (current === null || current === undefined) continue;
    if (condition.type === "absolute_value") value = current;
    else {
      const before = data[at - 1];
      if (before === undefined) continue;
      value = change(condition.type, threshold.configuration.type, current, before);
    }
    const breaches = breachesOf(bounds, value, label);
    if (breaches.length > 0) return { value, breaches };
  }
  return { value: lines.length > 1 ? null : value, breaches: [] };
}

function change(
  type: "relative_increase" | "relative_decrease",
  unit: "absolute" | "percentage",
  current: number,
  before: number,
): number {
  const difference = type === "relative_increase" ? current - before : before - current;
  if (unit === "absolute") return difference;
  if (before === 0) return current === 0 ? 0 : Number.POSITIVE_INFINITY;
  return difference / before;
}

function breachesOf({ lower, upper }: Bounds, value: number, label: string): string[] {
  if (typeof lower === "number" && value < lower)
    return [`The insight value (${label}) is ${value}, less than the lower threshold ${lower}`];
  if (typeof upper === "number" && value > upper)
    return [`The insight value (${label}) is ${value}, more than the upper threshold ${upper}`];
  return [];
}

const units: Readonly<Record<string, string>> = { day: "d", week: "w", month: "m" };

/** Without an end, so that the last interval is the present one. */
const lastIntervals = ({ interval }: JsonObject, count: number) => ({
  date_from: `-${count}${units[String(interval)] ?? "h"}`,
});
