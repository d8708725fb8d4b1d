import { createHash } from "node:crypto";
import { conditionHolds, type Person } from "./condition.ts";
import type { Flag, FlagConditionSet, FlagFilters } from "./filters.ts";
import { Undetermined, type UndeterminedReason } from "./undetermined.ts";

/** For whom a flag is evaluated. */
export interface Subject {
  /** The id that PostHog knows the person by; it decides on which side of a rollout the person is. */
  readonly distinctId: string;
  /** @default nothing is known */
  readonly properties?: Person | undefined;
}

/** A flag's value: false, true, or the variant; undetermined where only PostHog can say, with the reason. */
export type Evaluation =
  | { readonly value: boolean | string }
  | { readonly undetermined: UndeterminedReason; readonly because: string };

/**
 * A flag's value for a person without PostHog, as posthog-node's local evaluation gives it. Not evaluated, and named so:
 * cohorts, other flags, groups, holdouts, and flags that PostHog keeps per person.
 * Source: PostHog/sdk-specs and PostHog/posthog-js, packages/core/src/featureFlagLocalEvaluation.ts.
 *
 * @param nowMs milliseconds since 1970, for conditions such as "-7d"
 * @example
 * evaluateFlag({ key: "new-inbox", active: true, filters: { groups: [{ rollout_percentage: 50 }] } }, { distinctId: "u1" }, 0);
 */
export function evaluateFlag(flag: Flag, subject: Subject, nowMs: number): Evaluation {
  try {
    return { value: valueFrom(flag, subject, nowMs) };
  } catch (error) {
    if (error instanceof Undetermined) return { undetermined: error.reason, because: error.message };
    throw error;
  }
}

/** Cannot be decided whatever other condition sets say. */
class OnlyPostHog extends Undetermined {
  constructor(what: string) {
    super("needs PostHog", `${what} is not evaluated without PostHog`);
  }
}

function valueFrom(flag: Flag, subject: Subject, nowMs: number): boolean | string {
  const { filters, key } = flag;
  if (!flag.active) return false;
  if (flag.ensure_experience_continuity) throw new OnlyPostHog("a flag that is kept for each person");
  if (isPresent(filters.aggregation_group_type_index)) throw new OnlyPostHog("a flag of groups");
  if (filters.holdout) throw new OnlyPostHog("a holdout");
  let unknown: Undetermined | undefined;
  /** What sets with a pattern that needs PostHog would have given. */
  const possible = new Set<boolean | string>();
  for (const set of filters.groups ?? []) {
    try {
      const match = matchOf(key, set, subject, nowMs);
      if (match === "match") {
        const value = variantOf(key, set, filters, subject.distinctId);
        if ([...possible].some((other) => other !== value)) break;
        return value;
      }
      if (filters.early_exit && match === "outside") {
        if (unknown) break;
        return false;
      }
    } catch (error) {
      if (!(error instanceof Undetermined) || error instanceof OnlyPostHog) throw error;
      unknown = unknown?.reason === "needs PostHog" ? unknown : error;
      if (error.byPattern) {
        const isOutside = filters.early_exit === true && !isWithin(key, set, subject.distinctId);
        possible.add(isOutside ? false : variantOf(key, set, filters, subject.distinctId));
      }
    }
  }
  if (unknown) throw unknown;
  return false;
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

/** Whether a person is in a condition set: "outside" is in it, but not within its rollout. */
function matchOf(key: string, set: FlagConditionSet, subject: Subject, nowMs: number): "match" | "outside" | "no" {
  if (isPresent(set.aggregation_group_type_index)) throw new OnlyPostHog("a condition on groups");
  let unknown: Undetermined | undefined;
  let isByPattern = false;
  for (const property of set.properties ?? []) {
    try {
      if (property.type === "cohort") throw new OnlyPostHog(`the cohort ${String(property.value)}`);
      if (property.type === "flag") throw new OnlyPostHog(`the other flag ${property.key}`);
      if (!conditionHolds(property, subject.properties ?? {}, nowMs)) return "no";
    } catch (error) {
      if (!(error instanceof Undetermined)) throw error;
      isByPattern ||= error.byPattern;
      unknown ??= error;
    }
  }
  if (unknown instanceof OnlyPostHog) throw unknown;
  if (unknown) throw new Undetermined(unknown.reason, unknown.message, isByPattern);
  return isWithin(key, set, subject.distinctId) ? "match" : "outside";
}

const isWithin = (key: string, { rollout_percentage }: FlagConditionSet, distinctId: string): boolean =>
  rollout_percentage === undefined ||
  rollout_percentage === null ||
  positionOf(key, distinctId) <= rollout_percentage / 100;

/** The set's variant, else the one by the person's position among the shares; true for a flag without variants. */
function variantOf(
  key: string,
  { variant }: FlagConditionSet,
  filters: FlagFilters,
  distinctId: string,
): string | true {
  const variants = filters.multivariate?.variants ?? [];
  if (variant && variants.some((one) => one.key === variant)) return variant;
  const position = positionOf(key, distinctId, "variant");
  let upTo = 0;
  for (const one of variants) {
    upTo += one.rollout_percentage / 100;
    if (position < upTo) return one.key;
  }
  return true;
}

/** 15 hexadecimal digits, all of them f. */
const scale = 16 ** 15 - 1;

/** A person's position for a flag, from 0 to 1: the same in every SDK and in PostHog. */
function positionOf(key: string, distinctId: string, salt = ""): number {
  const digest = createHash("sha1").update(`${key}.${distinctId}${salt}`).digest("hex");
  return Number.parseInt(digest.slice(0, 15), 16) / scale;
}
