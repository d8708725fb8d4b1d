import type { JsonObject } from "../../kernel/json.ts";
import type { LiveScheduledChange } from "../answers.ts";
import type { FeatureFlagInputs } from "./inputs.ts";

/*
 * Changes that PostHog makes to a flag at a time that somebody set. Source:
 * products/feature_flags/backend/api/scheduled_change.py.
 */

/** Those of a flag that are still to come and that people may not make, each in words. */
export function fightingChanges(
  id: string,
  { handledInPostHog }: FeatureFlagInputs,
  all: readonly LiveScheduledChange[],
): string[] {
  return all
    .filter((change) => String(change.record_id) === id && isToCome(change))
    .filter(({ payload }) => !(payload?.operation === "update_status" && handledInPostHog.includes("active")))
    .map(({ scheduled_at, payload, is_recurring }) => {
      const when = is_recurring ? `again and again from ${scheduled_at} on` : `at ${scheduled_at}`;
      return `${when}: ${operationIn(payload ?? {})}`;
    });
}

const isToCome = ({ executed_at, is_recurring }: LiveScheduledChange): boolean =>
  is_recurring === true || executed_at === null || executed_at === undefined;

function operationIn({ operation, value }: JsonObject): string {
  if (operation === "update_status") return value === false ? "switched off" : "switched on";
  if (operation === "add_release_condition") return "a rule is added";
  if (operation === "update_variants") return "its variants change";
  return String(operation);
}
