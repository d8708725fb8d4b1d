/** PostHog's value for a property that is missing, null or empty (posthog/hogql_queries/insights/utils/breakdowns.py). */
export const missingValue = "$$_posthog_breakdown_null_$$";

/** PostHog's value for the sum of all values beyond the limit. */
export const otherValues = "$$_posthog_breakdown_other_$$";
