import { z } from "zod";
import { mostInsights, scheduleProblem, subscriptionSchedule } from "../../../model/posthog/subscriptions.ts";
import { posthogTextProblem } from "../../../model/posthog/texts.ts";
import { vendorText } from "../../../model/text.ts";

const target = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("email"), emails: z.array(z.email()).min(1, "a subscription goes to somebody") }),
  z.strictObject({
    type: z.literal("slack"),
    integrationId: z.int("is not the number of an integration").positive(),
    channel: z.string().min(1, "a subscription by Slack needs a channel"),
  }),
  /** Only in live state. Its address is not shown: whoever has it can post. */
  z.strictObject({ type: z.literal("webhook") }),
]);
/** Where a subscription is sent. */
export type SubscriptionTarget = z.infer<typeof target>;

/** Inputs of a `Subscription` resource. */
export const subscriptionInputs = z.object({
  projectId: z.int().positive(),
  dashboardId: z.string().min(1),
  title: vendorText("a subscription needs a title", (text) => posthogTextProblem(text, "subscriptionTitle")),
  owner: z.string().min(1, "a subscription needs an owner"),
  /** Titles of the insights that are sent, by the keys of their tiles. */
  tiles: z
    .record(z.string(), z.string().min(1))
    .refine((tiles) => Object.keys(tiles).length > 0, "a subscription sends at least one tile")
    .refine((tiles) => Object.keys(tiles).length <= mostInsights, `PostHog sends at most ${mostInsights} tiles`),
  target,
  schedule: subscriptionSchedule.superRefine((schedule, { addIssue }) => {
    const message = scheduleProblem(schedule);
    if (message !== undefined) addIssue({ code: "custom", message });
  }),
  /** Only in live state: settings made by hand. A refresh shows them, and the next `up` removes them. */
  setByHand: z
    .strictObject({
      /** It is not sent for now. PostHog does this, too, when it cannot reach its Slack workspace any more. */
      paused: z.literal(true),
      /** It comes only each so many days, weeks or months. */
      interval: z.number(),
      /** It comes on other or on several weekdays, in UTC. */
      weekdays: z.array(z.string()),
      /** It comes so many times. */
      times: z.number(),
      /** It comes until then. */
      until: z.string(),
      /** It comes from then on, which is to come. */
      from: z.string(),
      /** PostHog's AI writes a summary of what it shows, so that a model reads the numbers. */
      aiSummary: z.literal(true),
      /** It is of another dashboard. */
      dashboard: z.number(),
    })
    .partial()
    .optional(),
});
export type SubscriptionInputs = z.infer<typeof subscriptionInputs>;

export interface SubscriptionOutputs {
  /** Ids (numbers) of the insights that are sent, by the keys of their tiles. */
  insightIds: Record<string, number>;
}
