import { isWatched, watchedEnvironment } from "../../alerts/sentry/index.ts";

const onlyThat = `alerts watch ${watchedEnvironment} alone`;

/** A note on errors that arrive as intended but raise no alert; undefined when alerts watch them. */
export const withoutAlerts = (stage: string): string | undefined =>
  isWatched(stage) ? undefined : `no alert reports them: ${onlyThat}`;

/** Which stage errors carry: "the environment staging". */
export const stageWords = (carried: string | undefined): string =>
  carried === undefined ? "no environment" : `the environment ${carried}`;

/** The consequence when errors are marked with the wrong stage. */
export function ofAnotherStage(carried: string | undefined, own: string): string {
  if (isWatched(own)) return `${onlyThat}, so none reports them`;
  if (isWatched(carried)) return `alerts take them for errors of ${watchedEnvironment}`;
  return `in Sentry nobody finds them under ${own} (${onlyThat})`;
}
