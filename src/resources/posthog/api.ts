import { z } from "zod";
import { hasStatus, isVendorError } from "../kernel/errors.ts";
import type { RequestOptions } from "../kernel/http.ts";
import type { JsonObject } from "../kernel/json.ts";
import {
  alertAnswer,
  annotationAnswer,
  dashboardAnswer,
  eventDefinitionAnswer,
  type Insight,
  insightAnswer,
  type Key,
  keyAnswer,
  type LiveAlert,
  type LiveAnnotation,
  type LiveDashboard,
  type LiveEventDefinition,
  type LivePropertyDefinition,
  type Member,
  memberAnswer,
  propertyDefinitionAnswer,
} from "./answers.ts";
import { type Page, type PostHogRequests, pageSize } from "./request.ts";

const anything = z.unknown();
const query = (parameters: Record<string, string>): string =>
  String(new URLSearchParams({ ...parameters, limit: String(pageSize) }));

/** PostHog's management API for one project, call by call. */
export class PostHogApi {
  readonly #requests: PostHogRequests;

  constructor(requests: PostHogRequests) {
    this.#requests = requests;
  }

  createDashboard = (body: JsonObject): Promise<LiveDashboard> =>
    this.#requests.send("POST", "dashboards/", dashboardAnswer, { body });

  /** Undefined when it is gone: PostHog answers 404 for a deleted one. */
  dashboard = (id: string): Promise<LiveDashboard | undefined> =>
    this.#requests.sendToOne("GET", `dashboards/${id}/`, dashboardAnswer);

  /** Tiles in `body` that have no id are made anew each time: such a request is not repeatable. */
  changeDashboard = (id: string, body: JsonObject, options?: RequestOptions): Promise<LiveDashboard> =>
    this.#requests.send("PATCH", `dashboards/${id}/`, dashboardAnswer, { ...options, body });

  /** Dashboards whose name, description or tags contain `text` (at most 200 characters). Without their tiles. */
  findDashboards = (text: string): Promise<LiveDashboard[]> =>
    this.#requests.all(`dashboards/?${query({ search: text.slice(0, 200) })}`, dashboardAnswer);

  /** PostHog answers 405 to DELETE; a deleted dashboard is kept and can be restored. One that is gone is fine. */
  deleteDashboard = (id: string): Promise<unknown> =>
    this.#requests.sendToOne("PATCH", `dashboards/${id}/`, anything, { body: { deleted: true } });

  /**
   * Brings a deleted dashboard back, with every tile that it ever had and their insights (dashboard.py,
   * _undo_delete_related_tiles). Undefined when PostHog does not know it any more.
   */
  restoreDashboard = (id: string): Promise<LiveDashboard | undefined> =>
    this.#requests.sendToOne("PATCH", `dashboards/${id}/`, dashboardAnswer, { body: { deleted: false } });

  /**
   * Whether a dashboard that is not there can be brought back. Nothing tells that but the request that would bring it back:
   * here it has a name that is none, so that PostHog looks the dashboard up, refuses the name, and changes nothing
   * (UpdateModelMixin: the object first, then what is written).
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

  /** Changes an insight even when it is deleted: a literal `deleted: false` is what makes PostHog find it. Undefined when there is none. */
  restoreInsight = (id: number, body: JsonObject): Promise<Insight | undefined> =>
    this.#requests.sendToOne("PATCH", `insights/${id}/`, insightAnswer, { body: { ...body, deleted: false } });

  /** One that is gone is fine. */
  deleteInsight = (id: number, body: JsonObject = {}): Promise<unknown> =>
    this.#requests.sendToOne("PATCH", `insights/${id}/`, anything, { body: { ...body, deleted: true } });

  /** The insights on a dashboard with their queries as they were written, without results. */
  insightsOn = (dashboardId: string): Promise<Insight[]> =>
    this.#requests.all(`insights/?${query({ dashboards: `[${dashboardId}]`, basic: "true" })}`, insightAnswer);

  /** Insights that carry a tag, wherever they are. None where the organization has no tags (PostHog drops them silently). */
  insightsTagged = (tag: string): Promise<Insight[]> =>
    this.#requests.all(`insights/?${query({ tags: JSON.stringify([tag]), basic: "true" })}`, insightAnswer);

  /** The first page of all insights that are saved or stand on a dashboard. */
  firstInsights = (): Promise<Page<Insight>> =>
    this.#requests.page(`insights/?${query({ saved: "true", basic: "true" })}`, insightAnswer);

  restOfInsights = (first: Page<Insight>): Promise<Insight[]> => this.#requests.rest(first, insightAnswer);

  createAlert = (body: JsonObject): Promise<LiveAlert> => this.#requests.send("POST", "alerts/", alertAnswer, { body });

  alert = (id: string): Promise<LiveAlert | undefined> => this.#requests.sendToOne("GET", `alerts/${id}/`, alertAnswer);

  alerts = (): Promise<LiveAlert[]> => this.#requests.all(`alerts/?${query({})}`, alertAnswer);

  changeAlert = (id: string, body: JsonObject): Promise<LiveAlert> =>
    this.#requests.send("PATCH", `alerts/${id}/`, alertAnswer, { body });

  /** One that is gone is fine: deleting its insight deletes an alert, too. */
  deleteAlert = (id: string): Promise<unknown> => this.#requests.sendToOne("DELETE", `alerts/${id}/`, anything);

  /** Members of the key's own organization: the only list that holds users' numbers. */
  members = (): Promise<Member[]> =>
    this.#requests.all(`/api/organizations/@current/members/?${query({})}`, memberAnswer);

  /** The key itself, which needs no scope for it; undefined where PostHog does not tell (older releases). */
  key = async (): Promise<Key | undefined> => {
    try {
      return await this.#requests.send("GET", "/api/personal_api_keys/@current/", keyAnswer);
    } catch (error) {
      if (isVendorError(error)) return undefined;
      throw error;
    }
  };

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

  /** One that is gone is fine. */
  deleteEventDefinition = (id: string): Promise<unknown> =>
    this.#requests.sendToOne("DELETE", `event_definitions/${id}/`, anything);

  /** What PostHog knows of these properties of events. Those that no event has carried yet are missing. */
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
}
