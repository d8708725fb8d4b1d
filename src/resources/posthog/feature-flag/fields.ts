import { isObject, type Json, type JsonObject, sameJson } from "../../kernel/json.ts";
import type { LiveFlag } from "../answers.ts";
import { missingTags, tagsOf } from "../tags.ts";
import { isSameText } from "../texts.ts";
import type { FeatureFlagInputs } from "./inputs.ts";
import { reflectFlag } from "./reflect.ts";

/*
 * A flag as PostHog's fields. Source: products/feature_flags/backend/api/feature_flag.py and filters_schema.py.
 */

/** The body that creates the flag. */
export const flagBody = (inputs: FeatureFlagInputs): JsonObject => ({
  key: inputs.key,
  name: inputs.meaning,
  active: inputs.active,
  filters: filtersOf(inputs),
  tags: tagsOf(inputs),
  // PostHog would make a dashboard for each flag.
  _should_create_usage_dashboard: false,
});

/** PostHog's filters of the definition; the percentages of `live` where people handle those in PostHog. */
function filtersOf({ rules, variants, handledInPostHog }: FeatureFlagInputs, live?: LiveFlag): JsonObject {
  const groups = live?.filters?.groups;
  const handled = handledInPostHog.includes("rollout") && Array.isArray(groups) && groups.length === rules.length;
  return {
    groups: rules.map(({ conditions, rolloutPercent, variant }, index) => {
      const shown = handled ? groups[index] : undefined;
      return {
        properties: conditions.map(({ type = "person", ...condition }) => ({ ...condition, type }) as JsonObject),
        rollout_percentage: isObject(shown) ? (shown.rollout_percentage ?? null) : rolloutPercent,
        variant: variant ?? null,
      };
    }),
    multivariate: variants
      ? { variants: variants.map(({ key, percent }) => ({ key, name: "", rollout_percentage: percent })) }
      : null,
    // PATCH replaces the filters as a whole; named here is what people may have set.
    payloads: {},
  };
}

/** The fields that differ from the live flag, as the body of a PATCH. Empty without any. */
export function flagChanges(inputs: FeatureFlagInputs, live: LiveFlag, withoutTags = false): JsonObject {
  const shown = reflectFlag({ ...inputs, url: "", withoutTags }, live, []);
  const byHand = shown.setByHand ?? {};
  const isOfFilters = (key: string) => key.startsWith("filters.");
  const filtersDiffer =
    !sameJson(shown.rules, inputs.rules) ||
    !sameJson(shown.variants, inputs.variants) ||
    Object.keys(byHand).some(isOfFilters);
  const reset = Object.keys(byHand).filter((key) => !isOfFilters(key));
  return {
    ...(shown.key === inputs.key ? {} : { key: inputs.key }),
    ...(isSameText(inputs.meaning, live.name) ? {} : { name: inputs.meaning }),
    ...(shown.active === inputs.active ? {} : { active: inputs.active }),
    ...(filtersDiffer ? { filters: filtersOf(inputs, live) } : {}),
    ...(shown.missingTags ? { tags: [...keptTags(live, inputs), ...missingTags(live.tags, tagsOf(inputs))] } : {}),
    ...Object.fromEntries(reset.map((key): [string, Json] => [key, resetValues[key] ?? null])),
  };
}

/** The live tags without those that name another responsible team. */
const keptTags = ({ tags }: LiveFlag, inputs: FeatureFlagInputs): string[] =>
  (tags ?? []).filter((tag) => !tag.startsWith("owner:") || tagsOf(inputs).includes(tag));

/** What fields without a place in a definition are when nobody has set them. */
const resetValues: Readonly<Record<string, Json>> = {
  ensure_experience_continuity: false,
  evaluation_runtime: "all",
  bucketing_identifier: "distinct_id",
  evaluation_contexts: [],
};

/** What of a change decides who gets the flag. */
export const decidingFields = (changes: JsonObject): string[] =>
  Object.keys(changes).filter((key) => !["name", "tags"].includes(key));
