import type { Sent } from "./destinations/run.ts";

/** The stored records. Field names are the API's own, so that most of a record is its answer. Times are ISO texts. */

export type JsonObject = Record<string, unknown>;

interface Authored<Id> {
  id: Id;
  /** User id of the author. */
  created_by: number;
  created_at: string;
}

export interface DashboardRecord extends Authored<number> {
  name: string | null;
  description: string;
  pinned: boolean;
  last_accessed_at: string | null;
  deleted: boolean;
  creation_mode: "default" | "duplicate";
  filters: JsonObject;
  variables: JsonObject;
  breakdown_colors: unknown;
  data_color_theme_id: number | null;
  tags: string[];
  /** 21: everyone in the project may edit, 37: only collaborators. */
  restriction_level: 21 | 37;
  quick_filter_ids: string[];
}

export interface TileRecord {
  id: number;
  dashboard_id: number;
  insight_id: number | null;
  text_id: number | null;
  button_tile_id: string | null;
  /** Rectangles by breakpoint (`sm`, `xs`), verbatim. */
  layouts: JsonObject;
  color: string | null;
  filters_overrides: JsonObject | null;
  show_description: boolean | null;
  transparent_background: boolean | null;
  deleted: boolean | null;
}

/** A project's event filter; the id is the project's. */
export interface EventFilterRecord {
  id: number;
  uuid: string;
  mode: "disabled" | "dry_run" | "live";
  filter_tree: JsonObject | null;
  test_cases: JsonObject[];
  created_at: string;
  updated_at: string;
}

export interface TextRecord extends Omit<Authored<number>, "created_at"> {
  body: string | null;
  last_modified_at: string;
  last_modified_by: number | null;
}

export interface ButtonRecord extends Omit<Authored<string>, "created_at"> {
  url: string;
  text: string;
  placement: "left" | "right";
  style: "primary" | "secondary";
  last_modified_at: string;
  last_modified_by: number | null;
}

export interface InsightRecord extends Authored<number> {
  short_id: string;
  name: string | null;
  derived_name: string | null;
  description: string | null;
  /** As written; `version`s are added when it is read. */
  query: JsonObject | null;
  order: number | null;
  deleted: boolean;
  tags: string[];
  favorited: boolean;
  saved: boolean;
  is_sample: boolean;
  updated_at: string;
  last_modified_at: string;
  last_modified_by: number;
}

export interface AlertRecord extends Authored<string> {
  insight_id: number;
  name: string;
  subscribed_users: number[];
  threshold: { id: string; created_at: string; name: string; configuration: JsonObject };
  condition: JsonObject;
  config: JsonObject;
  detector_config: JsonObject | null;
  state: "Not firing" | "Firing" | "Errored" | "Snoozed";
  enabled: boolean;
  calculation_interval: string;
  snoozed_until: string | null;
  skip_weekend: boolean | null;
  schedule_restriction: JsonObject | null;
  /** Of its checks; absent before the first one. */
  last_checked_at?: string | null;
  next_check_at?: string | null;
  last_notified_at?: string | null;
  last_value?: number | null;
}

/** A message of a fired alert. */
export interface SentRecord extends Sent {
  id: number;
  at: string;
  alert_name: string;
}

export interface HogFunctionRecord extends Authored<string> {
  type: string;
  template_id: string | null;
  name: string | null;
  description: string;
  enabled: boolean;
  deleted: boolean;
  hog: string;
  inputs_schema: JsonObject[];
  /** Values of the inputs that are not secret. */
  inputs: JsonObject;
  /** Never answered: only that one is set. */
  encrypted_inputs: JsonObject;
  filters: JsonObject;
  updated_at: string;
}

export interface SubscriptionRecord extends Authored<number> {
  dashboard: number | null;
  insight: number | null;
  dashboard_export_insights: number[];
  target_type: "email" | "slack" | "webhook";
  target_value: string;
  frequency: "daily" | "weekly" | "monthly" | "yearly";
  interval: number;
  byweekday: string[] | null;
  bysetpos: number | null;
  count: number | null;
  start_date: string;
  until_date: string | null;
  deleted: boolean;
  enabled: boolean;
  title: string | null;
  integration_id: number | null;
  /** Absent in files of older versions: false and "". */
  summary_enabled?: boolean;
  summary_prompt_guide?: string;
}

export interface AnnotationRecord extends Authored<number> {
  content: string | null;
  date_marker: string | null;
  creation_type: "USR" | "GIT";
  scope: "dashboard_item" | "dashboard" | "project" | "organization" | "recording";
  dashboard_item: number | null;
  dashboard_id: number | null;
  deleted: boolean;
  updated_at: string;
}

interface Definition {
  id: string;
  name: string;
  description: string | null;
  tags: string[];
  verified: boolean;
  verified_by: number | null;
  verified_at: string | null;
  hidden: boolean;
  updated_at: string;
  updated_by: number | null;
}

export interface EventDefinitionRecord extends Definition {
  owner: number | null;
  default_columns: string[];
  enforcement_mode: "allow" | "reject";
  primary_property: string | null;
  /** `null` until the first event arrives. */
  created_at: string | null;
  last_seen_at: string | null;
}

export interface SchemaProperty {
  id: string;
  name: string;
  property_type: "DateTime" | "String" | "Numeric" | "Boolean" | "Object" | "Any";
  is_required: boolean;
  is_optional_in_types: boolean;
  validation_rules: JsonObject | null;
  description: string;
}

/** A named group of typed properties. */
export interface PropertyGroupRecord extends Authored<string> {
  name: string;
  description: string;
  properties: SchemaProperty[];
  updated_at: string;
}

/** Joins a group to an event's definition. */
export interface EventSchemaRecord {
  id: string;
  event_definition: string;
  property_group: string;
  created_at: string;
  updated_at: string;
}

export type PropertyKind = "event" | "person" | "group" | "session";

export interface PropertyDefinitionRecord extends Definition {
  type: PropertyKind;
  property_type: "DateTime" | "String" | "Numeric" | "Boolean" | "Duration" | null;
  /** Events on which it was seen. */
  events: string[];
}

export interface FlagRecord extends Authored<number> {
  key: string;
  name: string;
  filters: JsonObject;
  active: boolean;
  deleted: boolean;
  tags: string[];
  ensure_experience_continuity: boolean | null;
  /** Which SDKs get it; absent in files of older versions: all. */
  evaluation_runtime?: "server" | "client" | "all" | null;
  version: number;
  updated_at: string;
}

export interface ScheduledChangeRecord extends Authored<number> {
  record_id: string;
  model_name: "FeatureFlag";
  payload: JsonObject;
  scheduled_at: string;
  executed_at: string | null;
  is_recurring: boolean;
  recurrence_interval: "daily" | "weekly" | "monthly" | "yearly" | null;
  updated_at: string;
}

export interface ExperimentRecord extends Authored<number> {
  name: string;
  flag_id: number;
  feature_flag_key: string;
  start_date: string | null;
  end_date: string | null;
  deleted: boolean;
}

export interface VariableRecord extends Authored<string> {
  name: string;
  type: "String" | "Number" | "Boolean" | "List" | "Date";
  default_value: unknown;
  code_name: string;
  values: unknown;
}
