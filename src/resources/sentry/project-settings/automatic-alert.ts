import pLimit from "p-limit";
import type { JsonObject } from "../../kernel/json.ts";
import type { LiveDetector, LiveWorkflow } from "../answers.ts";
import type { SentryApi } from "../api.ts";

/**
 * Sentry: src/sentry/workflow_engine/defaults/workflows.py. A renamed alert, or one with other triggers, no longer
 * counts as automatic.
 */
const automaticName = "Send a notification for high priority issues";
const automaticTriggers = ["new_high_priority_issue", "existing_high_priority_issue"];

/** The alerts that Sentry created itself and that watch one of these monitors. */
export const automaticAlerts = (alerts: readonly LiveWorkflow[], monitors: readonly LiveDetector[]): LiveWorkflow[] =>
  alerts.filter(({ name, triggers, detectorIds }) => {
    const types = (triggers?.conditions ?? []).map(({ type }) => type);
    return (
      name === automaticName &&
      types.length > 0 &&
      types.every((type) => automaticTriggers.includes(type)) &&
      (detectorIds ?? []).some((id) => monitors.some((monitor) => monitor.id === id))
    );
  });

/** One at a time: two projects that disconnect from the same alert at once would each restore the other. */
const oneAtATime = pLimit(1);

/**
 * Removes the automatic alert of a project. For a while Sentry created one for the whole organization and connected
 * every project to it (getsentry/sentry#113133): an alert that also watches other projects is only disconnected from
 * this one.
 */
export const removeAutomaticAlert = (api: SentryApi, projectId: string): Promise<void> =>
  oneAtATime(async () => {
    const [alerts, monitors] = await Promise.all([api.workflows([projectId]), api.detectors(projectId)]);
    const ours = new Set(monitors.map(({ id }) => id));
    for (const alert of automaticAlerts(alerts, monitors)) {
      const others = (alert.detectorIds ?? []).filter((id) => !ours.has(id));
      if (others.length === 0) await api.deleteWorkflow(alert.id);
      else await api.changeWorkflow(alert.id, { ...asRequest(alert), detectorIds: others });
    }
  });

/** A live alert in the format of a request: with the ids of its parts, so that Sentry keeps them. */
function asRequest({ name, enabled, environment, config, triggers, actionFilters, owner }: LiveWorkflow): JsonObject {
  return {
    name,
    enabled: enabled ?? true,
    environment: environment ?? null,
    config: config ?? {},
    ...(triggers ? { triggers: { ...triggers, conditions: triggers.conditions ?? [] } } : {}),
    actionFilters: (actionFilters ?? []).map(({ id, logicType, conditions, actions }) => ({
      ...{ id, logicType, conditions: conditions ?? [] },
      actions: (actions ?? []).map(({ id: actionId, type, integrationId, data, config: actionConfig, status }) => ({
        ...{ id: actionId, type, integrationId: integrationId ?? null },
        ...{ data: data ?? {}, config: actionConfig ?? {}, status: status ?? "active" },
      })),
    })),
    ...(owner ? { owner } : {}),
  };
}
