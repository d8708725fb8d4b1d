import { now } from "./http.ts";
import type { Project, SentryModel } from "./model.ts";

/**
 * What Sentry adds to each new project: the monitors `error` and `issue_stream`, which alerts refer to, and one alert
 * unless the request has `default_rules: false` (Sentry: src/sentry/workflow_engine/receivers/, receivers/project.py).
 */
export function addAutomaticAlerts(
  model: SentryModel,
  project: Project,
  { withWorkflow }: { withWorkflow: boolean },
): void {
  const date = now();
  const detector = (type: "error" | "issue_stream", name: string) =>
    model.detectors.put({
      id: model.newId(),
      projectId: project.id,
      type,
      name,
      description: null,
      enabled: true,
      owner: null,
      dataSource: null,
      conditionGroup: null,
      config: {},
      dateCreated: date,
      dateUpdated: date,
    });
  const detectorIds = [detector("error", "Error Monitor").id, detector("issue_stream", "Issue Stream").id];
  if (!withWorkflow) return;
  const trigger = (type: string) => ({ id: model.newId(), type, comparison: true, conditionResult: true });
  model.workflows.put({
    id: model.newId(),
    name: "Send a notification for high priority issues",
    enabled: true,
    environment: null,
    config: { frequency: 30 },
    detectorIds,
    triggers: {
      id: model.newId(),
      logicType: "any-short",
      conditions: [trigger("new_high_priority_issue"), trigger("existing_high_priority_issue")],
    },
    actionFilters: [
      {
        id: model.newId(),
        logicType: "all",
        conditions: [],
        actions: [
          {
            id: model.newId(),
            type: "email",
            integrationId: null,
            data: { fallthroughType: "ActiveMembers" },
            config: { targetType: "issue_owners", targetDisplay: null, targetIdentifier: null },
            status: "active",
          },
        ],
      },
    ],
    owner: null,
    automaticFor: project.id,
    dateCreated: date,
    dateUpdated: date,
  });
}

/**
 * Deleting a project deletes its monitors and its automatic alert; other alerts remain, without the deleted monitors.
 */
export function removeAlertsOf(model: SentryModel, projectId: string): void {
  const gone = new Set(model.detectors.where("projectId", projectId).map(({ id }) => id));
  for (const workflow of model.workflows.all()) {
    if (workflow.automaticFor === projectId) model.workflows.delete(workflow.id);
    else if (workflow.detectorIds.some((id) => gone.has(id)))
      model.workflows.put({ ...workflow, detectorIds: workflow.detectorIds.filter((id) => !gone.has(id)) });
  }
  for (const id of gone) model.detectors.delete(id);
}
