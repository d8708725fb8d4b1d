import type { Json, JsonObject } from "../../kernel/json.ts";
import type { LiveAlert } from "../answers.ts";
import type { InsightAlertInputs, Threshold } from "./inputs.ts";

/** The alert as PostHog's fields (products/alerts/backend/api/alert.py). */
export const alertFields = (inputs: InsightAlertInputs, subscribedUsers: number[]): JsonObject => ({
  name: inputs.name,
  ...thresholdFields(inputs.when),
  config: { type: "TrendsAlertConfig", series_index: inputs.line, check_ongoing_interval: false },
  calculation_interval: inputs.check,
  subscribed_users: subscribedUsers,
  enabled: inputs.enabled,
});

function thresholdFields(when: Threshold): JsonObject {
  switch (when.kind) {
    case "above":
      return threshold("absolute", { upper: when.value }, "absolute_value");
    case "below":
      return threshold("absolute", { lower: when.value }, "absolute_value");
    case "rises by":
      return threshold("percentage", { upper: when.share }, "relative_increase");
    case "falls by":
      return threshold("percentage", { upper: when.share }, "relative_decrease");
  }
}

const threshold = (type: string, bounds: JsonObject, condition: string): JsonObject => ({
  threshold: { configuration: { type, bounds } },
  condition: { type: condition },
});

/** The live alert in the words of the inputs; a threshold that they have no word for is shown as PostHog says it. */
export function reflectAlert(state: InsightAlertInputs, live: LiveAlert): InsightAlertInputs {
  const emails = live.subscribed_users.map(({ email }) => email.toLowerCase());
  const sameSubscribers = sameSet(
    emails,
    state.subscribers.map((email) => email.toLowerCase()),
  );
  return {
    ...state,
    name: live.name ?? "",
    when: reflectThreshold(live),
    line: live.config?.series_index ?? 0,
    check: live.calculation_interval as InsightAlertInputs["check"],
    enabled: live.enabled,
    subscribers: sameSubscribers ? state.subscribers : emails.toSorted(),
  };
}

function reflectThreshold({ threshold, condition }: LiveAlert): Threshold {
  const { lower, upper } = threshold?.configuration?.bounds ?? {};
  const type = condition?.type;
  if (type === "absolute_value" && upper != null && lower == null) return { kind: "above", value: upper };
  if (type === "absolute_value" && lower != null && upper == null) return { kind: "below", value: lower };
  if (type === "relative_increase" && upper != null && lower == null) return { kind: "rises by", share: upper };
  if (type === "relative_decrease" && upper != null && lower == null) return { kind: "falls by", share: upper };
  const asIs: Json = { kind: `${type ?? "no condition"} outside of ${lower ?? "-∞"} to ${upper ?? "∞"}` };
  return asIs as unknown as Threshold;
}

const sameSet = (a: string[], b: string[]): boolean => a.length === b.length && a.every((item) => b.includes(item));
