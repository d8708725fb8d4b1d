import * as z from "zod";
import { charField } from "../kit/index.ts";
import { textField } from "./http.ts";
import type { Condition, DataSource, Detector, SentryModel } from "./model.ts";

/*
 * The valid fields of a monitor. Sources: the published OpenAPI's text of POST …/detectors/, and
 * src/sentry/incidents/metric_issue_detector.py, src/sentry/snuba/snuba_query_validator.py.
 */
const datasets = [
  "events",
  "transactions",
  "events_analytics_platform",
  "metrics",
  "generic_metrics",
  "sessions",
] as const;
const eventTypes = [
  "error",
  "default",
  "transaction",
  "trace_item_span",
  "trace_item_log",
  "trace_item_metric",
] as const;
const comparisons = ["gt", "gte", "lt", "lte", "eq", "ne", "anomaly_detection"] as const;
/** 75 high, 50 medium, 25 low, 0 resolved. */
const priorities: readonly unknown[] = [75, 50, 25, 0];

export const logicType = z.enum(["any", "any-short", "all", "none"]);
/** `team:<id>` or `user:<id>`. */
export const ownerField = z
  .string()
  .regex(/^(team|user):\d+$/, "Could not parse actor. Format should be `type:id` where type is `team` or `user`.")
  .nullish();

/** Minutes. */
const sessionWindows: readonly number[] = [30, 60, 120, 240, 720, 1440];
const sessionAggregate = /^percentage\((sessions|users)_crashed, \1\)( AS _crash_rate_alert_aggregate)?$/;

const metricSource = z
  .looseObject({
    aggregate: z.string().min(1),
    dataset: z.enum(datasets),
    environment: z.string().nullish(),
    eventTypes: z.array(z.enum(eventTypes)).optional(),
    query: z.string().nullish(),
    queryType: z.int().min(0).max(2).nullish(),
    timeWindow: z
      .int()
      .min(60, "Time window (in seconds) must be at least 60: this API does not count in minutes.")
      .max(86_400, "Time window (in seconds) must be at most 86400.")
      .multipleOf(60, "Time window (in seconds) must be whole minutes."),
    extrapolationMode: z.string().nullish(),
  })
  .superRefine(({ dataset, queryType, timeWindow, aggregate }, context) => {
    const isSessions = dataset === "metrics";
    const message =
      !isSessions && queryType === 2
        ? "Invalid dataset for this query type. Valid datasets are ['metrics']"
        : isSessions && !sessionWindows.includes(timeWindow / 60)
          ? "Invalid Time Window: Allowed time windows for crash rate alerts are: 30min, 1h, 2h, 4h, 12h and 24h"
          : isSessions && !sessionAggregate.test(aggregate)
            ? "Invalid Metric: We do not currently support this field."
            : undefined;
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });

/* src/sentry/uptime/endpoints/validators.py, src/sentry/uptime/models.py, src/sentry/uptime/detectorconfig.py */
const uptimeSource = z.looseObject({
  url: z.url().max(255),
  intervalSeconds: z.literal([60, 300, 600, 1200, 1800, 3600], "is not a valid choice."),
  timeoutMs: z.int().min(1000).max(60_000),
  method: z.enum(["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]).default("GET"),
  headers: z.array(z.array(z.string()).length(2), "Expected array of header tuples.").default([]),
  body: z.string().nullish(),
  traceSampling: z.boolean().default(false),
});
const uptimeConfig = z
  .looseObject({
    mode: z.literal(1, "Only superusers can modify `mode`").default(1),
    environment: z.string().nullish(),
    recoveryThreshold: z.int().min(1).default(1),
    downtimeThreshold: z.int().min(1).default(3),
  })
  .default({ mode: 1, recoveryThreshold: 1, downtimeThreshold: 3 });

/* src/sentry/monitors/validators.py: ConfigValidator, MonitorDataSourceValidator */
const cronUnits = ["year", "month", "week", "day", "hour", "minute"] as const;
const cronConfig = z.intersection(
  z.union(
    [
      z.looseObject({
        schedule_type: z.literal("crontab"),
        schedule: z.string().regex(/^\s*(@\w+|\S+(\s+\S+){4})\s*$/),
      }),
      z.looseObject({
        schedule_type: z.literal("interval"),
        schedule: z.tuple([z.int().positive(), z.enum(cronUnits)]),
      }),
    ],
    "Schedule is invalid",
  ),
  z.looseObject({
    checkin_margin: z.int().min(1).max(40_320).nullish(),
    max_runtime: z.int().min(1).max(10_080, "Max runtime must be 10080 minutes (7 days) or less.").nullish(),
    timezone: z.string().nullish(),
    failure_issue_threshold: z.int().min(1).max(720).nullish(),
    recovery_threshold: z.int().min(1).max(720).nullish(),
  }),
);
const cronSource = z
  .looseObject({
    name: z.string().min(1).max(128).optional(),
    slug: z
      .string()
      .regex(/^[a-zA-Z0-9_-]{1,50}$/)
      .optional(),
    config: cronConfig,
  })
  .refine(({ name, slug }) => name || slug, "Either name or slug must be provided");

const metricConditions = z
  .array(z.looseObject({ type: z.enum(comparisons), comparison: z.unknown(), conditionResult: z.unknown() }))
  .max(3, "Too many conditions")
  .refine((all) => all.every(({ conditionResult }) => priorities.includes(conditionResult)), "Invalid priority level")
  .refine(
    (all) => all.some(({ conditionResult }) => conditionResult === 0),
    "Resolution condition required for metric issue detector.",
  );

const common = {
  name: textField(200),
  description: z.string().check(charField()).nullish(),
  enabled: z.boolean().nullish(),
  owner: ownerField,
  workflowIds: z.array(z.coerce.string()).optional(),
};
const one = <Source extends z.ZodType>(source: Source) => z.array(source).length(1, "Only one data source is allowed.");

export const detectorBody = z.discriminatedUnion("type", [
  z.looseObject({
    ...common,
    type: z.literal("metric_issue"),
    dataSources: one(metricSource),
    conditionGroup: z.looseObject({ logicType, conditions: metricConditions }),
    config: z
      .looseObject({
        detectionType: z.enum(["static", "percent", "dynamic"]),
        comparisonDelta: z.union([z.literal([300, 900, 3600, 86_400, 604_800, 2_592_000]), z.null()]).optional(),
      })
      .default({ detectionType: "static" }),
  }),
  z.looseObject({
    ...common,
    type: z.literal("uptime_domain_failure"),
    dataSources: one(uptimeSource),
    config: uptimeConfig,
  }),
  z.looseObject({
    ...common,
    type: z.literal("monitor_check_in_failure"),
    dataSources: one(cronSource),
    config: z.record(z.string(), z.unknown()).default({}),
  }),
  // Sentry creates these two itself; only name, owner and status can be changed.
  z.looseObject({ ...common, type: z.literal(["error", "issue_stream"]) }),
]);
export type DetectorBody = z.output<typeof detectorBody>;

/** The stored parts of a request, with new ids in the request's order: reading sorts by them. */
export function detectorParts(
  body: DetectorBody,
  newId: SentryModel["newId"],
): Pick<Detector, "conditionGroup" | "dataSource" | "config"> {
  switch (body.type) {
    case "metric_issue": {
      const { logicType: logic, conditions } = body.conditionGroup;
      return {
        conditionGroup: {
          id: newId(),
          logicType: logic,
          conditions: conditions.map((condition) => newCondition(condition, newId)),
        },
        dataSource: metricDataSource(body.dataSources[0], newId),
        config: body.config,
      };
    }
    case "uptime_domain_failure":
    case "monitor_check_in_failure": {
      const type = body.type === "uptime_domain_failure" ? "uptime_subscription" : "cron_monitor";
      const source = body.type === "uptime_domain_failure" ? { ...body.dataSources[0] } : cronMonitor(body);
      const conditions = [
        { type: "eq", comparison: "failure", conditionResult: 75 },
        { type: "eq", comparison: "success", conditionResult: 0 },
      ];
      return {
        conditionGroup: {
          id: newId(),
          logicType: "any",
          conditions: conditions.map((condition) => newCondition(condition, newId)),
        },
        dataSource: { id: newId(), type, sourceId: newId(), queryObj: source },
        config: body.config,
      };
    }
    default:
      return { conditionGroup: null, dataSource: null, config: {} };
  }
}

/** As Sentry shows it: src/sentry/monitors/serializers.py. */
function cronMonitor({
  name,
  enabled,
  dataSources: [source],
}: Extract<DetectorBody, { type: "monitor_check_in_failure" }>) {
  const called = source?.name ?? source?.slug ?? name;
  return {
    ...{ isMuted: false, environments: [], alertRule: null },
    ...source,
    ...{ name: called, slug: source?.slug ?? slugified(called), status: enabled === false ? "disabled" : "active" },
  };
}

const slugified = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 50);

export function newCondition(condition: Omit<Condition, "id">, newId: SentryModel["newId"]): Condition {
  const { type, comparison, conditionResult } = condition;
  return { id: newId(), type, comparison, conditionResult };
}

/** The answer differs from the request in its shape, and has no `queryType`. */
function metricDataSource(source: z.output<typeof metricSource> | undefined, newId: SentryModel["newId"]): DataSource {
  return {
    id: newId(),
    type: "snuba_query_subscription",
    sourceId: newId(),
    queryObj: {
      id: newId(),
      status: 0,
      subscription: null,
      snubaQuery: {
        id: newId(),
        dataset: source?.dataset,
        query: source?.query ?? "",
        aggregate: source?.aggregate,
        timeWindow: source?.timeWindow,
        environment: source?.environment ?? null,
        // Session metrics have no event types.
        eventTypes: source?.dataset === "metrics" ? [] : (source?.eventTypes ?? []),
        extrapolationMode: source?.extrapolationMode ?? "unknown",
      },
    },
  };
}
