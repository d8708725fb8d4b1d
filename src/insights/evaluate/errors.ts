/**
 * The query needs something that a table of events cannot answer as PostHog would, or that PostHog's versions answer
 * differently. Nothing was counted: an error is better than a wrong number.
 */
export class NotEvaluable extends Error {
  override readonly name = "NotEvaluable";
  /** What the query needs, e.g. "a cohort filter". */
  readonly feature: string;
  /** Where in the query, e.g. "source.series[0].properties[1]". */
  readonly where: string;

  constructor(feature: string, where: string, because?: string) {
    super(
      `${feature} (at ${where}) is not evaluated locally${because ? `: ${because}` : ""}. Look at this tile in PostHog.`,
    );
    this.feature = feature;
    this.where = where;
  }
}

/** PostHog itself refuses the query with status 400. The message says why. */
export class QueryRejected extends Error {
  override readonly name = "QueryRejected";
  readonly where: string;

  constructor(why: string, where: string) {
    super(`PostHog refuses this query: ${why} (at ${where}).`);
    this.where = where;
  }
}

export function isNotEvaluable(error: unknown): error is NotEvaluable {
  return error instanceof NotEvaluable;
}

export function isQueryRejected(error: unknown): error is QueryRejected {
  return error instanceof QueryRejected;
}
