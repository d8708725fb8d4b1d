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

export const handChanges = ({ kind }: VendorObject): readonly HandChange[] => changesByKind[kind] ?? [];
