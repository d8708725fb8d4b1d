import type { JsonObject } from "../../kernel/json.ts";
import type { Action, AlertInputs, Numbers } from "./inputs.ts";

/** Sentry's only logic for triggers: any of them. */
export const anyTrigger = "any-short";

/** An alert in POST and PUT requests (Sentry: src/sentry/workflow_engine/endpoints/validators/base/workflow.py). */
export function alertBody(inputs: AlertInputs, numbers: Numbers): JsonObject {
  const { name, owner, environment, enabled, frequencyMinutes, monitorIds, triggers, match, conditions } = inputs;
  return {
    name,
    enabled,
    environment: environment ?? null,
    config: { frequency: frequencyMinutes },
    detectorIds: [...inKeyOrder(numbers.projectMonitorIds).map(([, id]) => id), ...monitorIds],
    triggers: {
      logicType: anyTrigger,
      conditions: inKeyOrder(triggers).map(([type, comparison]) => ({ type, comparison, conditionResult: true })),
    },
    actionFilters: [
      {
        logicType: match,
        conditions: inKeyOrder(conditions).map(([, condition]) => ({ ...condition, conditionResult: true })),
        actions: inKeyOrder(allActions(inputs, numbers)).map(([, action]) => actionBody(action)),
      },
    ],
    ...(owner ? { owner } : {}),
  };
}

/** The defined actions, and an e-mail to each person under a key for drift reports. */
export const allActions = ({ actions, emails }: AlertInputs, { userIds }: Numbers): Record<string, Action> => ({
  ...Object.fromEntries(emails.map((email) => [emailKey(email), emailTo(userIds[email] ?? "")])),
  ...actions,
});

export const emailKey = (email: string): string => `e-mail to ${email}`;
const emailTo = (userId: string): Action => ({
  type: "email",
  config: { targetType: "user", targetIdentifier: userId },
  data: {},
});

const actionBody = ({ type, config, data, integrationId }: Action): JsonObject => ({
  type,
  config,
  data,
  ...(integrationId ? { integrationId } : {}),
});

/** Pulumi does not preserve the order of keys: without sorting, each request would create another order in Sentry. */
const inKeyOrder = <T>(record: Record<string, T>): [string, T][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
