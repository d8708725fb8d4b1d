export { testErrorTag } from "../../model/sentry/test-errors.ts";
export { sentryAlertFindings } from "./check.ts";
export {
  isWatched,
  monitorName,
  type SentryAlertDefinition,
  sentryAlert,
  watchedEnvironment,
} from "./define.ts";
export {
  type CronWhen,
  crashFreeSessions,
  errorCount,
  failingShare,
  type IssueWhen,
  type Measure,
  type MetricWhen,
  missedRuns,
  newIssue,
  p95Duration,
  regression,
  type UptimeWhen,
  unhandledErrors,
  unreachable,
  type When,
} from "./when.ts";
