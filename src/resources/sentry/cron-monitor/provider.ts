import { z } from "zod";
import { longestCronMinutes } from "../../../model/sentry/monitors.ts";
import { slugPattern } from "../../../model/sentry/texts.ts";
import { type JsonObject, withoutUndefined } from "../../kernel/json.ts";
import { byHand, commonBody, monitorFields, reflectCommon } from "../common.ts";
import { detectorProvider } from "../detector.ts";

const minutes = z
  .int()
  .min(1, "is at least a minute")
  .max(longestCronMinutes, `is at most ${longestCronMinutes} minutes`);
const count = z.int().min(1, "is at least 1").max(720, "is at most 720");

const cronInputs = z.object({
  ...monitorFields,
  slug: z.string().regex(slugPattern, "is not a slug (lower-case letters, digits, hyphens and underscores)"),
  crontab: z.string().regex(/^\S+( \S+){4}$/, "is not a crontab of five fields, such as */5 * * * *"),
  timezone: z.string().min(1),
  lateMinutes: minutes,
  longestMinutes: minutes,
  failures: count,
  successes: count,
  byHand,
});
export type CronInputs = z.infer<typeof cronInputs>;

/** Sentry's name of the kind. */
const type = "monitor_check_in_failure";

/** A monitor that expects a job's check-ins (Sentry: src/sentry/monitors/validators.py, MonitorDataSourceValidator). */
export const cronMonitor = detectorProvider<CronInputs>({
  type,
  inputs: cronInputs,

  body: (inputs) => ({
    ...commonBody(type, inputs),
    dataSources: [
      {
        ...{ name: inputs.name, slug: inputs.slug },
        config: {
          ...{ schedule_type: "crontab", schedule: inputs.crontab, timezone: inputs.timezone },
          ...{ checkin_margin: inputs.lateMinutes, max_runtime: inputs.longestMinutes },
          ...{ failure_issue_threshold: inputs.failures, recovery_threshold: inputs.successes },
        },
      },
    ],
    config: {},
  }),

  reflect(defined, live) {
    const { slug, config, isMuted } = (live.dataSources?.[0]?.queryObj ?? {}) as JsonObject;
    const { schedule_type, schedule, timezone, checkin_margin, max_runtime, ...thresholds } = (config ??
      {}) as JsonObject;
    const isCrontab = schedule_type === "crontab" && typeof schedule === "string";
    return withoutUndefined({
      ...{ organization: defined.organization, project: defined.project },
      ...reflectCommon(defined, live),
      ...{ slug: slug ?? "", crontab: isCrontab ? schedule : `every ${[schedule ?? "?"].flat().join(" ")}` },
      timezone: timezone ?? "UTC",
      ...{ lateMinutes: checkin_margin ?? 0, longestMinutes: max_runtime ?? 0 },
      failures: thresholds.failure_issue_threshold ?? 1,
      successes: thresholds.recovery_threshold ?? 1,
      byHand: isMuted === true ? { isMuted } : undefined,
    }) as CronInputs;
  },

  /** A slug is unique, and the first check-in of a job may have created the monitor. */
  isIt: ({ slug }, live) => (live.dataSources?.[0]?.queryObj as JsonObject | undefined)?.slug === slug,
});
