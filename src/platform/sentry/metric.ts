import type { Metric, MonitorThreshold } from "@brandvx/resources/sentry";
import type { Measure, MetricWhen } from "../../alerts/sentry/index.ts";

const secondsPerMinute = 60;

/** What of an issue that somebody archived goes on does not count. */
const unresolved = "is:unresolved";
/** The spans of incoming requests (docs.sentry.io: the integrations of Python's web frameworks). */
const requests = "span.op:http.server";

const errors = { dataset: "events", queryType: 0, eventTypes: ["error"] } as const;
const spans = {
  dataset: "events_analytics_platform",
  queryType: 1,
  eventTypes: ["trace_item_span"],
  extrapolationMode: "unknown",
} as const;

/** How Sentry measures it (OpenAPI, POST …/detectors/: each kind of monitor with its source). */
const sources: Record<Measure, Omit<Metric, "windowSeconds" | "eventTypes"> & { eventTypes: readonly string[] }> = {
  errors: { ...errors, aggregate: "count()", query: unresolved },
  "unhandled errors": { ...errors, aggregate: "count()", query: `${unresolved} error.unhandled:true` },
  // From 0 to 1: Sentry compares the value as it is (src/sentry/incidents/subscription_processor.py).
  "failing share of requests": { ...spans, aggregate: "failure_rate()", query: requests },
  "p95 duration of requests": { ...spans, aggregate: "p95(span.duration)", query: requests },
};

/** The metric of a definition, in Sentry's terms. */
export function metricOf({ measure, perMinutes }: MetricWhen): Metric {
  const { eventTypes, ...source } = sources[measure];
  return { ...source, eventTypes: [...eventTypes], windowSeconds: perMinutes * secondsPerMinute };
}

/** Above the threshold it is urgent, above the warning it is not; back at the lowest of them it is over. */
export function thresholdsOf({ above, warnAbove }: MetricWhen): {
  high: MonitorThreshold;
  medium?: MonitorThreshold;
  resolved: MonitorThreshold;
} {
  return {
    high: { gt: above },
    ...(warnAbove === undefined ? {} : { medium: { gt: warnAbove } }),
    resolved: { lte: warnAbove ?? above },
  };
}
