// Providers that Pulumi's provider process loads for this folder's resources, by the names in their state: never rename one.
import { annotationProvider } from "./annotation/provider.ts";
import { dashboardProvider } from "./dashboard/provider.ts";
import { eventDefinitionsProvider } from "./event-definitions/provider.ts";
import { eventFilterProvider } from "./event-filter/provider.ts";
import { eventSchemasProvider } from "./event-schemas/provider.ts";
import { featureFlagProvider } from "./feature-flag/provider.ts";
import { insightAlertProvider } from "./insight-alert/provider.ts";
import { projectProvider } from "./project/provider.ts";
import { projectSettingsProvider } from "./project-settings/provider.ts";
import { connections } from "./settings.ts";
import { subscriptionProvider } from "./subscription/provider.ts";

export const annotation = annotationProvider(connections);
export const dashboard = dashboardProvider(connections);
export const eventDefinitions = eventDefinitionsProvider(connections);
export const eventFilter = eventFilterProvider(connections);
export const eventSchemas = eventSchemasProvider(connections);
export const featureFlag = featureFlagProvider(connections);
export const insightAlert = insightAlertProvider(connections);
export const project = projectProvider(connections);
export const projectSettings = projectSettingsProvider(connections);
export const subscription = subscriptionProvider(connections);
