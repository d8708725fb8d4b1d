import type { Metric, MonitorThreshold } from "@brandvx/resources/sentry";
import type { Measure, MetricWhen } from "../../alerts/sentry/index.ts";

const secondsPerMinute = 60;

/** Further events of archived issues do not count. */
const unresolved = "is:unresolved";
/** The spans of incoming requests (docs.sentry.io: the integrations of Python's web frameworks). */
const requests = "span.op:http.server";

/** Sentry's name for it (src/sentry/incidents/metric_issue_detector.py, SessionsAggregate). */
const crashFree = "percentage(sessions_crashed, sessions) AS _crash_rate_alert_aggregate";

const errors = { dataset: "events", queryType: 0, eventTypes: ["error"] } as const;
const spans = {
  dataset: "events_analytics_platform",
  queryType: 1,
  eventTypes: ["trace_item_span"],
  extrapolationMode: "unknown",
} as const;

/** Its data source in Sentry (OpenAPI, POST …/detectors/: each kind of monitor with its source). */
const sources: Record<Measure, Omit<Metric, "windowSeconds" | "eventTypes"> & { eventTypes: readonly string[] }> = {
  errors: { ...errors, aggregate: "count()", query: unresolved },
  "unhandled errors": { ...errors, aggregate: "count()", query: `${unresolved} error.unhandled:true` },
  // From 0 to 1: Sentry compares the raw value (src/sentry/incidents/subscription_processor.py).
  "failing share of requests": { ...spans, aggregate: "failure_rate()", query: requests },
  "p95 duration of requests": { ...spans, aggregate: "p95(span.duration)", query: requests },
  "share of sessions without a crash": {
    ...{ dataset: "metrics", queryType: 2, eventTypes: [] },
    ...{ aggregate: crashFree, query: "" },
  },
};

/** The metric of a definition, in Sentry's terms. */
export function metricOf({ measure, perMinutes }: MetricWhen): Metric {
  const { eventTypes, ...source } = sources[measure];
  return { ...source, eventTypes: [...eventTypes], windowSeconds: perMinutes * secondsPerMinute };
}

/** High priority above the threshold, medium above the warning, resolved below both. */
export function thresholdsOf(when: MetricWhen): {
  high: MonitorThreshold;
  medium?: MonitorThreshold;
  resolved: MonitorThreshold;
} {
  if ("below" in when) {
    // Sentry measures the percentage of sessions without a crash.
    const percent = (share: number): number => Math.round(share * 100_000) / 1000;
    const { below, warnBelow } = when;
    return {
      high: { lt: percent(below) },
      ...(warnBelow === undefined ? {} : { medium: { lt: percent(warnBelow) } }),
      resolved: { gte: percent(warnBelow ?? below) },
    };
  }
  const { above, warnAbove } = when;
  return {
    high: { gt: above },
    ...(warnAbove === undefined ? {} : { medium: { gt: warnAbove } }),
    resolved: { lte: warnAbove ?? above },
  };
}
