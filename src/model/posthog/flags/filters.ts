import type { JsonObject } from "../../json.ts";

/*
 * A feature flag as PostHog stores it and as its SDKs evaluate it. Source: products/feature_flags/backend/api/filters_schema.py.
 */

/** Operators of a condition that PostHog's SDKs evaluate without PostHog. */
export type FlagOperator =
  | "exact"
  | "is_not"
  | "is_set"
  | "is_not_set"
  | `${"" | "not_"}${"icontains" | "starts_with" | "ends_with" | "regex"}`
  | "gt"
  | "gte"
  | "lt"
  | "lte"
  | "is_date_after"
  | "is_date_before"
  | `semver_${"eq" | "neq" | "gt" | "gte" | "lt" | "lte" | "tilde" | "caret" | "wildcard"}`;

/** One condition on a property. Others than a person's are `cohort`, `flag` and `group`. */
export interface FlagProperty {
  readonly key: string;
  readonly type?: string | undefined;
  /** @default "exact" */
  readonly operator?: string | null | undefined;
  readonly value?: unknown;
}

/** A condition set: all its conditions hold, and the person is within the rollout. */
export interface FlagConditionSet {
  readonly properties?: readonly FlagProperty[] | null | undefined;
  /** 0 to 100. Absent: everybody. */
  readonly rollout_percentage?: number | null | undefined;
  /** The variant for everybody of this set. Absent: by the variants' shares. */
  readonly variant?: string | null | undefined;
  readonly aggregation_group_type_index?: number | null | undefined;
}

export interface FlagVariant {
  readonly key: string;
  readonly name?: string | null | undefined;
  /** 0 to 100; those of a flag sum to 100. */
  readonly rollout_percentage: number;
}

export interface FlagFilters {
  readonly groups?: readonly FlagConditionSet[] | undefined;
  readonly multivariate?: { readonly variants: readonly FlagVariant[] } | null | undefined;
  /** Off for who is in the first condition set that holds and outside of its rollout, whatever sets follow. */
  readonly early_exit?: boolean | null | undefined;
  readonly aggregation_group_type_index?: number | null | undefined;
  readonly holdout?: JsonObject | null | undefined;
}

/** What is evaluated. */
export interface Flag {
  readonly key: string;
  readonly active: boolean;
  readonly filters: FlagFilters;
  /** Whether a person keeps the first value also after logging in: only PostHog knows it then. */
  readonly ensure_experience_continuity?: boolean | null | undefined;
}
