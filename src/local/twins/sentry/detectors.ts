import * as z from "zod";
import { refusal } from "../kit/index.ts";
import { type DetectorBody, detectorBody, detectorParts } from "./detector-rules.ts";
import { detectorView } from "./detector-view.ts";
import { keepEnvironment, refuseUnknown } from "./environments.ts";
import { invalid, notFound, now, page, readBody, type SentryContext } from "./http.ts";
import { matchesSearch, sorted } from "./listing.ts";
import type { Detector } from "./model.ts";
import { findProject, organizationPath, projectFilter, type SentryParts } from "./parts.ts";

/** Monitors. Sentry: src/sentry/workflow_engine/endpoints/{organization_detector_index,organization_detector_details}.py */
export function detectorRoutes(parts: SentryParts): void {
  const { app, model } = parts;
  const view = (detector: Detector) => detectorView(detector, parts);
  const find = (id: string | undefined) => {
    const detector = model.detectors.get(id ?? "");
    if (detector === null) throw notFound();
    return detector;
  };

  app.get(`${organizationPath}/detectors/`, (c) => page(c, listed(parts, c), view));

  app.put(`${organizationPath}/detectors/`, async (c) => {
    const { enabled } = await readBody(c, z.looseObject({ enabled: z.boolean() }));
    return c.json(
      chosen(parts, c).map((detector) => view(model.detectors.put({ ...detector, enabled, dateUpdated: now() }))),
    );
  });

  app.delete(`${organizationPath}/detectors/`, (c) => {
    for (const detector of chosen(parts, c)) remove(parts, detector);
    return c.body(null, 204);
  });

  app.post(`${organizationPath}/projects/:project/detectors/`, async (c) => {
    const project = findProject(parts, c.req.param("project"));
    const body = await readBody(c, detectorBody);
    if (body.type === "error" || body.type === "issue_stream")
      throw invalid({ type: [`Unknown detector type '${body.type}'. Sentry makes one for each project by itself.`] });
    checkOwner(parts, body);
    checkEnvironment(parts, body);
    checkSlug(parts, body, undefined);
    const date = now();
    const detector: Detector = {
      id: model.newId(),
      projectId: project.id,
      type: body.type,
      name: body.name,
      description: body.description ?? null,
      enabled: body.enabled ?? true,
      owner: body.owner ?? null,
      ...detectorParts(body, model.newId),
      dateCreated: date,
      dateUpdated: date,
    };
    model.transaction(() => {
      model.detectors.put(detector);
      connect(parts, detector.id, body.workflowIds);
    });
    return c.json(view(detector), 201);
  });

  app.get(`${organizationPath}/detectors/:detector/`, (c) => c.json(view(find(c.req.param("detector")))));

  app.put(`${organizationPath}/detectors/:detector/`, async (c) => {
    const detector = find(c.req.param("detector"));
    const body = await readBody(c, detectorBody);
    if (body.type !== detector.type) throw invalid({ type: ["The type of a monitor cannot change."] });
    checkOwner(parts, body);
    checkEnvironment(parts, body);
    checkSlug(parts, body, detector.id);
    const changed: Detector = {
      ...detector,
      name: body.name,
      description: body.description === undefined ? detector.description : body.description,
      enabled: body.enabled ?? detector.enabled,
      owner: body.owner === undefined ? detector.owner : body.owner,
      ...detectorParts(body, model.newId),
      dateUpdated: now(),
    };
    model.transaction(() => {
      model.detectors.put(changed);
      connect(parts, detector.id, body.workflowIds);
    });
    return c.json(view(changed));
  });

  app.delete(`${organizationPath}/detectors/:detector/`, (c) => {
    remove(parts, find(c.req.param("detector")));
    return c.body(null, 204);
  });
}

function listed(parts: SentryParts, c: SentryContext): Detector[] {
  const projects = projectFilter(parts, c);
  const ids = c.req.queries("id");
  const found = parts.model.detectors
    .all()
    .filter(({ projectId }) => projects === null || projects.has(projectId))
    .filter(({ id }) => ids === undefined || ids.includes(id))
    .filter((detector) => matchesSearch(c.req.query("query"), { name: detector.name, type: detector.type }));
  return sorted(found, c.req.query("sortBy"), ["id", "name", "type"]);
}

/** For a bulk request, which must select its monitors explicitly. */
function chosen(parts: SentryParts, c: SentryContext): Detector[] {
  if (!c.req.query("id") && !c.req.query("query") && !c.req.query("project"))
    throw invalid({ detail: "At least one of 'id', 'query', 'project', or 'projectSlug' must be provided." });
  return listed(parts, c);
}

function remove({ model }: SentryParts, detector: Detector): void {
  if (detector.type === "error" || detector.type === "issue_stream")
    throw refusal(403, { detail: "You do not have permission to perform this action." });
  model.transaction(() => {
    for (const workflow of model.workflows.all())
      if (workflow.detectorIds.includes(detector.id))
        model.workflows.put({ ...workflow, detectorIds: workflow.detectorIds.filter((id) => id !== detector.id) });
    model.detectors.delete(detector.id);
  });
}

function checkOwner({ model, organization }: SentryParts, { owner }: DetectorBody): void {
  const [type, id = ""] = owner?.split(":") ?? [];
  if (type === "team" && model.teams.get(id) === null) throw invalid({ owner: ["Team does not exist"] });
  if (type === "user" && !organization.members.some((member) => member.id === id))
    throw invalid({ owner: ["User does not exist"] });
}

/** A slug is unique to one cron monitor of the organization. */
function checkSlug({ model }: SentryParts, body: DetectorBody, own: string | undefined): void {
  const slug = body.type === "monitor_check_in_failure" ? body.dataSources[0]?.slug : undefined;
  const isTaken = model.detectors.all().some(({ id, dataSource }) => id !== own && dataSource?.queryObj.slug === slug);
  if (slug !== undefined && isTaken)
    throw invalid({ dataSources: [{ slug: [`The slug "${slug}" is already in use.`] }] });
}

function checkEnvironment(parts: SentryParts, body: DetectorBody): void {
  if (body.type === "metric_issue")
    refuseUnknown(parts, body.dataSources[0]?.environment, (words) => ({ dataSources: [words] }));
  // Sentry: Environment.get_or_create
  if (body.type === "uptime_domain_failure" && body.config.environment)
    keepEnvironment(parts.model, body.config.environment, []);
}

/** The alerts that the monitor triggers, when the request contains them. */
function connect({ model }: SentryParts, detectorId: string, workflowIds: string[] | undefined): void {
  if (workflowIds === undefined) return;
  const unknown = workflowIds.filter((id) => model.workflows.get(id) === null);
  if (unknown.length > 0) throw invalid({ workflowIds: [`Some workflows do not exist: ${unknown.join(", ")}`] });
  for (const workflow of model.workflows.all()) {
    const others = workflow.detectorIds.filter((id) => id !== detectorId);
    const detectorIds = workflowIds.includes(workflow.id) ? [...others, detectorId] : others;
    if (detectorIds.length !== workflow.detectorIds.length) model.workflows.put({ ...workflow, detectorIds });
  }
}
