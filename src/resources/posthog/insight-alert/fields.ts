import type { AlertThreshold } from "../../../model/posthog/alerts.ts";
import { type Json, type JsonObject, sameJson, withoutUndefined } from "../../kernel/json.ts";
import type { LiveAlert } from "../answers.ts";
import type { InsightAlertInputs, InsightAlertOutputs } from "./inputs.ts";

/** The alert as PostHog's fields (products/alerts/backend/api/alert.py). */
export const alertFields = (inputs: InsightAlertInputs, subscribedUsers: number[]): JsonObject => ({
  name: inputs.name,
  ...thresholdFields(inputs),
  config: configOf(inputs),
  calculation_interval: inputs.check,
  subscribed_users: subscribedUsers,
  enabled: inputs.enabled,
});

/** The fields that differ from the live alert, as the body of a PATCH. Empty without any. */
export function alertChanges(inputs: InsightAlertInputs, live: LiveAlert, subscribedUsers: number[]): JsonObject {
  const shown = reflectAlert(inputs, live);
  const differs = (key: keyof InsightAlertInputs) => !sameJson(shown[key], inputs[key]);
  const byHand = shown.setByHand ?? {};
  const isHeld = (key: keyof NonNullable<InsightAlertInputs["setByHand"]>) => byHand[key] !== undefined;
  return {
    ...(differs("name") ? { name: inputs.name } : {}),
    ...(differs("when") ? thresholdFields(inputs) : {}),
    ...(differs("line") || differs("conversion") || isHeld("checksOngoing") ? { config: configOf(inputs) } : {}),
    ...(differs("check") ? { calculation_interval: inputs.check } : {}),
    ...(differs("subscribers") ? { subscribed_users: subscribedUsers } : {}),
    ...(differs("enabled") ? { enabled: inputs.enabled } : {}),
    ...(isHeld("skipsWeekends") ? { skip_weekend: false } : {}),
    ...(isHeld("blockedTimes") ? { schedule_restriction: null } : {}),
    ...(isHeld("detector") ? { detector_config: null } : {}),
  };
}

const configOf = ({ line, conversion }: InsightAlertInputs): JsonObject =>
  conversion === undefined
    ? { type: "TrendsAlertConfig", series_index: line, check_ongoing_interval: false }
    : {
        type: funnelConfig,
        metric: conversion.from === "first step" ? "conversion_from_start" : "conversion_from_previous",
        funnel_step: conversion.toStep ?? null,
      };

const funnelConfig = "FunnelsAlertConfig";

/** Conversions are shares here and per cent at PostHog; rounded, since 0.07 times 100 is not quite 7. */
const atPosthog = (value: number, isConversion: boolean): number =>
  isConversion ? Number((value * 100).toPrecision(12)) : value;
const fromPosthog = (value: number, isConversion: boolean): number =>
  isConversion ? Number((value / 100).toPrecision(12)) : value;

function thresholdFields({ when, conversion }: InsightAlertInputs): JsonObject {
  const isConversion = conversion !== undefined;
  switch (when.kind) {
    case "above":
      return threshold("absolute", { upper: atPosthog(when.value, isConversion) }, "absolute_value");
    case "below":
      return threshold("absolute", { lower: atPosthog(when.value, isConversion) }, "absolute_value");
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

/** The live alert in the inputs' terms; a threshold that they cannot express is shown in PostHog's. */
export function reflectAlert(
  state: InsightAlertInputs & Partial<InsightAlertOutputs>,
  live: LiveAlert,
): InsightAlertInputs {
  const emails = live.subscribed_users.map(({ email }) => email.toLowerCase());
  const sameSubscribers = sameSet(
    emails,
    state.subscribers.map((email) => email.toLowerCase()),
  );
  const { setByHand: _, insightId, ...defined } = state;
  const isMoved = insightId !== undefined && live.insight.id !== insightId;
  return withoutUndefined({
    ...defined,
    tileTitle: isMoved ? live.insight.name || `insight ${live.insight.id}` : state.tileTitle,
    name: live.name ?? "",
    when: reflectThreshold(live),
    line: live.config?.series_index ?? 0,
    conversion: reflectConversion(live),
    check: live.calculation_interval as InsightAlertInputs["check"],
    enabled: live.enabled,
    subscribers: sameSubscribers ? state.subscribers : emails.toSorted(),
    setByHand: setByHand(live),
  }) as InsightAlertInputs;
}

function setByHand(live: LiveAlert): InsightAlertInputs["setByHand"] {
  const found = {
    ...(live.skip_weekend ? { skipsWeekends: true as const } : {}),
    ...(live.config?.check_ongoing_interval ? { checksOngoing: true as const } : {}),
    ...(Object.keys(live.schedule_restriction ?? {}).length > 0
      ? { blockedTimes: live.schedule_restriction ?? {} }
      : {}),
    ...(live.detector_config ? { detector: live.detector_config } : {}),
  };
  return Object.keys(found).length > 0 ? found : undefined;
}

function reflectConversion({ config }: LiveAlert): InsightAlertInputs["conversion"] {
  if (config?.type !== funnelConfig) return undefined;
  const from = config.metric === "conversion_from_previous" ? "step before" : "first step";
  return typeof config.funnel_step === "number" ? { toStep: config.funnel_step, from } : { from };
}

function reflectThreshold({ threshold, condition, config }: LiveAlert): AlertThreshold {
  const isConversion = config?.type === funnelConfig;
  const { type: unit, bounds } = threshold?.configuration ?? {};
  const { lower, upper } = bounds ?? {};
  const type = condition?.type;
  const onlyUpper = upper != null && lower == null;
  if (unit === "absolute" && type === "absolute_value" && onlyUpper)
    return { kind: "above", value: fromPosthog(upper, isConversion) };
  if (unit === "absolute" && type === "absolute_value" && lower != null && upper == null)
    return { kind: "below", value: fromPosthog(lower, isConversion) };
  if (unit === "percentage" && type === "relative_increase" && onlyUpper) return { kind: "rises by", share: upper };
  if (unit === "percentage" && type === "relative_decrease" && onlyUpper) return { kind: "falls by", share: upper };
  const asIs: Json = {
    kind: `${type ?? "no condition"} outside of ${lower ?? "-∞"} to ${upper ?? "∞"} (${unit ?? "no unit"})`,
  };
  return asIs as unknown as AlertThreshold;
}

const sameSet = (a: string[], b: string[]): boolean => a.length === b.length && a.every((item) => b.includes(item));
