import { z } from "zod";
import { monitorThresholds, windowSeconds } from "../../../model/sentry/monitors.ts";
import { sentryTextProblem } from "../../../model/sentry/texts.ts";
import { vendorText } from "../../../model/text.ts";
import { byHand, monitorFields } from "../common.ts";

/** Inputs of a `Monitor` resource. */
export const monitorInputs = z.object({
  ...monitorFields,
  environment: vendorText("an environment has a name", (text) => sentryTextProblem(text, "environment")).optional(),
  metric: z.strictObject({
    dataset: z.enum(["events", "events_analytics_platform", "transactions", "metrics"]),
    aggregate: z.string().min(1),
    query: z.string(),
    /** In Sentry's numbers: 0 errors, 1 performance, 2 crash rate (src/sentry/snuba/models.py). */
    queryType: z.literal([0, 1, 2]),
    eventTypes: z.array(z.string()),
    extrapolationMode: z.string().optional(),
    windowSeconds,
  }),
  thresholds: monitorThresholds,
  byHand,
});

export type MonitorInputs = z.infer<typeof monitorInputs>;
export type Thresholds = MonitorInputs["thresholds"];
