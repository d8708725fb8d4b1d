import * as z from "zod";

/*
 * What a metric monitor makes of errors and requests, as Sentry's sources and documentation say: the aggregate over the
 * window that ends now is compared as it is (src/sentry/incidents/subscription_processor.py; OpenAPI, POST …/detectors/).
 * What they leave open, and what is therefore not here: the second at which a window begins, how a percentile over very
 * many spans is estimated, and how numbers are extrapolated from sampled requests.
 */

/** An error or the span of a request, with what queries of monitors ask of it. */
export interface Measured {
  dataset: "events" | "spans";
  /** Milliseconds since 1970. */
  at: number;
  environment: string;
  /** Of an error: nobody caught it. */
  isUnhandled?: boolean;
  /** Of an error: its issue was archived or resolved. */
  isResolved?: boolean;
  /** Of a span: `http.server`, `db`, … */
  op?: string;
  /** Of a span. */
  durationMs?: number;
  /** Of a span: its status is neither ok, cancelled nor unknown. */
  hasFailed?: boolean;
}

const source = z.object({
  aggregate: z.string(),
  dataset: z.enum(["events", "events_analytics_platform"]),
  query: z.string(),
  timeWindow: z.number().positive(),
  environment: z.string().nullish(),
});

const conditions = z.array(
  z.object({ type: z.enum(["gt", "gte", "lt", "lte"]), comparison: z.number(), conditionResult: z.number() }),
);

/** 75 is high, 50 medium, 0 resolved. */
export type Priority = 75 | 50 | 0;

/** The priority of the issue that the monitor has made by `now`; null while there is nothing to compare. */
export function monitorPriority(
  detector: { dataSource: unknown; conditions: unknown },
  measured: readonly Measured[],
  now: number,
): Priority | null {
  const { aggregate, dataset, query, timeWindow, environment } = source.parse(detector.dataSource);
  const wanted = dataset === "events" ? "events" : "spans";
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

/** The words that monitors of this project use; any other is refused, so that a test never passes by not reading one. */
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
  if (aggregate === "failure_rate()") return of.filter(({ hasFailed }) => hasFailed).length / of.length;
  const level = /^p(\d\d)\(span\.duration\)$/.exec(aggregate)?.[1];
  if (level === undefined) throw new Error(`this twin does not calculate ${aggregate}`);
  const sorted = of.map(({ durationMs = 0 }) => durationMs).toSorted((one, other) => one - other);
  const place = (Number(level) / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  return below + ((sorted[Math.ceil(place)] ?? below) - below) * (place - Math.floor(place));
}
