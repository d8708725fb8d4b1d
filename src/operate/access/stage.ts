import { isWatched, watchedEnvironment } from "../../alerts/sentry/index.ts";

const onlyThat = `alerts watch ${watchedEnvironment} alone`;

/** What is to be known of errors that arrive as they are meant to; undefined where alerts tell of them. */
export const withoutAlerts = (stage: string): string | undefined =>
  isWatched(stage) ? undefined : `no alert tells of them: ${onlyThat}`;

/** Which stage errors carry: "the environment staging". */
export const stageWords = (carried: string | undefined): string =>
  carried === undefined ? "no environment" : `the environment ${carried}`;

/** What follows where errors carry another stage than their own. */
export function ofAnotherStage(carried: string | undefined, own: string): string {
  if (isWatched(own)) return `${onlyThat}, so that none tells of them`;
  if (isWatched(carried)) return `alerts take them for errors of ${watchedEnvironment}`;
  return `in Sentry nobody finds them under ${own} (${onlyThat})`;
}
