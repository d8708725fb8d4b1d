import type { RuleView } from "./view.ts";

/*
 * How many people a flag's rule concerns. PostHog counts who fulfils the conditions; the rollout says about how many of them.
 */

/** PostHog's count for the conditions of a rule, or why there is none. */
export type Count = { readonly fulfil: number; readonly of: number } | { readonly unknown: string };

/** Undefined instead of it: nobody asks, and the words name no people. */
export type CountOf = (conditions: readonly unknown[]) => Count;

/** About this many of all people that PostHog counts. */
export interface Reach {
  readonly about: number;
  readonly of: number;
}

/** @param share of those whom the rule opens for, 0 to 1 */
export function reachOf(
  { conditions, rolloutPercent }: RuleView,
  countOf: CountOf | undefined,
  share = 1,
): Reach | undefined {
  const count = countOf?.(conditions);
  if (count === undefined || "unknown" in count) return undefined;
  return { about: Math.round(count.fulfil * (rolloutPercent / 100) * share), of: count.of };
}

/** "about 938 of 9,380 people", "none of 9,380 people". */
export const reachWords = ({ about, of }: Reach): string => `${amount(about)} of ${people(of)}`;

/** "from about 938 to about 4,690 of 9,380 people". */
export function changeWords(before: Reach, after: Reach): string {
  if (before.about === after.about && before.of === after.of) return `for ${reachWords(after)} as before`;
  return `from ${amount(before.about)} to ${reachWords(after)}`;
}

const amount = (count: number): string => (count === 0 ? "none" : `about ${number(count)}`);
const people = (count: number): string => `${number(count)} ${count === 1 ? "person" : "people"}`;
const number = (count: number): string => count.toLocaleString("en-US");
