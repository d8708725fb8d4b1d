import { z } from "zod";
import { posthogTextProblem } from "../../../model/posthog/texts.ts";
import { vendorText } from "../../../model/text.ts";

const threshold = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("above"), value: z.number() }),
  z.strictObject({ kind: z.literal("below"), value: z.number() }),
  z.strictObject({ kind: z.literal("rises by"), share: z.number() }),
  z.strictObject({ kind: z.literal("falls by"), share: z.number() }),
]);
export type AlertThreshold = z.infer<typeof threshold>;

/** What an `InsightAlert` resource takes. */
export const insightAlertInputs = z.object({
  projectId: z.int().positive(),
  dashboardId: z.string().min(1),
  tileKey: z.string().min(1),
  tileTitle: z.string().min(1),
  line: z.int().min(0, "a tile's lines are numbered from 0"),
  name: vendorText("an alert needs a name", (text) => posthogTextProblem(text, "alertName")),
  when: threshold,
  check: z.enum(["hourly", "daily", "weekly", "monthly"]),
  owner: z.string().min(1, "an alert needs an owner"),
  because: z.string().min(1, "an alert needs a `because`: what is wrong when it fires, and where to look first"),
  subscribers: z.array(z.email()),
  enabled: z.boolean(),
  /** Only ever live: what somebody set by hand. A refresh shows it, and the next `up` removes it. */
  setByHand: z
    .strictObject({
      /** It does not look at Saturdays and Sundays. */
      skipsWeekends: z.literal(true),
      /** It also looks at the hour or day that is not over yet. */
      checksOngoing: z.literal(true),
      /** Times at which it does not look. */
      blockedTimes: z.looseObject({}),
      /** It looks for anomalies instead of a threshold. */
      detector: z.looseObject({}),
    })
    .partial()
    .optional(),
});
export type InsightAlertInputs = z.infer<typeof insightAlertInputs>;

export interface InsightAlertOutputs {
  /** Number of the insight that is watched. */
  insightId: number;
}
