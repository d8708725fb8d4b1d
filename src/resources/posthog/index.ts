export { Annotation, type AnnotationArguments } from "./annotation/resource.ts";
export { Dashboard, type DashboardArguments } from "./dashboard/resource.ts";
export {
  type EventDefinition,
  EventDefinitions,
  type EventDefinitionsArguments,
} from "./event-definitions/resource.ts";
export { EventFilter, type EventFilterArguments } from "./event-filter/resource.ts";
export { EventSchemas, type EventSchemasArguments } from "./event-schemas/resource.ts";
export { FeatureFlag, type FeatureFlagArguments } from "./feature-flag/resource.ts";
export { type AlertDelivery, InsightAlert, type InsightAlertArguments } from "./insight-alert/resource.ts";
export { Project, type ProjectArguments } from "./project/resource.ts";
export { ProjectSettings, type ProjectSettingsArguments } from "./project-settings/resource.ts";
export { Subscription, type SubscriptionArguments } from "./subscription/resource.ts";
