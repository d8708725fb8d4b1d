import { z } from "zod";
import { alertChecks, alertConversion, alertThreshold } from "../../../model/posthog/alerts.ts";
import { posthogTextProblem } from "../../../model/posthog/texts.ts";
import { vendorText } from "../../../model/text.ts";

/** Only in live state: what somebody changed about a delivery by hand. The next `up` undoes it. */
const changedByHand = z
  .strictObject({
    name: z.string(),
    description: z.string(),
    /** It is switched off. */
    enabled: z.literal(false),
    /** It is sent on another event, or for another alert. */
    firesOn: z.looseObject({}),
    /** What is sent differs: the changed inputs of PostHog's template. */
    message: z.looseObject({}),
  })
  .partial();

const toTeams = {
  teams: z.array(z.string().min(1)).min(1, "a delivery is for a team"),
  changedByHand: changedByHand.optional(),
};

const delivery = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("slack"),
    ...toTeams,
    integrationId: z.int("is not the number of an integration").positive(),
    channel: z.string().min(1, "a Slack delivery needs a channel"),
  }),
  z.strictObject({
    type: z.literal("webhook"),
    ...toTeams,
    url: z.url({ protocol: /^https?$/, error: "a webhook is an http(s) address" }),
  }),
  /** Only in live state: somebody else's. */
  z.strictObject({ type: z.literal("made by hand"), name: z.string(), template: z.string() }),
]);
/** Where PostHog sends a fired alert, besides e-mail. */
export type Delivery = z.infer<typeof delivery>;
/** Deliveries by what people call them: "Slack #growth". */
export type Deliveries = Record<string, Delivery>;

/** Inputs of an `InsightAlert` resource. */
export const insightAlertInputs = z.object({
  projectId: z.int().positive(),
  dashboardId: z.string().min(1),
  tileKey: z.string().min(1),
  tileTitle: z.string().min(1),
  line: z.int().min(0, "a tile's lines are numbered from 0"),
  /** Of a funnel; absent on a trend, and in states of release 1.0.0. */
  conversion: alertConversion.optional(),
  name: vendorText("an alert needs a name", (text) => posthogTextProblem(text, "alertName")),
  when: alertThreshold,
  check: z.enum(alertChecks),
  owner: z.string().min(1, "an alert needs an owner"),
  because: z.string().min(1, "an alert needs a `because`: what is wrong when it fires, and where to look first"),
  subscribers: z.array(z.email()),
  /** Absent in states of release 1.0.0, and where no team has a channel or a webhook. */
  deliveries: z.record(z.string().min(1), delivery).optional(),
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
  /** Ids (UUIDs) of the Hog functions that deliver it, by the deliveries' keys. */
  functionIds?: Record<string, string> | undefined;
}
