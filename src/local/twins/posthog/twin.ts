import { Hono } from "hono";
import { startTwin, type Twin, type TwinEnv } from "../kit/index.ts";
import { type AlertCheck, checkAlerts, type Outside } from "./alerts/checks.ts";
import { alertRoutes } from "./alerts/routes.ts";
import { dashboardRoutes } from "./dashboards/routes.ts";
import { annotationRoutes } from "./data/annotations.ts";
import { eventDefinitionRoutes } from "./data/event-definitions.ts";
import { eventFilterRoutes } from "./data/event-filter.ts";
import { eventSchemaRoutes } from "./data/event-schemas.ts";
import { propertyDefinitionRoutes } from "./data/property-definitions.ts";
import { subscriptionRoutes } from "./data/subscriptions.ts";
import { variableRoutes } from "./data/variables.ts";
import { destinationRoutes } from "./destinations/routes.ts";
import { blastRadiusRoutes } from "./flags/blast-radius.ts";
import { localEvaluationRoutes } from "./flags/definitions.ts";
import { experimentRoutes } from "./flags/experiments.ts";
import { flagRoutes } from "./flags/routes.ts";
import { scheduledChangeRoutes } from "./flags/scheduled.ts";
import { api } from "./http/api.ts";
import { errorResponse } from "./http/errors.ts";
import { type CapturedEvent, capturedEvents } from "./ingest/events.ts";
import { ingestRoutes } from "./ingest/routes.ts";
import { insightRoutes } from "./insights/routes.ts";
import { type Live, live } from "./live.ts";
import type { PosthogTwinOptions } from "./options.ts";
import { type ProjectSettingsRecord, projectSettings } from "./people/project-settings.ts";
import { peopleRoutes } from "./people/routes.ts";
import { answerQuery, queryRoutes } from "./queries/routes.ts";
import type { EventFilterRecord, HogFunctionRecord, SentRecord } from "./records.ts";
import { openWorld } from "./world.ts";

export interface PosthogTwin extends Twin {
  readonly projectId: number;
  readonly personalApiKey: string;
  readonly projectKey: string;
  readonly secretKey: string;
  /** What exists in the project now, for assertions and the console. */
  live(): Live;
  /** Checks the alerts that are due, as PostHog does each few minutes, or `all` that are switched on; and tells whom they concern. */
  checkAlerts(which?: "due" | "all"): Promise<AlertCheck[]>;
  /** Messages of fired alerts, oldest first. */
  sent(): SentRecord[];
  /** The Hog functions that exist now. */
  hogFunctions(): HogFunctionRecord[];
  /** The project's settings, by PostHog's fields. */
  settings(): ProjectSettingsRecord;
  /** The project's event filter; null until it is first written. */
  eventFilter(): EventFilterRecord | null;
  /** The project's events in order of arrival; `after` is the id of the last one already known. */
  events(after?: number): CapturedEvent[];
  /**
   * Number of events that could not be stored, for example because the disk was full, and have not been sent again
   * since.
   */
  unstored(): number;
}

/**
 * PostHog on this machine: the private API (`/api/…`) and the ingestion host (`/e/`, `/batch/`, `/flags/`, …) on one
 * port, over one store. It behaves as PostHog wherever a client can notice and its sources say how.
 */
export async function startPosthogTwin(options: PosthogTwinOptions = {}): Promise<PosthogTwin> {
  const world = openWorld(options);
  const privateApi = api(world);
  peopleRoutes(world, privateApi);
  dashboardRoutes(world, privateApi);
  insightRoutes(world, privateApi);
  queryRoutes(world, privateApi, options.evaluate);
  alertRoutes(world, privateApi);
  destinationRoutes(world, privateApi);
  subscriptionRoutes(world, privateApi);
  annotationRoutes(world, privateApi);
  eventDefinitionRoutes(world, privateApi);
  eventFilterRoutes(world, privateApi);
  eventSchemaRoutes(world, privateApi);
  propertyDefinitionRoutes(world, privateApi);
  localEvaluationRoutes(world, privateApi);
  blastRadiusRoutes(world, privateApi);
  flagRoutes(world, privateApi);
  scheduledChangeRoutes(world, privateApi);
  experimentRoutes(world, privateApi);
  variableRoutes(world, privateApi);
  privateApi.seal();

  const outside: Outside = {
    ask: (query) => answerQuery(world, query, options.evaluate),
    slackUrl: options.slackUrl,
  };

  const app = new Hono<TwinEnv>();
  app.route("/api", privateApi.app);
  app.route("/", ingestRoutes(world));

  const twin = await startTwin({
    name: "posthog",
    app,
    errorResponse,
    onStop: () => world.store.close(),
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  return {
    ...twin,
    projectId: world.project.id,
    personalApiKey: world.project.personalApiKey,
    projectKey: world.project.projectKey,
    secretKey: world.project.secretKey,
    live: () => live(world),
    checkAlerts: (which = "due") => checkAlerts(world, outside, which === "all"),
    sent: () => world.sent.all(),
    hogFunctions: () => world.hogFunctions.all().filter((it) => !it.deleted),
    settings: () => projectSettings(world),
    eventFilter: () => world.eventFilters.get(world.project.id),
    events: (after) => capturedEvents(world, after),
    unstored: () => world.unstored.size,
  };
}
