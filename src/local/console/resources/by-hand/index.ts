import type { VendorObject } from "../objects.ts";
import { pagesChanges, redisChanges, renderChanges } from "./apps.ts";
import type { HandChange } from "./change.ts";
import * as posthog from "./posthog.ts";
import * as sentry from "./sentry.ts";

export type { HandChange } from "./change.ts";

/** What can be done to objects, by their kind in the program. */
const changesByKind: Readonly<Record<string, readonly HandChange[]>> = {
  Dashboard: posthog.dashboardChanges,
  InsightAlert: posthog.alertChanges,
  EventDefinitions: posthog.eventChanges,
  Annotation: posthog.annotationChanges,
  SentryTeam: sentry.nameChanges,
  SentryProject: sentry.nameChanges,
  SentryKey: sentry.keyChanges,
  ProjectSettings: sentry.settingsChanges,
  Monitor: sentry.monitorChanges,
  Alert: sentry.alertChanges,
  RedisDatabase: redisChanges,
  PagesProject: pagesChanges,
  PagesVariables: pagesChanges,
  ServiceVariables: renderChanges,
};

/** None where nothing was made that could change: a `Project` and an `Organization` only verify that one is there. */
export const handChanges = ({ kind, path }: VendorObject): readonly HandChange[] =>
  path === undefined ? [] : (changesByKind[kind] ?? []);
