import * as z from "zod";
import { refuseUnknown } from "./environments.ts";
import { invalid, notFound, now, page, readBody, type SentryContext } from "./http.ts";
import { matchesSearch, sorted } from "./listing.ts";
import type { Condition, Workflow } from "./model.ts";
import { organizationPath, projectFilter, type SentryParts } from "./parts.ts";
import { type WorkflowBody, workflowBody, workflowParts } from "./workflow-rules.ts";

const changedWorkflow = workflowBody.extend({ id: z.string("This field is required.") });

/**
 * Alerts. Names need not be unique, so a client that repeats a request creates a second one. Sentry:
 * src/sentry/workflow_engine/endpoints/{organization_workflow_index,organization_workflow_details}.py
 */
export function workflowRoutes(parts: SentryParts): void {
  const { app, model } = parts;
  const view = (workflow: Workflow) => workflowView(workflow, parts);
  const find = (id: string | undefined) => {
    const workflow = model.workflows.get(id ?? "");
    if (workflow === null) throw notFound();
    return workflow;
  };

  app.get(`${organizationPath}/workflows/`, (c) => page(c, listed(parts, c), view));

  app.put(`${organizationPath}/workflows/`, async (c) => {
    const { enabled } = await readBody(c, z.looseObject({ enabled: z.boolean() }));
    return c.json(
      chosen(parts, c).map((workflow) => view(model.workflows.put({ ...workflow, enabled, dateUpdated: now() }))),
    );
  });

  app.delete(`${organizationPath}/workflows/`, (c) => {
    for (const { id } of chosen(parts, c)) model.workflows.delete(id);
    return c.body(null, 204);
  });

  app.post(`${organizationPath}/workflows/`, async (c) => {
    const body = await readBody(c, workflowBody);
    const date = now();
    const workflow = assembled(parts, body, {
      id: model.newId(),
      automaticFor: null,
      dateCreated: date,
      dateUpdated: date,
    });
    return c.json(view(model.workflows.put(workflow)), 201);
  });

  app.get(`${organizationPath}/workflows/:workflow/`, (c) => c.json(view(find(c.req.param("workflow")))));

  app.put(`${organizationPath}/workflows/:workflow/`, async (c) => {
    const { id, automaticFor, dateCreated } = find(c.req.param("workflow"));
    const body = await readBody(c, changedWorkflow);
    if (body.id !== id) throw invalid({ id: [`Expected ${id}, the id in the path.`] });
    return c.json(
      view(model.workflows.put(assembled(parts, body, { id, automaticFor, dateCreated, dateUpdated: now() }))),
    );
  });

  app.delete(`${organizationPath}/workflows/:workflow/`, (c) => {
    model.workflows.delete(find(c.req.param("workflow")).id);
    return c.body(null, 204);
  });
}

function assembled(
  parts: SentryParts,
  body: WorkflowBody,
  identity: Pick<Workflow, "id" | "automaticFor" | "dateCreated" | "dateUpdated">,
): Workflow {
  checkReferences(parts, body);
  refuseUnknown(parts, body.environment);
  return {
    ...identity,
    name: body.name,
    enabled: body.enabled,
    environment: body.environment ?? null,
    config: body.config,
    detectorIds: [...new Set(body.detectorIds)],
    owner: body.owner ?? null,
    ...workflowParts(body, parts.model.newId),
  };
}

function checkReferences({ model, organization }: SentryParts, body: WorkflowBody): void {
  const unknown = body.detectorIds.filter((id) => model.detectors.get(id) === null);
  if (unknown.length > 0) throw invalid({ detectorIds: [`Some detectors do not exist: ${unknown.join(", ")}`] });
  for (const { actions } of body.actionFilters)
    for (const { type, integrationId } of actions)
      if (
        integrationId &&
        !organization.integrations.some(({ id, provider }) => id === integrationId && provider === type)
      )
        throw invalid({ actionFilters: [`The ${type} integration ${integrationId} does not exist.`] });
}

function listed(parts: SentryParts, c: SentryContext): Workflow[] {
  const projects = projectFilter(parts, c);
  const ids = c.req.queries("id");
  const reaches = ({ detectorIds }: Workflow) =>
    projects === null || detectorIds.some((id) => projects.has(parts.model.detectors.get(id)?.projectId ?? ""));
  const found = parts.model.workflows
    .all()
    .filter(reaches)
    .filter(({ id }) => ids === undefined || ids.includes(id))
    .filter(({ name }) => matchesSearch(c.req.query("query"), { name }));
  return sorted(found, c.req.query("sortBy"), ["id", "name", "dateCreated", "dateUpdated"]);
}

/** For a bulk request, which must select its alerts explicitly. */
function chosen(parts: SentryParts, c: SentryContext): Workflow[] {
  if (!c.req.query("id") && !c.req.query("query") && !c.req.query("project"))
    throw invalid({ detail: "At least one of 'id', 'query', 'project', or 'projectSlug' must be provided." });
  return listed(parts, c);
}

function workflowView(workflow: Workflow, { organization, shuffle }: SentryParts) {
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
