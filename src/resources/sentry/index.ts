export type { MonitorThreshold } from "../../model/sentry/monitors.ts";
export { sentryRoot } from "./address.ts";
export { Alert, type AlertAction, type AlertArguments, type AlertCondition } from "./alert/resource.ts";
export { Environment, type EnvironmentArguments } from "./environment/resource.ts";
export { type Metric, Monitor, type MonitorArguments } from "./monitor/resource.ts";
export { Organization, type OrganizationArguments } from "./organization/resource.ts";
export { Ownership, type OwnershipArguments } from "./ownership/resource.ts";
export { ProjectSettings, type ProjectSettingsArguments } from "./project-settings/resource.ts";
