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
  errorCount,
  failingShare,
  type IssueWhen,
  type Measure,
  type MetricWhen,
  newIssue,
  p95Duration,
  regression,
  unhandledErrors,
  type When,
} from "./when.ts";
