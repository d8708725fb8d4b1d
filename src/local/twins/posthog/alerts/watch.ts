import { z } from "zod";
import { invalid } from "../http/errors.ts";
import { isObject, sourceQuery } from "../queries/source.ts";
import type { AlertRecord, JsonObject } from "../records.ts";

const conditionFields = z.strictObject({ type: z.enum(["absolute_value", "relative_increase", "relative_decrease"]) });
const bound = z.number().nullish();
const thresholdFields = z.strictObject({
  type: z.enum(["absolute", "percentage"]),
  bounds: z.strictObject({ lower: bound, upper: bound }).nullish(),
});
const trendsFields = z.strictObject({
  type: z.literal("TrendsAlertConfig"),
  series_index: z.int().min(0),
  check_ongoing_interval: z.boolean().nullish(),
});
const sqlFields = z.strictObject({
  type: z.literal("HogQLAlertConfig"),
  column: z.string().nullish(),
  evaluation: z.enum(["last_row", "first_row", "any_row"]).nullish(),
  label_column: z.string().nullish(),
});

const funnelsFields = z.strictObject({
  type: z.literal("FunnelsAlertConfig"),
  metric: z.enum(["conversion_from_start", "conversion_from_previous"]),
  funnel_step: z.int().nullish(),
  check_ongoing_interval: z.boolean().nullish(),
});

type Condition = z.infer<typeof conditionFields>;
type AlertThreshold = z.infer<typeof thresholdFields>;

/** Displays with one value for the whole range, so that there is no previous value to compare with. */
const withoutTime = new Set(["BoldNumber", "ActionsPie", "ActionsBarValue", "ActionsTable", "WorldMap"]);

export interface Watch {
  query: JsonObject | null;
  alert: Pick<AlertRecord, "condition" | "config" | "threshold">;
  boundsRequired: boolean;
}

/**
 * Answers 400 unless condition, config and threshold fit each other and the query of the insight. Source:
 * products/alerts/backend/evaluation/validation.py, validate_alert_config.
 */
export function checkWatch({ query, alert, boundsRequired }: Watch): void {
  const condition = conditionFields.safeParse(alert.condition);
  if (!condition.success) throw invalid(`Alert has invalid condition: ${shown(alert.condition)}`);

  const source = sourceQuery(query);
  const configType = isObject(alert.config) ? alert.config.type : undefined;
  if (configType === "TrendsAlertConfig") checkTrends(source, condition.data, alert);
  else if (configType === "HogQLAlertConfig") checkSql(source, condition.data, alert);
  else if (configType === "FunnelsAlertConfig") checkFunnels(source, condition.data, alert);
  else throw invalid(`Unsupported alert config type: ${shown(alert.config)}`);

  const { bounds } = readThreshold(alert);
  if (boundsRequired && bounds?.lower == null && bounds?.upper == null) {
    throw invalid("At least one threshold bound (lower or upper) must be provided.", "threshold__configuration");
  }
}

function checkTrends(source: JsonObject | null, condition: Condition, alert: Watch["alert"]): void {
  const config = trendsFields.safeParse(alert.config);
  if (!config.success) throw invalid(`Alert has invalid TrendsAlertConfig: ${shown(alert.config)}`);
  if (source?.kind !== "TrendsQuery") {
    throw invalid(`Alert's insight query kind '${String(source?.kind)}' is not supported (only TrendsQuery)`);
  }
  const filter = isObject(source.trendsFilter) ? source.trendsFilter : {};
  if (condition.type !== "absolute_value" && withoutTime.has(String(filter.display))) {
    throw invalid(`Relative alert condition '${condition.type}' is not compatible with non time series trends`);
  }
  const formulas = Array.isArray(filter.formulaNodes) ? filter.formulaNodes.length : 0;
  const results = formulas || (Array.isArray(source.series) ? source.series.length : 0);
  if (config.data.series_index >= results) {
    throw invalid(`series_index ${config.data.series_index} is out of range (query has ${results} series)`);
  }
  const threshold = fittingThreshold(condition, alert);
  if (config.data.check_ongoing_interval && condition.type !== "relative_decrease" && threshold.bounds?.upper == null) {
    throw invalid(
      `check_ongoing_interval is only supported for alert condition ${condition.type} when upper threshold is specified`,
    );
  }
}

function checkSql(source: JsonObject | null, condition: Condition, alert: Watch["alert"]): void {
  if (source?.kind !== "HogQLQuery") {
    throw invalid(`SQL alert config requires a HogQLQuery insight, got '${String(source?.kind)}'`);
  }
  const config = sqlFields.safeParse(alert.config);
  if (!config.success) throw invalid(`Alert has invalid HogQLAlertConfig: ${shown(alert.config)}`);
  if (config.data.evaluation === "any_row" && condition.type !== "absolute_value") {
    throw invalid("Any-row SQL alerts only support absolute value conditions");
  }
  fittingThreshold(condition, alert);
}

/** Source: products/alerts/backend/evaluation/validation.py and funnel_strategies.py. */
function checkFunnels(source: JsonObject | null, condition: Condition, alert: Watch["alert"]): void {
  if (source?.kind !== "FunnelsQuery") {
    throw invalid(`Funnel alert config requires a FunnelsQuery insight, got '${String(source?.kind)}'`);
  }
  const config = funnelsFields.safeParse(alert.config);
  if (!config.success) throw invalid(`Alert has invalid FunnelsAlertConfig: ${shown(alert.config)}`);
  const filter = isObject(source.funnelsFilter) ? source.funnelsFilter : {};
  const viz = filter.funnelVizType ?? "steps";
  if (viz !== "steps" && viz !== "trends") {
    throw invalid(`Funnel alerts aren't supported for the '${String(viz)}' visualization.`);
  }
  if (viz === "steps") {
    if (condition.type !== "absolute_value") throw invalid("This funnel only supports absolute value conditions");
    const { funnel_step: step, metric } = config.data;
    const steps = Array.isArray(source.series) ? source.series.length : 0;
    if (typeof step === "number" && step < 0) throw invalid(`funnel_step must be >= 0, got ${step}`);
    if (typeof step === "number" && step >= steps) {
      throw invalid(`funnel_step ${step} is out of range (funnel has ${steps} steps)`);
    }
    if (metric === "conversion_from_previous" && step === 0) {
      throw invalid("conversion_from_previous is undefined at the first step; use conversion_from_start instead");
    }
  }
  fittingThreshold(condition, alert);
}

function fittingThreshold(condition: Condition, alert: Watch["alert"]): AlertThreshold {
  const threshold = readThreshold(alert);
  if (condition.type === "absolute_value" && threshold.type !== "absolute") {
    throw invalid("Absolute value alerts require an absolute threshold, but a percentage threshold was configured");
  }
  return threshold;
}

function readThreshold(alert: Watch["alert"]): AlertThreshold {
  const threshold = thresholdFields.safeParse(alert.threshold.configuration);
  if (threshold.success) return threshold.data;
  throw invalid(`Alert has invalid threshold configuration: ${shown(alert.threshold.configuration)}`);
}

const shown = (value: unknown): string => (value === undefined ? "None" : JSON.stringify(value));
