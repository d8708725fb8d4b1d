/** One thing in a query that PostHog answers with 400. */
export interface Refusal {
  /** Where in the query: ["funnelsFilter", "exclusions", 0]. */
  readonly path: readonly (string | number)[];
  /** What is wrong, in one sentence that names the value. */
  readonly problem: string;
  readonly fix: string;
  readonly value: unknown;
}
