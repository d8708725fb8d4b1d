import { bundleIsCurrent } from "./bundle.ts";
import { eventsArrive } from "./capture.ts";
import type { VerifyCheck } from "./context.ts";
import { errorsArrive } from "./errors.ts";
import { redisAnswers } from "./health.ts";
import { errorsAreReadable } from "./readable.ts";
import { queriesRun } from "./tiles.ts";
import { variablesInPlace } from "./variables.ts";

/** All checks, in the order of the report. */
export const checks: readonly VerifyCheck[] = [
  variablesInPlace,
  eventsArrive,
  errorsArrive,
  redisAnswers,
  queriesRun,
  bundleIsCurrent,
  errorsAreReadable,
];
