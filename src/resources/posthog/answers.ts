import { z } from "zod";
import { projectSwitches } from "../../model/posthog/project-settings.ts";
import { isObject, type JsonObject } from "../kernel/json.ts";

/**
 * Not validated: it was parsed from JSON, and validating each node of each query would take longer than everything
 * else.
 */
const jsonObject = z.custom<JsonObject>(isObject, "is not an object");
const layout = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }).partial();

const membership = z.object({ id: z.number(), dashboard_id: z.number(), deleted: z.boolean().nullish() });

export const insightAnswer = z.object({
  id: z.number(),
  name: z.string().nullish(),
  /** The web app's name for an insight without one. */
  derived_name: z.string().nullish(),
  description: z.string().nullish(),
  query: jsonObject.nullish(),
  tags: z.array(z.string()).nullish(),
  // The field `dashboards` is being removed for API keys; memberships are read from here (PostHog/posthog#69922, #72764).
  dashboard_tiles: z.array(membership).nullish(),
  /** Time of the last write of any field: `last_modified_at` does not change with the query. */
  updated_at: z.string().nullish(),
});
/** The used fields of an insight. */
export type Insight = z.infer<typeof insightAnswer>;

const tile = z.object({
  id: z.number(),
  layouts: z.object({ sm: layout.nullish() }).nullish(),
  color: z.string().nullish(),
  show_description: z.boolean().nullish(),
  transparent_background: z.boolean().nullish(),
  filters_overrides: jsonObject.nullish(),
  /** Its query contains the dashboard's filters; the insight's own answer has the stored one. */
  insight: insightAnswer.nullish(),
  text: z.object({ id: z.number().nullish(), body: z.string().nullish() }).nullish(),
  button_tile: z.object({ url: z.string(), text: z.string() }).nullish(),
});
/** A tile of a dashboard: an insight, a text, or another kind that this project does not create. */
export type LiveTile = z.infer<typeof tile>;

export const dashboardAnswer = z.object({
  id: z.number(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  deleted: z.boolean().nullish(),
  filters: jsonObject.nullish(),
  variables: jsonObject.nullish(),
  breakdown_colors: z.array(jsonObject).nullish(),
  data_color_theme_id: z.number().nullish(),
  quick_filter_ids: z.array(z.string()).nullish(),
  tiles: z.array(tile).nullish(),
});
/** A dashboard with its tiles; lists omit tiles and filters. */
export type LiveDashboard = z.infer<typeof dashboardAnswer>;

export const alertAnswer = z.object({
  id: z.string(),
  name: z.string().nullish(),
  insight: z.object({ id: z.number(), name: z.string().nullish() }),
  subscribed_users: z.array(z.object({ id: z.number(), email: z.string() })),
  threshold: z
    .object({
      configuration: z
        .object({
          type: z.string().optional(),
          bounds: z.object({ lower: z.number().nullish(), upper: z.number().nullish() }).nullish(),
        })
        .nullish(),
    })
    .nullish(),
  condition: z.object({ type: z.string() }).nullish(),
  config: z
    .object({
      type: z.string().nullish(),
      series_index: z.number().nullish(),
      check_ongoing_interval: z.boolean().nullish(),
      /** Of an alert on a funnel, as is `funnel_step`: null is the last. */
      metric: z.string().nullish(),
      funnel_step: z.number().nullish(),
    })
    .nullish(),
  detector_config: jsonObject.nullish(),
  calculation_interval: z.string().nullish(),
  enabled: z.boolean(),
  skip_weekend: z.boolean().nullish(),
  schedule_restriction: jsonObject.nullish(),
});
/** An alert. Answers have objects where requests have numbers (`insight`, `subscribed_users`). */
export type LiveAlert = z.infer<typeof alertAnswer>;

export const hogFunctionAnswer = z.object({
  id: z.string(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  enabled: z.boolean(),
  filters: jsonObject.nullish(),
  /** Absent in lists of releases that do not know `full=true`. A secret one is `{ "secret": true }`. */
  inputs: z.record(z.string(), jsonObject.nullable()).nullish(),
  inputs_schema: z.array(jsonObject).nullish(),
  template: z.object({ id: z.string().nullish(), template_id: z.string().nullish() }).nullish(),
});
/** A Hog function: code of PostHog's that runs on an event, such as a message to Slack. */
export type LiveHogFunction = z.infer<typeof hogFunctionAnswer>;

export const integrationAnswer = z.object({ id: z.number(), kind: z.string(), display_name: z.string().nullish() });
/** Another vendor's account that the project is connected to. */
export type Integration = z.infer<typeof integrationAnswer>;

export const memberAnswer = z.object({ user: z.object({ id: z.number(), email: z.string() }) });
export type Member = z.infer<typeof memberAnswer>;

export const eventDefinitionAnswer = z.object({
  id: z.string(),
  name: z.string(),
  /** Absent where PostHog is not an enterprise build, as are `owner`, `verified` and `hidden`. */
  description: z.string().nullish(),
  /** The user, where a request has the user's number (ee/api/ee_event_definition.py, to_representation). */
  owner: z.object({ id: z.number(), email: z.string() }).nullish(),
  tags: z.array(z.string()).nullish(),
  verified: z.boolean().nullish(),
  hidden: z.boolean().nullish(),
  /** Null until the event first arrives. */
  last_seen_at: z.string().nullish(),
  /** Absent in older releases, and where PostHog is not an enterprise build. */
  enforcement_mode: z.string().optional(),
});
export type LiveEventDefinition = z.infer<typeof eventDefinitionAnswer>;

/** The requesting key (posthog/api/personal_api_key.py). Without projects it has all that its user can access. */
export const keyAnswer = z.object({
  scopes: z.array(z.string()),
  scoped_teams: z.array(z.number()).nullish(),
});
export type Key = z.infer<typeof keyAnswer>;

export const propertyDefinitionAnswer = z.object({
  name: z.string(),
  description: z.string().nullish(),
  /** "String", "Numeric", "Boolean", "DateTime" or "Duration"; null until PostHog has detected it. */
  property_type: z.string().nullish(),
});
export type LivePropertyDefinition = z.infer<typeof propertyDefinitionAnswer>;

export const annotationAnswer = z.object({
  id: z.number(),
  content: z.string().nullish(),
  date_marker: z.string().nullish(),
  scope: z.string().nullish(),
  deleted: z.boolean().nullish(),
});
export type LiveAnnotation = z.infer<typeof annotationAnswer>;

export const flagAnswer = z.object({
  id: z.number(),
  key: z.string(),
  /** The description: PostHog calls it name. */
  name: z.string().nullish(),
  active: z.boolean(),
  deleted: z.boolean().nullish(),
  filters: jsonObject.nullish(),
  tags: z.array(z.string()).nullish(),
  ensure_experience_continuity: z.boolean().nullish(),
  evaluation_runtime: z.string().nullish(),
  bucketing_identifier: z.string().nullish(),
  evaluation_contexts: z.array(z.string()).nullish(),
  experiment_set: z.array(z.number()).nullish(),
  experiment_set_metadata: z.array(z.object({ id: z.number(), name: z.string().nullish() })).nullish(),
});
/** A feature flag (products/feature_flags/backend/api/feature_flag.py). */
export type LiveFlag = z.infer<typeof flagAnswer>;

export const eventFilterAnswer = z.object({
  mode: z.string(),
  filter_tree: jsonObject.nullish(),
  test_cases: z.array(jsonObject).nullish(),
});
/** A project's event filter (posthog/api/event_filter_config.py). */
export type LiveEventFilter = z.infer<typeof eventFilterAnswer>;
/** Empty (204) until the project's filter is first written. */
export const maybeEventFilterAnswer = z
  .union([eventFilterAnswer, z.literal(""), z.null()])
  .transform((answer) => ({ filter: answer || undefined }));

export const propertyGroupAnswer = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullish(),
  properties: z
    .array(
      z.object({
        name: z.string(),
        property_type: z.string(),
        is_required: z.boolean(),
        is_optional_in_types: z.boolean().nullish(),
        /** Absent in older releases, which keep no rules. */
        validation_rules: jsonObject.nullish(),
        description: z.string().nullish(),
      }),
    )
    .nullish(),
});
/** A named group of typed properties (posthog/api/schema_property_group.py). */
export type LivePropertyGroup = z.infer<typeof propertyGroupAnswer>;

export const eventSchemaAnswer = z.object({
  id: z.string(),
  /** Id of the event's definition. */
  event_definition: z.string(),
  property_group: z.object({ id: z.string(), name: z.string() }),
});
/** A group that an event has (posthog/api/event_schema.py). */
export type LiveEventSchema = z.infer<typeof eventSchemaAnswer>;

export const scheduledChangeAnswer = z.object({
  /** The flag's number, as a text. */
  record_id: z.union([z.string(), z.number()]),
  payload: jsonObject.nullish(),
  scheduled_at: z.string(),
  executed_at: z.string().nullish(),
  is_recurring: z.boolean().nullish(),
});
/** A change that PostHog makes to a flag at a set time. */
export type LiveScheduledChange = z.infer<typeof scheduledChangeAnswer>;
const onOrOff = z.boolean().nullish();
const switchFields = Object.fromEntries(Object.values(projectSwitches).map(({ field }) => [field, onOrOff])) as Record<
  (typeof projectSwitches)[keyof typeof projectSwitches]["field"],
  typeof onOrOff
>;

/** The used settings of a project. Its answer has secrets, too, which are not read. Older releases lack some fields. */
export const projectAnswer = z.object({
  ...switchFields,
  session_recording_network_payload_capture_config: z
    .object({ recordHeaders: onOrOff, recordBody: onOrOff })
    .partial()
    .nullish(),
  timezone: z.string().optional(),
  /** 0 is Sunday, as is null; 1 is Monday. */
  week_start_day: z.number().nullish(),
  test_account_filters: z.array(jsonObject).nullish(),
  app_urls: z.array(z.string().nullable()).nullish(),
  recording_domains: z.array(z.string().nullable()).nullish(),
});
export type LiveProject = z.infer<typeof projectAnswer>;

export const subscriptionAnswer = z.object({
  id: z.number(),
  title: z.string().nullish(),
  dashboard: z.number().nullish(),
  dashboard_export_insights: z.array(z.number()).nullish(),
  target_type: z.string(),
  target_value: z.string(),
  integration_id: z.number().nullish(),
  frequency: z.string(),
  interval: z.number().nullish(),
  byweekday: z.array(z.string()).nullish(),
  bysetpos: z.number().nullish(),
  count: z.number().nullish(),
  start_date: z.string(),
  until_date: z.string().nullish(),
  deleted: z.boolean().nullish(),
  /** Absent in older releases, which cannot pause one. */
  enabled: z.boolean().nullish(),
  summary_enabled: z.boolean().nullish(),
});
/** A subscription (ee/api/subscription.py). */
export type LiveSubscription = z.infer<typeof subscriptionAnswer>;
