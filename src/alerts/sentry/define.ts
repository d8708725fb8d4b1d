import type { Owner } from "../../catalog/owners.ts";
import type { App } from "../../catalog/variable.ts";
import type { RepeatMinutes } from "../../model/sentry/repeats.ts";
import type { When } from "./when.ts";

/** The only stage whose alerts wake somebody. */
export const watchedEnvironment = "production";

/**
 * Whether alerts tell of errors of a stage.
 *
 * @internal
 */
export const isWatched = (stage: string | undefined): boolean => stage === watchedEnvironment;

/** An alert at Sentry, as plain data. */
export interface SentryAlertDefinition {
  /** Lower-case words joined by hyphens: the alert's name in previews and drift reports. */
  readonly key: string;
  /** What Sentry shows: what is wrong, in a few words. */
  readonly name: string;
  /** Which apps it watches. */
  readonly in: readonly App[];
  readonly when: When;
  /** Teams that are told by e-mail, and in their Slack channel where Sentry is connected to Slack; the first one owns the alert. */
  readonly notify: readonly [Owner, ...Owner[]];
  /** What is wrong when it fires, and what to do first. */
  readonly because: string;
  readonly environment: string;
  /** How often it is repeated for one issue, in minutes; 0 is each time. */
  readonly atMostEveryMinutes: RepeatMinutes;
}

export interface SentryAlertOptions<Of extends App> {
  /** Lower-case words joined by hyphens. Stays when the name changes. */
  readonly key: string;
  /** What is wrong, in a few words. */
  readonly name: string;
  /** Which apps it watches, of those that have such a thing. */
  readonly in: readonly [NoInfer<Of>, ...NoInfer<Of>[]];
  /** `newIssue()`, `errorCount({ above: 50, perMinutes: 60 })`, … */
  readonly when: When<Of>;
  readonly notify: readonly [Owner, ...Owner[]];
  readonly because: string;
  /**
   * How often it is repeated for one issue, in minutes; 0 is each time.
   * @default 60
   */
  readonly atMostEveryMinutes?: RepeatMinutes;
}

/**
 * An alert on errors, or on requests, of the stage `production`. What types cannot see is found by `sentryAlertFindings`.
 *
 * @example
 * sentryAlert({
 *   key: "error-spike",
 *   name: "Many errors in a short time",
 *   in: ["browser", "server"],
 *   when: errorCount({ above: 50, perMinutes: 60 }),
 *   notify: ["platform"],
 *   because: "Sort the issues of the last hour by events: the one at the top is the cause.",
 * });
 */
export const sentryAlert = <Of extends App>(options: SentryAlertOptions<Of>): SentryAlertDefinition => ({
  atMostEveryMinutes: 60,
  ...options,
  environment: watchedEnvironment,
});

/**
 * What Sentry shows as the name of an alert's monitor: with the project, where it has a monitor in several.
 *
 * @internal
 */
export const monitorName = (
  { name, in: apps }: Pick<SentryAlertDefinition, "name" | "in">,
  app: App,
  slugs: Readonly<Record<App, string>>,
): string => (apps.length > 1 ? `${name} (${slugs[app]})` : name);
