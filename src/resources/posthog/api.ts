import { z } from "zod";
import { hasStatus, isVendorError } from "../kernel/errors.ts";
import type { RequestOptions } from "../kernel/http.ts";
import type { JsonObject } from "../kernel/json.ts";
import {
  alertAnswer,
  annotationAnswer,
  dashboardAnswer,
  eventDefinitionAnswer,
  eventFilterAnswer,
  eventSchemaAnswer,
  flagAnswer,
  hogFunctionAnswer,
  type Insight,
  type Integration,
  insightAnswer,
  integrationAnswer,
  type Key,
  keyAnswer,
  type LiveAlert,
  type LiveAnnotation,
  type LiveDashboard,
  type LiveEventDefinition,
  type LiveEventFilter,
  type LiveEventSchema,
  type LiveFlag,
  type LiveHogFunction,
  type LiveProject,
  type LivePropertyDefinition,
  type LivePropertyGroup,
  type LiveScheduledChange,
  type LiveSubscription,
  type Member,
  maybeEventFilterAnswer,
  memberAnswer,
  projectAnswer,
  propertyDefinitionAnswer,
  propertyGroupAnswer,
  scheduledChangeAnswer,
  subscriptionAnswer,
} from "./answers.ts";
import { type Page, type PostHogRequests, pageSize } from "./request.ts";

const anything = z.unknown();
const query = (parameters: Record<string, string>): string =>
  String(new URLSearchParams({ ...parameters, limit: String(pageSize) }));

/**
 * Undefined where PostHog has no schemas of events (404), or for its own app alone: older releases refuse every
 * personal key, whatever its scopes (`scope_object = "INTERNAL"`).
 */
async function unlessWithoutSchemas<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!isVendorError(error)) throw error;
    const { status, detail } = error.failure;
    const isAbsent = status === 404 && !/^project not found/i.test(detail);
    const isInternal = status === 403 && /does not support personal api key access/i.test(detail);
    if (isAbsent || isInternal) return undefined;
    throw error;
  }
}

/** PostHog's management API for one project, call by call. */
export class PostHogApi {
  readonly #requests: PostHogRequests;

  constructor(requests: PostHogRequests) {
    this.#requests = requests;
  }

  createDashboard = (body: JsonObject): Promise<LiveDashboard> =>
    this.#requests.send("POST", "dashboards/", dashboardAnswer, { body });

  /** Undefined when it does not exist: PostHog answers 404 for a deleted one. */
  dashboard = (id: string): Promise<LiveDashboard | undefined> =>
    this.#requests.sendToOne("GET", `dashboards/${id}/`, dashboardAnswer);

  /** Tiles in `body` without an id are created anew each time: such a request is not repeatable. */
  changeDashboard = (id: string, body: JsonObject, options?: RequestOptions): Promise<LiveDashboard> =>
    this.#requests.send("PATCH", `dashboards/${id}/`, dashboardAnswer, { ...options, body });

  /** Dashboards whose name, description or tags contain `text` (at most 200 characters). Without their tiles. */
  findDashboards = (text: string): Promise<LiveDashboard[]> =>
    this.#requests.all(`dashboards/?${query({ search: text.slice(0, 200) })}`, dashboardAnswer);

  /** PostHog answers 405 to DELETE; a deleted dashboard can be restored. One that does not exist counts as deleted. */
  deleteDashboard = (id: string): Promise<unknown> =>
    this.#requests.sendToOne("PATCH", `dashboards/${id}/`, anything, { body: { deleted: true } });

  /**
   * Restores a deleted dashboard, with every tile that it ever had and their insights (dashboard.py,
   * _undo_delete_related_tiles). Undefined when PostHog no longer has it.
   */
  restoreDashboard = (id: string): Promise<LiveDashboard | undefined> =>
    this.#requests.sendToOne("PATCH", `dashboards/${id}/`, dashboardAnswer, { body: { deleted: false } });

  /**
   * Whether a missing dashboard can be restored. Only the restoring request can tell: here it has an invalid name, so
   * that PostHog finds the dashboard, refuses the name, and changes nothing (UpdateModelMixin: finds the object first,
   * then validates).
   */
  canRestoreDashboard = async (id: string): Promise<boolean> => {
    const body = { deleted: false, name: {} };
    try {
      return (await this.#requests.sendToOne("PATCH", `dashboards/${id}/`, anything, { body })) !== undefined;
    } catch (error) {
      if (hasStatus(error, 400) || hasStatus(error, 403)) return true;
      throw error;
    }
  };

  createInsight = (body: JsonObject): Promise<Insight> =>
    this.#requests.send("POST", "insights/", insightAnswer, { body });

  insight = (id: number): Promise<Insight | undefined> =>
    this.#requests.sendToOne("GET", `insights/${id}/`, insightAnswer);

  changeInsight = (id: number, body: JsonObject): Promise<Insight> =>
    this.#requests.send("PATCH", `insights/${id}/`, insightAnswer, { body });

  /**
   * Changes an insight, also a deleted one: PostHog finds it because of a literal `deleted: false`. Undefined when
   * there is none.
   */
  restoreInsight = (id: number, body: JsonObject): Promise<Insight | undefined> =>
    this.#requests.sendToOne("PATCH", `insights/${id}/`, insightAnswer, { body: { ...body, deleted: false } });

  /** An insight that does not exist counts as deleted. */
  deleteInsight = (id: number, body: JsonObject = {}): Promise<unknown> =>
    this.#requests.sendToOne("PATCH", `insights/${id}/`, anything, { body: { ...body, deleted: true } });

  /** The insights on a dashboard with their stored queries, without results. */
  insightsOn = (dashboardId: string): Promise<Insight[]> =>
    this.#requests.all(`insights/?${query({ dashboards: `[${dashboardId}]`, basic: "true" })}`, insightAnswer);

  /** Insights with a tag, on any dashboard. None where the organization has no tags (PostHog drops them silently). */
  insightsTagged = (tag: string): Promise<Insight[]> =>
    this.#requests.all(`insights/?${query({ tags: JSON.stringify([tag]), basic: "true" })}`, insightAnswer);

  /** The first page of all insights that are saved or on a dashboard. */
  firstInsights = (): Promise<Page<Insight>> =>
    this.#requests.page(`insights/?${query({ saved: "true", basic: "true" })}`, insightAnswer);

  restOfInsights = (first: Page<Insight>): Promise<Insight[]> => this.#requests.rest(first, insightAnswer);

  createAlert = (body: JsonObject): Promise<LiveAlert> => this.#requests.send("POST", "alerts/", alertAnswer, { body });

  alert = (id: string): Promise<LiveAlert | undefined> => this.#requests.sendToOne("GET", `alerts/${id}/`, alertAnswer);

  alerts = (): Promise<LiveAlert[]> => this.#requests.all(`alerts/?${query({})}`, alertAnswer);

  changeAlert = (id: string, body: JsonObject): Promise<LiveAlert> =>
    this.#requests.send("PATCH", `alerts/${id}/`, alertAnswer, { body });

  /** An alert that does not exist counts as deleted: deleting its insight deletes it, too. */
  deleteAlert = (id: string): Promise<unknown> => this.#requests.sendToOne("DELETE", `alerts/${id}/`, anything);

  createHogFunction = (body: JsonObject): Promise<LiveHogFunction> =>
    this.#requests.send("POST", "hog_functions/", hogFunctionAnswer, { body });

  hogFunction = (id: string): Promise<LiveHogFunction | undefined> =>
    this.#requests.sendToOne("GET", `hog_functions/${id}/`, hogFunctionAnswer);

  /** The Hog functions that run on PostHog's own events, such as a fired alert. */
  internalDestinations = (): Promise<LiveHogFunction[]> =>
    this.#requests.all(`hog_functions/?${query({ type: "internal_destination", full: "true" })}`, hogFunctionAnswer);

  changeHogFunction = (id: string, body: JsonObject): Promise<LiveHogFunction> =>
    this.#requests.send("PATCH", `hog_functions/${id}/`, hogFunctionAnswer, { body });

  /** PostHog answers 405 to DELETE. One that does not exist counts as deleted: newer releases delete it with its alert. */
  deleteHogFunction = (id: string): Promise<unknown> =>
    this.#requests.sendToOne("PATCH", `hog_functions/${id}/`, anything, { body: { deleted: true, enabled: false } });

  /** Undefined when the project is not connected to it. */
  integration = (id: number): Promise<Integration | undefined> =>
    this.#requests.sendToOne("GET", `integrations/${id}/`, integrationAnswer);

  /** Members of the key's own organization: the only list with users' numbers. */
  members = (): Promise<Member[]> =>
    this.#requests.all(`/api/organizations/@current/members/?${query({})}`, memberAnswer);

  /** The key itself, for which it needs no scope; undefined where PostHog does not answer it (older releases). */
  key = async (): Promise<Key | undefined> => {
    try {
      return await this.#requests.send("GET", "/api/personal_api_keys/@current/", keyAnswer);
    } catch (error) {
      if (isVendorError(error)) return undefined;
      throw error;
    }
  };

  /** The project itself, with its settings. */
  project = (): Promise<LiveProject> => this.#requests.send("GET", "", projectAnswer);

  /** Answers the project after the change. Settings that the plan does not include are ignored. */
  changeProject = (body: JsonObject): Promise<LiveProject> => this.#requests.send("PATCH", "", projectAnswer, { body });

  /** PostHog has it under the old name of projects alone. */
  get #eventFilterPath(): string {
    return `/api/environments/${this.#requests.projectId}/event_filter/`;
  }

  /** Undefined: it was never written. PostHog's older releases have no event filters, and answer 404. */
  eventFilter = async (): Promise<LiveEventFilter | undefined | "no event filters"> => {
    const found = await this.#requests.sendToOne("GET", this.#eventFilterPath, maybeEventFilterAnswer);
    return found === undefined ? "no event filters" : found.filter;
  };

  /** Makes the project's filter at the first time; fields that are left out stay. The same again changes nothing. */
  changeEventFilter = (body: JsonObject): Promise<LiveEventFilter> =>
    this.#requests.send("POST", this.#eventFilterPath, eventFilterAnswer, { body, repeatable: true });

  firstEventDefinitions = (): Promise<Page<LiveEventDefinition>> =>
    this.#requests.page(`event_definitions/?${query({})}`, eventDefinitionAnswer);

  restOfEventDefinitions = (first: Page<LiveEventDefinition>): Promise<LiveEventDefinition[]> =>
    this.#requests.rest(first, eventDefinitionAnswer);

  eventDefinitionNamed = (name: string): Promise<LiveEventDefinition | undefined> =>
    this.#requests.sendToOne("GET", `event_definitions/by_name/?${query({ name })}`, eventDefinitionAnswer);

  createEventDefinition = (body: JsonObject): Promise<LiveEventDefinition> =>
    this.#requests.send("POST", "event_definitions/", eventDefinitionAnswer, { body });

  changeEventDefinition = (id: string, body: JsonObject): Promise<LiveEventDefinition | undefined> =>
    this.#requests.sendToOne("PATCH", `event_definitions/${id}/`, eventDefinitionAnswer, { body });

  /** A definition that does not exist counts as deleted. */
  deleteEventDefinition = (id: string): Promise<unknown> =>
    this.#requests.sendToOne("DELETE", `event_definitions/${id}/`, anything);

  createPropertyGroup = (body: JsonObject): Promise<LivePropertyGroup> =>
    this.#requests.send("POST", "schema_property_groups/", propertyGroupAnswer, { body });

  /** All groups of typed properties. Undefined where PostHog has none: see {@link unlessWithoutSchemas}. */
  propertyGroups = (): Promise<LivePropertyGroup[] | undefined> =>
    unlessWithoutSchemas(this.#requests.all(`schema_property_groups/?${query({})}`, propertyGroupAnswer));

  /** `properties` in the body replace all that the group has. */
  changePropertyGroup = (id: string, body: JsonObject): Promise<LivePropertyGroup> =>
    this.#requests.send("PATCH", `schema_property_groups/${id}/`, propertyGroupAnswer, { body });

  /** Its joins go with it. One that does not exist counts as deleted. */
  deletePropertyGroup = (id: string): Promise<unknown> =>
    this.#requests.sendToOne("DELETE", `schema_property_groups/${id}/`, anything);

  /** Joins a group to an event's definition. */
  createEventSchema = (body: JsonObject): Promise<LiveEventSchema> =>
    this.#requests.send("POST", "event_schemas/", eventSchemaAnswer, { body });

  /** Which groups the events have. Undefined where PostHog has none: see {@link unlessWithoutSchemas}. */
  eventSchemas = (): Promise<LiveEventSchema[] | undefined> =>
    unlessWithoutSchemas(this.#requests.all(`event_schemas/?${query({})}`, eventSchemaAnswer));

  /** One that does not exist counts as deleted. */
  deleteEventSchema = (id: string): Promise<unknown> =>
    this.#requests.sendToOne("DELETE", `event_schemas/${id}/`, anything);

  /** PostHog's definitions of these event properties. Those that no event has had yet are missing. */
  propertyDefinitions = (names: readonly string[]): Promise<LivePropertyDefinition[]> =>
    this.#requests.all(
      `property_definitions/?${query({ properties: names.join(","), type: "event" })}`,
      propertyDefinitionAnswer,
    );

  createAnnotation = (body: JsonObject): Promise<LiveAnnotation> =>
    this.#requests.send("POST", "annotations/", annotationAnswer, { body });

  annotation = (id: string): Promise<LiveAnnotation | undefined> =>
    this.#requests.sendToOne("GET", `annotations/${id}/`, annotationAnswer);

  changeAnnotation = (id: string, body: JsonObject): Promise<LiveAnnotation | undefined> =>
    this.#requests.sendToOne("PATCH", `annotations/${id}/`, annotationAnswer, { body });

  /** The newest hundred annotations whose text contains `text`, the newest first. */
  newestAnnotations = async (text: string): Promise<LiveAnnotation[]> =>
    (await this.#requests.page(`annotations/?${query({ search: text.slice(0, 200) })}`, annotationAnswer)).rows;

  createFlag = (body: JsonObject): Promise<LiveFlag> =>
    this.#requests.send("POST", "feature_flags/", flagAnswer, { body });

  /** Undefined when it does not exist: PostHog answers 404 for a deleted one. */
  flag = (id: string): Promise<LiveFlag | undefined> =>
    this.#requests.sendToOne("GET", `feature_flags/${id}/`, flagAnswer);

  flags = (): Promise<LiveFlag[]> => this.#requests.all(`feature_flags/?${query({})}`, flagAnswer);

  /** Flags whose key or description contains `text`. */
  findFlags = (text: string): Promise<LiveFlag[]> =>
    this.#requests.all(`feature_flags/?${query({ search: text })}`, flagAnswer);

  changeFlag = (id: string, body: JsonObject): Promise<LiveFlag> =>
    this.#requests.send("PATCH", `feature_flags/${id}/`, flagAnswer, { body });

  /** Changes of all flags that PostHog makes at a set time, those that it has made included. */
  scheduledChanges = (): Promise<LiveScheduledChange[]> =>
    this.#requests.all(`scheduled_changes/?${query({ model_name: "FeatureFlag" })}`, scheduledChangeAnswer);

  createSubscription = (body: JsonObject): Promise<LiveSubscription> =>
    this.#requests.send("POST", "subscriptions/", subscriptionAnswer, { body });

  /** Also a deleted one, with `deleted: true`. */
  subscription = (id: string): Promise<LiveSubscription | undefined> =>
    this.#requests.sendToOne("GET", `subscriptions/${id}/`, subscriptionAnswer);

  subscriptions = (): Promise<LiveSubscription[]> =>
    this.#requests.all(`subscriptions/?${query({})}`, subscriptionAnswer);

  /** Subscriptions of a dashboard. */
  subscriptionsTo = (dashboard: string): Promise<LiveSubscription[]> =>
    this.#requests.all(`subscriptions/?${query({ dashboard })}`, subscriptionAnswer);

  /** One that does not exist counts as changed: a deletion asks no more. */
  changeSubscription = (id: string, body: JsonObject): Promise<unknown> =>
    this.#requests.sendToOne("PATCH", `subscriptions/${id}/`, anything, { body });
}
