import { isObject, type Json, type JsonObject, sameJson, withoutUndefined } from "../../kernel/json.ts";
import type { LiveCondition, LiveDetector } from "../answers.ts";
import { byId } from "../by-id.ts";
import { reflectCommon } from "../common.ts";
import { anyThreshold, metricType, priorities, staticDetection } from "./body.ts";
import type { MonitorInputs, Thresholds } from "./inputs.ts";

/**
 * The live monitor in the definition's terms: equal to it when nothing was changed by hand, with conditions in any
 * order. `queryType` is not in Sentry's answers.
 */
export function reflectMonitor(defined: MonitorInputs, live: LiveDetector): MonitorInputs {
  const query = live.dataSources?.[0]?.queryObj?.snubaQuery ?? {};
  return withoutUndefined({
    organization: defined.organization,
    project: defined.project,
    ...reflectCommon(defined, live),
    environment: text(query.environment),
    metric: reflectMetric(defined.metric, query),
    thresholds: reflectThresholds(defined.thresholds, live.conditionGroup?.conditions ?? []),
    byHand: reflectByHand(live),
  }) as MonitorInputs;
}

function reflectMetric(defined: MonitorInputs["metric"], query: JsonObject): JsonObject {
  const { dataset, aggregate, timeWindow, eventTypes } = query;
  return withoutUndefined({
    dataset: dataset ?? "",
    aggregate: aggregate ?? "",
    query: query.query ?? "",
    queryType: defined.queryType,
    eventTypes: sameSet(defined.eventTypes, eventTypes) ? defined.eventTypes : (eventTypes ?? []),
    extrapolationMode: reflectMode(defined.extrapolationMode, text(query.extrapolationMode)),
    windowSeconds: timeWindow ?? 0,
  }) as JsonObject;
}

/** "unknown" is Sentry's value for a monitor without one. */
const reflectMode = (defined: string | undefined, live: string | undefined): string | undefined =>
  (defined ?? "unknown") === (live ?? "unknown") ? defined : live;

/** Conditions by priority. A second condition of the same priority was added by hand, and is shown under its id. */
function reflectThresholds(defined: Thresholds, conditions: LiveCondition[]): JsonObject {
  const names = Object.entries(priorities);
  const result: JsonObject = {};
  const ours = (condition: LiveCondition, priority: string): boolean =>
    sameJson(defined[priority as keyof Thresholds], comparisonOf(condition));
  // Unchanged ones come first, so that only the added ones are shown as added.
  for (const isFirst of [true, false]) {
    for (const condition of [...conditions].sort(byId)) {
      const priority = names.find(([, level]) => level === condition.conditionResult)?.[0] ?? "other";
      if (ours(condition, priority) !== isFirst) continue;
      result[priority in result ? `${priority} (#${condition.id})` : priority] = comparisonOf(condition);
    }
  }
  return result;
}

const comparisonOf = ({ type, comparison }: LiveCondition): JsonObject => ({ [type]: comparison });

/** Settings that the definition cannot express, where they differ from what this project writes. */
function reflectByHand({ config, conditionGroup, dataSources }: LiveDetector): JsonObject | undefined {
  const { detectionType, comparisonDelta } = config ?? {};
  const found = withoutUndefined({
    detectionType: detectionType === staticDetection.detectionType ? undefined : detectionType,
    comparisonDelta: comparisonDelta ?? undefined,
    logicType: conditionGroup && conditionGroup.logicType !== anyThreshold ? conditionGroup.logicType : undefined,
    dataSources: (dataSources?.length ?? 0) > 1 ? dataSources?.length : undefined,
  }) as JsonObject;
  return Object.keys(found).length > 0 ? found : undefined;
}

const text = (value: Json | undefined): string | undefined => (typeof value === "string" && value ? value : undefined);

const sameSet = (a: readonly string[], b: Json | undefined): boolean =>
  Array.isArray(b) && a.length === b.length && a.every((item) => b.includes(item));

export const isMetricMonitor = ({ type, dataSources }: LiveDetector): boolean =>
  type === metricType && isObject(dataSources?.[0]?.queryObj?.snubaQuery);
