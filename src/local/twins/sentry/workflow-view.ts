import type { Condition, Workflow } from "./model.ts";
import type { SentryParts } from "./parts.ts";

export function workflowView(workflow: Workflow, { organization, shuffle }: SentryParts) {
  const group = (id: string, logicType: string, conditions: Condition[]) => ({
    id,
    organizationId: organization.id,
    logicType,
    conditions: shuffle(conditions),
  });
  const { triggers } = workflow;
  return {
    id: workflow.id,
    name: workflow.name,
    organizationId: organization.id,
    createdBy: null,
    dateCreated: workflow.dateCreated,
    dateUpdated: workflow.dateUpdated,
    triggers: { ...group(triggers.id, triggers.logicType, triggers.conditions), actions: [] },
    actionFilters: workflow.actionFilters.map(({ id, logicType, conditions, actions }) => ({
      ...group(id, logicType, conditions),
      actions,
    })),
    environment: workflow.environment,
    config: workflow.config,
    detectorIds: workflow.detectorIds,
    enabled: workflow.enabled,
    lastTriggered: null,
    owner: workflow.owner,
  };
}
