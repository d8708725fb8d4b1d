import { scheduleFields } from "../../../model/posthog/subscriptions.ts";
import { type JsonObject, sameJson } from "../../kernel/json.ts";
import type { LiveSubscription } from "../answers.ts";
import type { SubscriptionInputs, SubscriptionTarget } from "./inputs.ts";
import { reflectSubscription } from "./reflect.ts";

/*
 * A subscription as PostHog's fields. Source: ee/api/subscription.py.
 */

/** The body that makes the subscription. */
export const subscriptionBody = (inputs: SubscriptionInputs, insightIds: Record<string, number>): JsonObject => ({
  title: inputs.title,
  dashboard: Number(inputs.dashboardId),
  dashboard_export_insights: Object.values(insightIds),
  ...targetFields(inputs.target),
  ...(scheduleFields(inputs.schedule) as unknown as JsonObject),
  enabled: true,
  // Newer releases send the dashboard at once unless this says not to.
  send_test_now: false,
});

function targetFields(target: SubscriptionTarget): JsonObject {
  switch (target.type) {
    case "email":
      return { target_type: "email", target_value: target.emails.join(","), integration_id: null };
    case "slack":
      return { target_type: "slack", target_value: target.channel, integration_id: target.integrationId };
    case "webhook":
      throw new Error("a webhook is only ever live");
  }
}

/**
 * The fields that differ from the live subscription, as the body of a PATCH. Empty without any. No field more is in it: each
 * change of an address is news to PostHog, which greets new readers.
 */
export function subscriptionChanges(
  inputs: SubscriptionInputs,
  insightIds: Record<string, number>,
  live: LiveSubscription,
  now: number,
): JsonObject {
  const shown = reflectSubscription({ ...inputs, insightIds }, live, [], now);
  const byHand = shown.setByHand ?? {};
  const sends = (live.dashboard_export_insights ?? []).toSorted();
  const isMoved = byHand.dashboard !== undefined;
  const { interval, count, until_date, byweekday, ...schedule } = scheduleFields(inputs.schedule);
  return {
    ...(shown.title === inputs.title ? {} : { title: inputs.title }),
    ...(isMoved ? { dashboard: Number(inputs.dashboardId) } : {}),
    ...(isMoved || !sameJson(sends, Object.values(insightIds).toSorted())
      ? { dashboard_export_insights: Object.values(insightIds) }
      : {}),
    ...(sameJson(shown.target, inputs.target) ? {} : targetFields(inputs.target)),
    ...(sameJson(shown.schedule, inputs.schedule) && byHand.weekdays === undefined && byHand.from === undefined
      ? {}
      : ({ ...schedule, byweekday } as unknown as JsonObject)),
    ...(byHand.interval === undefined ? {} : { interval }),
    ...(byHand.times === undefined ? {} : { count }),
    ...(byHand.until === undefined ? {} : { until_date }),
    ...(byHand.aiSummary ? { summary_enabled: false } : {}),
    ...(byHand.paused ? { enabled: true } : {}),
  };
}
