import { list, object } from "../../../insights/define/check/json.ts";
import type { Resource } from "../../plan/plan.ts";

export const featureFlagType = "pulumi-nodejs:dynamic/posthog:FeatureFlag";

/** A rule of a flag. */
export interface RuleView {
  /** On properties, in PostHog's words; none: everybody. */
  readonly conditions: readonly unknown[];
  /** 0 to 100. */
  readonly rolloutPercent: number;
  readonly variant: string | undefined;
}

export interface VariantView {
  readonly key: string;
  /** 0 to 100. */
  readonly percent: number;
}

/** A flag as a plan has it. */
export interface FlagView {
  readonly key: string;
  readonly owner: string | undefined;
  readonly meaning: string;
  readonly active: boolean;
  readonly rules: readonly RuleView[];
  readonly variants: readonly VariantView[];
  readonly handledInPostHog: readonly string[];
}

/** A plan holds any JSON, also what a refresh saw. */
export function flagView({ name, inputs }: Resource): FlagView {
  return {
    key: typeof inputs.key === "string" ? inputs.key : name,
    owner: typeof inputs.owner === "string" ? inputs.owner : undefined,
    meaning: String(inputs.meaning ?? ""),
    active: inputs.active !== false,
    rules: list(inputs.rules)
      .map(object)
      .map(({ conditions, rolloutPercent, variant }) => ({
        conditions: list(conditions),
        rolloutPercent: typeof rolloutPercent === "number" ? rolloutPercent : 100,
        variant: typeof variant === "string" ? variant : undefined,
      })),
    variants: list(inputs.variants)
      .map(object)
      .map(({ key, percent }) => ({ key: String(key), percent: Number(percent) })),
    handledInPostHog: list(inputs.handledInPostHog).map(String),
  };
}
