import { eventFacts } from "./event-facts.ts";
import { exceptionView } from "./exception-view.ts";
import { isRecord } from "./http.ts";
import type { Issue, Project, SentryModel, StoredEvent } from "./model.ts";
import type { SentryParts } from "./parts.ts";
import { releaseView } from "./release-view.ts";

const projectReference = ({ id, name, slug, platform }: Project) => ({ id, name, slug, platform });

export function issueView(issue: Issue, { model, organization, publicUrl }: SentryParts) {
  const project = model.projects.get(issue.projectId);
  const [assigneeType, assignee] = issue.assignedTo?.split(":") ?? [];
  return {
    id: issue.id,
    shareId: null,
    shortId: issue.shortId,
    title: issue.title,
    culprit: issue.culprit,
    permalink: `${publicUrl()}/organizations/${organization.slug}/issues/${issue.id}/`,
    logger: null,
    level: issue.level,
    status: issue.status,
    statusDetails: issue.statusDetails,
    substatus: issue.substatus,
    isPublic: false,
    platform: issue.platform,
    priority: issue.level === "error" || issue.level === "fatal" ? "high" : "medium",
    priorityLockedAt: null,
    seerFixabilityScore: null,
    seerAutofixLastTriggered: null,
    seerExplorerAutofixLastTriggered: null,
    ...(project === null ? {} : { project: projectReference(project) }),
    type: issue.type,
    issueType: "error",
    issueCategory: "error",
    metadata: issue.metadata,
    numComments: 0,
    assignedTo: assignee === undefined ? null : { type: assigneeType, id: assignee, name: assignee },
    isBookmarked: false,
    isSubscribed: false,
    subscriptionDetails: null,
    hasSeen: false,
    annotations: [],
    isUnhandled: false,
    count: String(issue.count),
    userCount: issue.users.length,
    firstSeen: issue.firstSeen,
    lastSeen: issue.lastSeen,
    stats: { "24h": [[Math.floor(Date.parse(issue.lastSeen) / 3_600_000) * 3600, issue.count]] },
    filtered: null,
    lifetime: {
      count: String(issue.count),
      userCount: issue.users.length,
      firstSeen: issue.firstSeen,
      lastSeen: issue.lastSeen,
    },
  };
}

/** The fields that Sentry derives from the event. */
const processed = ({ payload, scrubbed, symbolicated }: StoredEvent) => symbolicated ?? scrubbed ?? payload;

/** The release of an event or issue; `null` when Sentry has none of that name. */
export function releaseOf(version: unknown, model: SentryModel) {
  const release = typeof version === "string" ? model.releases.get(version) : null;
  return release && releaseView(release, model);
}

/** An event in a list. */
export function eventSummary(event: StoredEvent) {
  const payload = processed(event);
  const facts = eventFacts(payload);
  return {
    id: event.id,
    "event.type": facts.type,
    groupID: event.issueId,
    eventID: event.id,
    projectID: event.projectId,
    message: facts.title,
    title: facts.title,
    location: typeof facts.metadata.filename === "string" ? facts.metadata.filename : null,
    culprit: facts.culprit,
    user: isRecord(payload.user) ? payload.user : null,
    tags: Object.entries(facts.tags).map(([key, value]) => ({ key, value })),
    platform: typeof payload.platform === "string" ? payload.platform : null,
    dateCreated: event.dateReceived,
    crashFile: null,
    metadata: facts.metadata,
  };
}

/** The full event with the SDK's data: `entries` for exception, breadcrumbs and request, `contexts`, `sdk`, … */
export function eventDetails(event: StoredEvent, model: SentryModel) {
  const payload = processed(event);
  const summary = eventSummary(event);
  const entry = (type: string, data: unknown) => (data === undefined ? [] : [{ type, data }]);
  return {
    ...summary,
    type: summary["event.type"],
    platform: summary.platform ?? "other",
    dateReceived: event.dateReceived,
    contexts: isRecord(payload.contexts) ? payload.contexts : {},
    context: isRecord(payload.extra) ? payload.extra : {},
    size: JSON.stringify(payload).length,
    entries: [
      ...entry("exception", payload.exception === undefined ? undefined : exceptionView(payload.exception)),
      ...entry(
        "breadcrumbs",
        Array.isArray(payload.breadcrumbs) ? { values: payload.breadcrumbs } : payload.breadcrumbs,
      ),
      ...entry("request", payload.request),
      ...entry("message", payload.logentry),
    ],
    dist: typeof payload.dist === "string" ? payload.dist : null,
    sdk: isRecord(payload.sdk) ? { name: String(payload.sdk.name), version: String(payload.sdk.version) } : null,
    packages: isRecord(payload.modules) ? payload.modules : {},
    errors: event.errors ?? [],
    occurrence: null,
    _meta: {},
    fingerprints: [],
    release: releaseOf(payload.release, model),
    userReport: null,
    sdkUpdates: [],
    resolvedWith: [],
    nextEventID: null,
    previousEventID: null,
  };
}
