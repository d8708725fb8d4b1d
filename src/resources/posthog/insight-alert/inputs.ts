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

/** Inputs of an `InsightAlert` resource. */
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
  /** Only in live state: settings made by hand. A refresh shows them, and the next `up` removes them. */
  setByHand: z
    .strictObject({
      /** It skips Saturdays and Sundays. */
      skipsWeekends: z.literal(true),
      /** It also checks the hour or day that is not over yet. */
      checksOngoing: z.literal(true),
      /** Times at which it does not check. */
      blockedTimes: z.looseObject({}),
      /** It detects anomalies instead of using a threshold. */
      detector: z.looseObject({}),
    })
    .partial()
    .optional(),
});
export type InsightAlertInputs = z.infer<typeof insightAlertInputs>;

export interface InsightAlertOutputs {
  /** Id (a number) of the watched insight. */
  insightId: number;
}
