import type { JsonObject } from "../../kernel/json.ts";
import type { Action, AlertInputs, AlertOutputs } from "./inputs.ts";

/** The only logic that Sentry has for triggers: any of them. */
export const anyTrigger = "any-short";

/** An alert as POST and PUT take it (Sentry: src/sentry/workflow_engine/endpoints/validators/base/workflow.py). */
export function alertBody(inputs: AlertInputs, projectMonitorIds: AlertOutputs["projectMonitorIds"]): JsonObject {
  const { name, owner, environment, enabled, frequencyMinutes, monitorIds, triggers, match, conditions, actions } =
    inputs;
  return {
    name,
    enabled,
    environment: environment ?? null,
    config: { frequency: frequencyMinutes },
    detectorIds: [...inSlugOrder(projectMonitorIds), ...monitorIds],
    triggers: {
      logicType: anyTrigger,
      conditions: inKeyOrder(triggers).map(([type, comparison]) => ({ type, comparison, conditionResult: true })),
    },
    actionFilters: [
      {
        logicType: match,
        conditions: inKeyOrder(conditions).map(([, condition]) => ({ ...condition, conditionResult: true })),
        actions: inKeyOrder(actions).map(([, action]) => actionBody(action)),
      },
    ],
    ...(owner ? { owner } : {}),
  };
}

const actionBody = ({ type, config, data, integrationId }: Action): JsonObject => ({
  type,
  config,
  data,
  ...(integrationId ? { integrationId } : {}),
});

/** Pulumi does not keep the order of keys: without one of our own, each request would make another order in Sentry. */
const inKeyOrder = <T>(record: Record<string, T>): [string, T][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

const inSlugOrder = (ids: Record<string, string>): string[] => inKeyOrder(ids).map(([, id]) => id);
