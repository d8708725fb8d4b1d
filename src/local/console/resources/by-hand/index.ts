import type { VendorObject } from "../objects.ts";
import { pagesChanges, redisChanges, renderChanges } from "./apps.ts";
import type { HandChange } from "./change.ts";
import * as posthog from "./posthog.ts";
import * as sentry from "./sentry.ts";

export type { HandChange } from "./change.ts";

/** Possible changes by the object's kind in the program. */
const changesByKind: Readonly<Record<string, readonly HandChange[]>> = {
  Dashboard: posthog.dashboardChanges,
  InsightAlert: posthog.alertChanges,
  EventDefinitions: posthog.eventChanges,
  Annotation: posthog.annotationChanges,
  EventFilter: posthog.filterChanges,
  EventSchemas: posthog.schemaChanges,
  FeatureFlag: posthog.flagChanges,
  Subscription: posthog.subscriptionChanges,
  "posthog:ProjectSettings": posthog.projectChanges,
  SentryTeam: sentry.nameChanges,
  SentryProject: sentry.nameChanges,
  SentryKey: sentry.keyChanges,
  ProjectSettings: sentry.settingsChanges,
  Ownership: sentry.ownershipChanges,
  Monitor: sentry.monitorChanges,
  UptimeMonitor: sentry.monitorChanges,
  CronMonitor: sentry.monitorChanges,
  Alert: sentry.alertChanges,
  RedisDatabase: redisChanges,
  PagesProject: pagesChanges,
  PagesVariables: pagesChanges,
  ServiceVariables: renderChanges,
};

/**
 * Empty for kinds that create nothing (`Project` and `Organization` only verify existence), and for an `Environment`, which nobody can
 * rename or delete at Sentry: who hides it in a project changes nothing for this stack.
 */
export const handChanges = ({ vendor, kind, path }: VendorObject): readonly HandChange[] =>
  path === undefined ? [] : (changesByKind[`${vendor}:${kind}`] ?? changesByKind[kind] ?? []);
