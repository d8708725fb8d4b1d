import * as z from "zod";

/*
 * How a metric monitor evaluates errors and requests, by Sentry's sources and documentation: it compares the aggregate
 * over the window that ends now (src/sentry/incidents/subscription_processor.py; OpenAPI, POST …/detectors/). Not
 * modelled, because the sources leave it open: the second at which a window begins, the estimation of percentiles over
 * very many spans, and extrapolation from sampled requests.
 */

/** An error, the span of a request or a session, with the fields that monitors' queries read. */
export interface Measured {
  dataset: "events" | "spans" | "sessions";
  /** Milliseconds since 1970. */
  at: number;
  environment: string;
  /** For an error: it was not caught. */
  isUnhandled?: boolean;
  /** For an error: its issue was archived or resolved. */
  isResolved?: boolean;
  /** For a span: `http.server`, `db`, … */
  op?: string;
  /** For a span. */
  durationMs?: number;
  /** For a session: it ended in a crash. */
  hasCrashed?: boolean;
  /** For a span: its status is neither ok, cancelled nor unknown. */
  hasFailed?: boolean;
}

const source = z.object({
  aggregate: z.string(),
  dataset: z.enum(["events", "events_analytics_platform", "metrics"]),
  query: z.string(),
  timeWindow: z.number().positive(),
  environment: z.string().nullish(),
});

const conditions = z.array(
  z.object({ type: z.enum(["gt", "gte", "lt", "lte"]), comparison: z.number(), conditionResult: z.number() }),
);

/** 75 is high, 50 medium, 0 resolved. */
export type Priority = 75 | 50 | 0;

/** The priority of the issue that the monitor has by `now`; null while there is nothing to compare. */
export function monitorPriority(
  detector: { dataSource: unknown; conditions: unknown },
  measured: readonly Measured[],
  now: number,
): Priority | null {
  const { aggregate, dataset, query, timeWindow, environment } = source.parse(detector.dataSource);
  const wanted = ({ events: "events", events_analytics_platform: "spans", metrics: "sessions" } as const)[dataset];
  const within = measured.filter(
    (one) =>
      one.dataset === wanted &&
      one.at > now - timeWindow * 1000 &&
      one.at <= now &&
      (!environment || one.environment === environment) &&
      matches(one, query),
  );
  const value = aggregated(aggregate, within);
  if (value === null) return null;
  const met = conditions
    .parse(detector.conditions)
    .filter(({ type, comparison }) => compared[type](value, comparison))
    .map(({ conditionResult }) => conditionResult);
  return Math.max(0, ...met) as Priority;
}

const compared = {
  gt: (value: number, bound: number) => value > bound,
  gte: (value: number, bound: number) => value >= bound,
  lt: (value: number, bound: number) => value < bound,
  lte: (value: number, bound: number) => value <= bound,
} as const;

/**
 * The query terms of this project's monitors; any other is refused, so that no test passes because a term was ignored.
 */
function matches(one: Measured, query: string): boolean {
  return query
    .split(/\s+/)
    .filter((term) => term !== "")
    .every((term) => {
      switch (term) {
        case "is:unresolved":
          return one.isResolved !== true;
        case "error.unhandled:true":
          return one.isUnhandled === true;
        default: {
          const op = /^span\.op:(\S+)$/.exec(term)?.[1];
          if (op === undefined) throw new Error(`this twin does not read the search term ${term}`);
          return one.op === op;
        }
      }
    });
}

function aggregated(aggregate: string, of: readonly Measured[]): number | null {
  if (aggregate === "count()") return of.length;
  if (of.length === 0) return null;
  // src/sentry/incidents/subscription_processor.py: the percentage of sessions without a crash.
  if (aggregate === "percentage(sessions_crashed, sessions) AS _crash_rate_alert_aggregate")
    return (1 - of.filter(({ hasCrashed }) => hasCrashed).length / of.length) * 100;
  if (aggregate === "failure_rate()") return of.filter(({ hasFailed }) => hasFailed).length / of.length;
  const level = /^p(\d\d)\(span\.duration\)$/.exec(aggregate)?.[1];
  if (level === undefined) throw new Error(`this twin does not calculate ${aggregate}`);
  const sorted = of.map(({ durationMs = 0 }) => durationMs).toSorted((one, other) => one - other);
  const place = (Number(level) / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  return below + ((sorted[Math.ceil(place)] ?? below) - below) * (place - Math.floor(place));
}

/** The answers of an address from one time to another, in milliseconds since 1970. */
export interface Answering {
  from: number;
  to: number;
  isGood: boolean;
  answersInMs: number;
}

/**
 * Whether an uptime monitor has created an issue: after this many bad answers in a row
 * (src/sentry/uptime/detectorconfig.py). Each check is one request, made at whole intervals.
 */
export function isDown(
  detector: { intervalSeconds: number; timeoutMs: number; downtimeThreshold: number },
  answers: readonly Answering[],
): boolean {
  const beginning = Math.min(...answers.map(({ from }) => from));
  const end = Math.max(...answers.map(({ to }) => to));
  let bad = 0;
  for (let at = beginning; at < end; at += detector.intervalSeconds * 1000) {
    const answer = answers.find(({ from, to }) => from <= at && at < to);
    bad = answer?.isGood && answer.answersInMs <= detector.timeoutMs ? 0 : bad + 1;
    if (bad >= detector.downtimeThreshold) return true;
  }
  return false;
}

/** A run of a job, from its check-ins. */
export interface JobRun {
  slug: string;
  /** Milliseconds since 1970. */
  at: number;
  minutes: number;
  isGood: boolean;
}

/**
 * Whether a cron monitor has created an issue: after this many runs in a row that were missed, failed or took too long
 * (src/sentry/monitors/logic/incidents.py). Before the first check-in it expects nothing.
 */
export function isMissing(
  monitor: {
    slug: string;
    /** Minutes between two runs, since the first check-in. */
    everyMinutes: number;
    checkin_margin: number;
    max_runtime: number;
    failure_issue_threshold: number;
  },
  runs: readonly JobRun[],
  end: number,
): boolean {
  const own = runs.filter(({ slug }) => slug === monitor.slug);
  const first = Math.min(...own.map(({ at }) => at));
  const minuteMs = 60_000;
  let bad = 0;
  for (let due = first; due + monitor.checkin_margin * minuteMs < end; due += monitor.everyMinutes * minuteMs) {
    const run = own.find(({ at }) => at >= due && at <= due + monitor.checkin_margin * minuteMs);
    bad = run?.isGood && run.minutes <= monitor.max_runtime ? 0 : bad + 1;
    if (bad >= monitor.failure_issue_threshold) return true;
  }
  return false;
}
