import { type JsonObject, withoutUndefined } from "../../kernel/json.ts";
import type { LiveFlag } from "../answers.ts";
import { marksOf } from "../tags.ts";
import { decidingFields, flagChanges } from "./fields.ts";
import type { FeatureFlagInputs } from "./inputs.ts";
import { experimentsOf, isInExperiment, reflectFlag } from "./reflect.ts";

/*
 * Why a flag that PostHog has is not written, in words; undefined where it may be.
 */

/**
 * A flag that another made and that gives somebody another value is not overwritten: apps already ask for it. Values of
 * conditions are left out: they may be people's, and a preview is read in comments.
 * @param url address of the flag in PostHog
 */
export function whyNotTakenOver(news: FeatureFlagInputs, live: LiveFlag, url: string): string | undefined {
  const isOurs = marksOf(news).every((tag) => live.tags?.includes(tag));
  const fields = isOurs ? [] : decidingFields(flagChanges(news, live, true));
  if (fields.length === 0) return undefined;
  const { active, rules, variants, setByHand } = reflectFlag({ ...news, url: "" }, live, []);
  const there = withoutUndefined({
    active,
    rules: rules.map(({ conditions, ...rule }) => ({ ...rule, on: conditions.map(({ key }) => key) })),
    variants,
    setByHand: setByHand && Object.keys(setByHand),
  });
  return `PostHog already has a flag ${news.key} (${url}), which this stack did not make and which differs in ${fields.join(", ")}: ${JSON.stringify(there)}. It is not changed. To take it over, write it in the catalog as it is there; to have another one, give it another key`;
}

/**
 * An experiment or a scheduled change has a say in what decides who gets the flag.
 * @param changes what would be written
 * @param scheduled changes that PostHog is to make, in words
 */
export function whyNotWritten(
  { key }: FeatureFlagInputs,
  live: LiveFlag,
  changes: JsonObject,
  scheduled: readonly string[],
): string | undefined {
  const deciding = decidingFields(changes);
  if (deciding.length === 0) return undefined;
  const fields = deciding.join(", ");
  if (isInExperiment(live)) return heldBy(key, live, `was not written (it differs in ${fields})`);
  if (scheduled.length === 0) return undefined;
  return `${scheduledWords({ key }, scheduled)}. It was not written (it differs in ${fields}): delete the scheduled change in PostHog, or wait for it and write here what it makes`;
}

export const scheduledWords = ({ key }: Pick<FeatureFlagInputs, "key">, scheduled: readonly string[]): string =>
  `PostHog is to change the flag ${key}: ${scheduled.join("; ")}`;

export const heldBy = (key: string, live: LiveFlag, outcome: string): string =>
  `the flag ${key} ${outcome}: it is used by the experiment ${experimentsOf(live).join(", ")}. End the experiment in PostHog, or write here what is there`;
