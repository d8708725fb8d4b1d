/** Ways to make one number of a property's values, in PostHog's words (posthog/schema.py, PropertyMathType). */
export const propertyMaths = ["avg", "sum", "min", "max", "median", "p75", "p90", "p95", "p99"] as const;
export type PropertyMath = (typeof propertyMaths)[number];
