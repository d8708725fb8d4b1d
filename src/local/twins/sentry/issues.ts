import * as z from "zod";
import { notFound, page, readBody, type SentryContext } from "./http.ts";
import { issueMatches } from "./issue-search.ts";
import { eventDetails, eventSummary, issueView, releaseOf } from "./issue-view.ts";
import type { Issue, IssueStatus, StoredEvent } from "./model.ts";
import { findProject, organizationPath, projectFilter, projectPath, type SentryParts } from "./parts.ts";

const change = z.looseObject({
  status: z.enum(["resolved", "unresolved", "ignored", "resolvedInNextRelease", "muted"]).optional(),
  statusDetails: z.record(z.string(), z.unknown()).optional(),
  substatus: z.string().nullish(),
  assignedTo: z.string().optional(),
});
type Change = z.output<typeof change>;

/** Issues and events. Sentry: src/sentry/issues/endpoints/{organization_group_index,project_group_index,group_details}.py */
export function issueRoutes(parts: SentryParts): void {
  const { app, model } = parts;
  const view = (issue: Issue) => issueView(issue, parts);
  const eventView = (event: StoredEvent) => eventDetails(event, model);
  const find = (c: SentryContext) => {
    const wanted = c.req.param("issue") ?? "";
    const issue =
      model.issues.get(wanted) ?? model.issues.all().find(({ shortId }) => shortId === wanted.toUpperCase());
    if (!issue) throw notFound();
    return issue;
  };
  const inProject = (c: SentryContext) => new Set([findProject(parts, c.req.param("project")).id]);
  const releasesOf = (events: readonly StoredEvent[]) => {
    const versions = events.map(({ payload }) => payload.release).filter((version) => typeof version === "string");
    return { firstRelease: releaseOf(versions[0], model), lastRelease: releaseOf(versions.at(-1), model) };
  };
  const apply = (issue: Issue, body: Change) => model.issues.put(changed(issue, body));
  const update = async (c: SentryContext, projects: Set<string> | null) => {
    const body = await readBody(c, change);
    for (const issue of listed(parts, c, projects)) apply(issue, body);
    return c.json({ isPublic: false, status: "unresolved", statusDetails: {}, ...body });
  };
  const remove = (issue: Issue) => {
    for (const event of model.events.where("issueId", issue.id)) model.events.delete(event.id);
    model.issues.delete(issue.id);
  };

  app.get(`${organizationPath}/issues/`, (c) => page(c, listed(parts, c, projectFilter(parts, c)), view));
  app.put(`${organizationPath}/issues/`, (c) => update(c, projectFilter(parts, c)));
  app.get(`${projectPath}/issues/`, (c) => page(c, listed(parts, c, inProject(c)), view));
  app.put(`${projectPath}/issues/`, (c) => update(c, inProject(c)));
  app.delete(`${projectPath}/issues/`, (c) => {
    for (const issue of listed(parts, c, inProject(c))) remove(issue);
    return c.body(null, 204);
  });

  // The same on both paths: sentry-cli and older scripts omit the organization.
  for (const issuePath of [`${organizationPath}/issues/:issue`, "/api/0/issues/:issue"] as const) {
    const details = (issue: Issue) => ({
      ...view(issue),
      activity: [],
      seenBy: [],
      userReportCount: 0,
      participants: [],
      ...releasesOf(model.events.where("issueId", issue.id)),
    });
    const eventsOf = (c: SentryContext) => inEnvironments(c, model.events.where("issueId", find(c).id).reverse());
    app.get(`${issuePath}/`, (c) => c.json(details(find(c))));
    app.put(`${issuePath}/`, async (c) => c.json(details(apply(find(c), await readBody(c, change)))));
    app.delete(`${issuePath}/`, (c) => {
      remove(find(c));
      return c.body(null, 202);
    });
    app.get(`${issuePath}/events/`, (c) =>
      page(c, eventsOf(c), c.req.query("full") === "true" ? eventView : eventSummary),
    );
    app.get(`${issuePath}/events/:event/`, (c) => {
      const events = eventsOf(c);
      const wanted = c.req.param("event");
      const event =
        wanted === "oldest"
          ? events.at(-1)
          : wanted === "latest" || wanted === "recommended"
            ? events[0]
            : events.find(({ id }) => id === wanted);
      if (event === undefined) throw notFound();
      return c.json(eventView(event));
    });
  }

  app.get(`${projectPath}/events/`, (c) => {
    const [projectId = ""] = inProject(c);
    return page(
      c,
      model.events.where("projectId", projectId).reverse(),
      c.req.query("full") === "true" ? eventView : eventSummary,
    );
  });
  app.get(`${projectPath}/events/:event/`, (c) => {
    const event = model.events.get(c.req.param("event"));
    if (event === null || !inProject(c).has(event.projectId)) throw notFound();
    return c.json(eventView(event));
  });
  app.get(`${organizationPath}/eventids/:event/`, (c) => {
    const event = model.events.get(c.req.param("event"));
    if (event === null) throw notFound();
    const projectSlug = model.projects.get(event.projectId)?.slug;
    return c.json({
      organizationSlug: parts.organization.slug,
      projectSlug,
      groupId: event.issueId,
      eventId: event.id,
      event: eventView(event),
    });
  });
}

/** Newest first. Without a query only unresolved issues; without ids and environments all of them. */
function listed({ model }: SentryParts, c: SentryContext, projects: Set<string> | null): Issue[] {
  const ids = c.req.queries("id");
  const query = c.req.query("query") ?? (ids === undefined ? "is:unresolved" : "");
  const environments = c.req.queries("environment")?.filter((name) => name !== "");
  return model.issues
    .all()
    .filter((issue) => projects === null || projects.has(issue.projectId))
    .filter((issue) => ids === undefined || ids.includes(issue.id))
    .filter((issue) => !environments?.length || environments.some((name) => issue.environments.includes(name)))
    .filter((issue) => issueMatches(query, issue, () => model.events.where("issueId", issue.id)))
    .sort((left, right) => right.lastSeen.localeCompare(left.lastSeen) || Number(right.id) - Number(left.id));
}

function inEnvironments(c: SentryContext, events: StoredEvent[]): StoredEvent[] {
  const environments = c.req.queries("environment");
  return environments === undefined
    ? events
    : events.filter(({ environment }) => environments.includes(environment ?? ""));
}

function changed(issue: Issue, { status, statusDetails, substatus, assignedTo }: Change): Issue {
  const outcome: Record<NonNullable<Change["status"]>, IssueStatus> = {
    resolved: "resolved",
    resolvedInNextRelease: "resolved",
    unresolved: "unresolved",
    ignored: "ignored",
    muted: "ignored",
  };
  return {
    ...issue,
    ...(status === undefined
      ? {}
      : {
          status: outcome[status],
          statusDetails: statusDetails ?? {},
          substatus:
            substatus ??
            (status === "unresolved" ? "ongoing" : outcome[status] === "ignored" ? "archived_until_escalating" : null),
        }),
    ...(assignedTo === undefined ? {} : { assignedTo: assignedTo === "" ? null : assignedTo }),
  };
}
