import { isObject, type Json, type JsonObject, sameJson, withoutUndefined } from "../../kernel/json.ts";
import type { LiveFlag } from "../answers.ts";
import { missingTags, tagsOf } from "../tags.ts";
import { isSameText } from "../texts.ts";
import type { FeatureFlagInputs, FeatureFlagOutputs, FlagCondition, FlagRuleInputs } from "./inputs.ts";

/**
 * The live flag in the inputs' terms: what means the same as in `state` is given as it is there, what people handle in
 * PostHog is as in `state`, and what inputs cannot say is in `setByHand`.
 *
 * @param scheduledChanges in words, those that fight with the definition
 */
export function reflectFlag(
  state: FeatureFlagInputs & FeatureFlagOutputs,
  live: LiveFlag,
  scheduledChanges: readonly string[],
): FeatureFlagInputs {
  const { setByHand: _, missingTags: __, experiments: ___, scheduledChanges: ____, ...defined } = state;
  const filters = live.filters ?? {};
  const missing = state.withoutTags && !live.tags?.length ? [] : missingTags(live.tags, tagsOf(state));
  const shown: FeatureFlagInputs = {
    ...defined,
    key: live.key,
    meaning: isSameText(state.meaning, live.name) ? state.meaning : (live.name ?? ""),
    active: state.handledInPostHog.includes("active") ? state.active : live.active,
    rules: rulesOf(state, filters),
    variants: variantsOf(state, filters),
    ...(missing.length > 0 ? { missingTags: missing } : {}),
    setByHand: setByHand(live, filters),
  };
  const differs = !sameJson(
    withoutUndefined({ ...inputsOf(shown), missingTags: undefined }),
    withoutUndefined(inputsOf(defined)),
  );
  return withoutUndefined({
    ...inputsOf(shown),
    experiments: differs && isInExperiment(live) ? experimentsOf(live) : undefined,
    scheduledChanges: scheduledChanges.length > 0 ? [...scheduledChanges] : undefined,
  });
}

/** A state has outputs beside its inputs. */
const inputsOf = <State extends object>(state: State): Omit<State, "url" | "withoutTags" | "creationId"> => {
  const { url: _, withoutTags: __, creationId: ___, ...inputs } = state as State & Record<string, unknown>;
  return inputs as Omit<State, "url" | "withoutTags" | "creationId">;
};

export const isInExperiment = ({ experiment_set, experiment_set_metadata }: LiveFlag): boolean =>
  (experiment_set?.length ?? 0) > 0 || (experiment_set_metadata?.length ?? 0) > 0;

/** The experiments that use the flag: `"Longer trial" (12)`. */
export function experimentsOf({ experiment_set, experiment_set_metadata }: LiveFlag): string[] {
  const named = (experiment_set_metadata ?? []).map(({ id, name }) => `"${name ?? ""}" (${id})`);
  return named.length > 0 ? named : (experiment_set ?? []).map(String);
}

function rulesOf({ rules, handledInPostHog }: FeatureFlagInputs, filters: JsonObject): FlagRuleInputs[] {
  const isHandled = handledInPostHog.includes("rollout");
  return objects(filters.groups).map((group, index) => {
    const defined = rules[index];
    // PostHog's null is everybody.
    const percent = typeof group.rollout_percentage === "number" ? group.rollout_percentage : 100;
    return withoutUndefined({
      conditions: objects(group.properties).map((property, at) => conditionOf(property, defined?.conditions[at])),
      rolloutPercent: isHandled && defined ? defined.rolloutPercent : percent,
      variant: typeof group.variant === "string" && group.variant !== "" ? group.variant : undefined,
    }) as FlagRuleInputs;
  });
}

function conditionOf(live: JsonObject, defined: FlagCondition | undefined): FlagCondition {
  const operator = typeof live.operator === "string" ? live.operator : "exact";
  // "pro" and ["pro"] are the same to these.
  const asList = (value: unknown) => (["exact", "is_not"].includes(operator) ? [value].flat() : value);
  const isSame = defined?.operator === operator && sameJson(asList(defined.value), asList(live.value));
  return withoutUndefined({
    key: String(live.key),
    type: live.type === undefined || live.type === null || live.type === "person" ? undefined : String(live.type),
    operator: live.negation === true ? `not ${operator}` : operator,
    value: isSame ? defined.value : (live.value ?? undefined),
  }) as FlagCondition;
}

function variantsOf({ variants }: FeatureFlagInputs, filters: JsonObject): FeatureFlagInputs["variants"] {
  const live = isObject(filters.multivariate) ? objects(filters.multivariate.variants) : [];
  if (live.length === 0) return variants?.length === 0 ? [] : undefined;
  return live.map(({ key, rollout_percentage }) => ({ key: String(key), percent: Number(rollout_percentage) }));
}

const objects = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Of the filters, what a definition says, and what does not change who gets the flag. */
const known = new Set(["groups", "multivariate"]);
const knownOfRules = new Set(["properties", "rollout_percentage", "variant", "description", "sort_key"]);

/** By PostHog's name, those of the filters behind `filters.`. */
function setByHand(live: LiveFlag, filters: JsonObject): FeatureFlagInputs["setByHand"] {
  const ofRules = objects(filters.groups).flatMap((group, index) =>
    Object.entries(group)
      .filter(([key]) => !knownOfRules.has(key))
      .map(([key, value]): [string, Json] => [`filters.groups.${index}.${key}`, value]),
  );
  const ofFilters = Object.entries(filters)
    .filter(([key]) => !known.has(key))
    .map(([key, value]): [string, Json] => [`filters.${key}`, value]);
  const found = [...ofFilters, ...ofRules, ...ofFlag(live)].filter(([, value]) => hasMeaning(value));
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

const ofFlag = (live: LiveFlag): [string, Json][] => [
  ["ensure_experience_continuity", live.ensure_experience_continuity ?? false],
  ["evaluation_runtime", live.evaluation_runtime === "all" ? null : (live.evaluation_runtime ?? null)],
  ["bucketing_identifier", live.bucketing_identifier === "distinct_id" ? null : (live.bucketing_identifier ?? null)],
  ["evaluation_contexts", live.evaluation_contexts ?? null],
];

/** The server adds nulls, empty lists and switches that are off. */
const hasMeaning = (value: Json): boolean =>
  value !== null && value !== false && value !== "" && (typeof value !== "object" || Object.keys(value).length > 0);
