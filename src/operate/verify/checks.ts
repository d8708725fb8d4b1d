import { bundleIsCurrent } from "./bundle.ts";
import { eventsArrive } from "./capture.ts";
import { type Check, type Result, resultsOf, type VerifyContext } from "./check.ts";
import { errorsArrive } from "./errors.ts";
import { redisAnswers } from "./health.ts";
import { queriesRun } from "./tiles.ts";
import { variablesInPlace } from "./variables.ts";

/** In the order of the report. */
export const checks: readonly Check[] = [
  variablesInPlace,
  eventsArrive,
  errorsArrive,
  redisAnswers,
  queriesRun,
  bundleIsCurrent,
];

export interface CheckRun {
  readonly name: string;
  readonly title: string;
  readonly results: readonly Result[];
}

/** Runs all checks at once, but for those that are left out. */
export const runChecks = (context: VerifyContext, skip: readonly string[] = []): Promise<CheckRun[]> =>
  Promise.all(
    checks
      .filter(({ name }) => !skip.includes(name))
      .map(async (check) => ({ name: check.name, title: check.title, results: await resultsOf(check, context) })),
  );
