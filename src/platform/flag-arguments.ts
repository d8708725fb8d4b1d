import type { FeatureFlagArguments } from "@brandvx/resources/posthog";
import { type FlagDefinition, flagFilters } from "../catalog/flag.ts";

/** A flag in the resource's words. */
export function flagArguments(key: string, definition: FlagDefinition): FeatureFlagArguments {
  const { meaning, owner, active, handledInPostHog } = definition;
  const { groups = [], multivariate } = flagFilters(definition);
  return {
    ...{ key, meaning, owner },
    ...(active === undefined ? {} : { active }),
    ...(handledInPostHog ? { handledInPostHog } : {}),
    rules: groups.map(({ properties, rollout_percentage, variant }) => ({
      conditions: (properties ?? []).map(({ key: name, operator, value }) => ({
        ...{ key: name, operator: operator ?? "exact", value },
      })),
      rolloutPercent: rollout_percentage ?? 100,
      ...(variant ? { variant } : {}),
    })),
    variants: multivariate?.variants.map(({ key: variant, rollout_percentage }) => ({
      ...{ key: variant, percent: rollout_percentage },
    })),
  };
}
