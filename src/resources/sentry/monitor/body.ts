import type { JsonObject } from "../../kernel/json.ts";
import { commonBody } from "../common.ts";
import type { MonitorInputs, Thresholds } from "./inputs.ts";

/** Sentry's priority of the issue for each threshold; 0 resolves the issue. */
export const priorities = { high: 75, medium: 50, low: 25, resolved: 0 } as const;
export type Priority = keyof typeof priorities;

/** Sentry's name of the kind. */
export const metricType = "metric_issue";

/** How the monitor detects an issue; Sentry's other types compare with an earlier time, or learn what is usual. */
export const staticDetection = { detectionType: "static" } as const;
export const anyThreshold = "any";

/** A monitor in POST and PUT requests (Sentry: src/sentry/incidents/metric_issue_detector.py). */
export function monitorBody(inputs: MonitorInputs): JsonObject {
  const { environment, metric, thresholds } = inputs;
  return {
    ...commonBody(metricType, inputs),
    dataSources: [
      {
        aggregate: metric.aggregate,
        dataset: metric.dataset,
        environment: environment ?? null,
        eventTypes: metric.eventTypes,
        extrapolationMode: metric.extrapolationMode ?? null,
        query: metric.query,
        queryType: metric.queryType,
        timeWindow: metric.windowSeconds,
      },
    ],
    conditionGroup: { logicType: anyThreshold, conditions: conditions(thresholds) },
    config: { ...staticDetection },
  };
}

/** From the most to the least urgent, independent of the order of keys in the state. */
const conditions = (thresholds: Thresholds): JsonObject[] =>
  (Object.keys(priorities) as Priority[]).flatMap((priority) =>
    Object.entries(thresholds[priority] ?? {}).map(([type, comparison]) => ({
      type,
      comparison,
      conditionResult: priorities[priority],
    })),
  );
