import type { SentryAlertDefinition } from "../../../src/alerts/sentry/index.ts";
import { testErrorTag, watchedEnvironment } from "../../../src/alerts/sentry/index.ts";
import { type Owner, owners } from "../../../src/catalog/owners.ts";
import type { App } from "../../../src/catalog/variable.ts";
import {
  type Answering,
  isDown,
  isMissing,
  type JobRun,
  type Measured,
  monitorPriority,
} from "../../../src/local/twins/sentry/detector-evaluation.ts";
import { metricOf, thresholdsOf } from "../../../src/platform/sentry/metric.ts";
import { monitorBody } from "../../../src/resources/sentry/monitor/body.ts";
import { monitorInputs } from "../../../src/resources/sentry/monitor/inputs.ts";
import { alertUnderTest, type Mistake } from "./mistakes.ts";

/** An error that an app sends to Sentry. */
export interface SentError extends Measured {
  readonly app: App;
  /** The state of its issue: never seen before, resolved before, or known and open. */
  readonly issue: "new" | "resolved before" | "known";
  readonly tags: Readonly<Record<string, string>>;
}

/** A request that the backend answered and traced. */
export interface SentRequest extends Measured {
  readonly app: App;
}

/** A session of the browser app, or a request. */
type Sent = SentError | SentRequest;

interface ErrorOptions {
  readonly in?: App;
  readonly issue?: SentError["issue"];
  readonly isUnhandled?: boolean;
  readonly stage?: string;
  readonly tags?: SentError["tags"];
}

/** Errors, spread over this number of minutes. */
export const errors = (count: number, overMinutes: number, options: ErrorOptions = {}): SentError[] =>
  spread(count, overMinutes).map((at) => ({
    dataset: "events",
    at,
    app: options.in ?? "server",
    environment: options.stage ?? "production",
    issue: options.issue ?? "known",
    isUnhandled: options.isUnhandled ?? false,
    tags: options.tags ?? {},
  }));

/** Requests over this number of minutes. */
export const requests = (
  count: number,
  overMinutes: number,
  options: {
    readonly hasFailed?: boolean;
    readonly ms?: number;
    readonly stage?: string;
    readonly op?: string;
    /** Default: the start of the story. */
    readonly afterMinutes?: number;
  } = {},
): SentRequest[] =>
  spread(count, overMinutes).map((at) => ({
    dataset: "spans",
    at: at + (options.afterMinutes ?? 0) * minuteMs,
    app: "server",
    environment: options.stage ?? "production",
    op: options.op ?? "http.server",
    durationMs: options.ms ?? 200,
    hasFailed: options.hasFailed ?? false,
  }));

/** Sessions of the browser app over this number of minutes. */
export const sessions = (
  count: number,
  overMinutes: number,
  options: { readonly hasCrashed?: boolean; readonly stage?: string; readonly afterMinutes?: number } = {},
): SentRequest[] =>
  spread(count, overMinutes).map((at) => ({
    dataset: "sessions",
    at: at + (options.afterMinutes ?? 0) * minuteMs,
    app: "browser",
    environment: options.stage ?? "production",
    hasCrashed: options.hasCrashed ?? false,
  }));

/** The successive answers of /health, each given for a number of minutes. */
export function answers(
  ...parts: readonly { readonly minutes: number; readonly isGood?: boolean; readonly ms?: number }[]
): Answering[] {
  let from = beginning;
  return parts.map(({ minutes, isGood = true, ms = 200 }) => {
    const to = from + minutes * minuteMs;
    const answer = { from, to, isGood, answersInMs: ms };
    from = to;
    return answer;
  });
}

/** Runs of a job, by the minutes at which they begin. */
export const runs = (
  minutesOfRuns: readonly number[],
  options: { readonly job?: string; readonly minutes?: number; readonly isGood?: boolean } = {},
): JobRun[] =>
  minutesOfRuns.map((minute) => ({
    slug: options.job ?? "cadence-sender",
    at: beginning + minute * minuteMs,
    minutes: options.minutes ?? 1,
    isGood: options.isGood ?? true,
  }));

const minuteMs = 60_000;
const beginning = Date.UTC(2026, 10, 3, 9, 0);
const spread = (count: number, overMinutes: number): number[] =>
  Array.from({ length: count }, (_, index) => beginning + Math.ceil(((index + 1) * overMinutes * minuteMs) / count));

export interface Notification {
  readonly teams: readonly Owner[];
  readonly priority: "high" | "medium";
}

/** Who is notified while this happens, and how urgently, as Sentry evaluates the monitors and conditions that it receives. */
export function notificationOf(
  definition: SentryAlertDefinition,
  ...sent: readonly (readonly Sent[])[]
): Notification | null {
  const alert = alertUnderTest(definition);
  const seen = sent.flat().filter(({ app }) => alert.in.includes(app));
  const priority = alert.when.kind === "issue" ? issuePriority(alert, seen) : highest(alert, seen);
  return priority === null ? null : { teams: alert.notify, priority };
}

/** Whether somebody is notified while an address answers like this. */
export function notificationWhile(definition: SentryAlertDefinition, given: readonly Answering[]): Notification | null {
  const { when, notify, environment } = alertUnderTest(definition);
  // The stack of the alert's stage creates the monitor; the monitor of another stage checks another backend.
  if (when.kind !== "uptime" || environment !== watchedEnvironment) return null;
  const { everyMinutes, timeoutMs, failures } = when;
  const isNotified = isDown({ intervalSeconds: everyMinutes * 60, timeoutMs, downtimeThreshold: failures }, given);
  return isNotified ? { teams: notify, priority: "high" } : null;
}

/** Whether somebody is notified by `untilMinute` about a job that runs like this. */
export function notificationOfRuns(
  definition: SentryAlertDefinition,
  given: readonly JobRun[],
  untilMinute: number,
): Notification | null {
  const { when, notify, environment } = alertUnderTest(definition);
  if (when.kind !== "cron" || environment !== watchedEnvironment) return null;
  const { job, crontab, lateMinutes, longestMinutes, failures } = when;
  const [, every] = /^\*\/(\d+) \* \* \* \*$/.exec(crontab) ?? [];
  const monitor = {
    ...{ slug: job, everyMinutes: every === undefined ? 60 : Number(every) },
    ...{ checkin_margin: lateMinutes, max_runtime: longestMinutes, failure_issue_threshold: failures },
  };
  return isMissing(monitor, given, beginning + untilMinute * minuteMs) ? { teams: notify, priority: "high" } : null;
}

/** An issue alert notifies about the first event that matches its trigger and its conditions. */
function issuePriority(
  { when, environment }: SentryAlertDefinition,
  seen: readonly Sent[],
): Notification["priority"] | null {
  const trigger = when.kind === "issue" ? when.trigger : undefined;
  const issues = { first_seen_event: "new", regression_event: "resolved before" } as const;
  const told = seen.some(
    (one) =>
      "issue" in one &&
      one.environment === environment &&
      trigger !== undefined &&
      one.issue === issues[trigger] &&
      one.tags[testErrorTag] === undefined,
  );
  return told ? "high" : null;
}

/** A monitor for each app, looked at each minute. */
function highest(alert: SentryAlertDefinition, seen: readonly Sent[]): Notification["priority"] | null {
  const { when, environment } = alert;
  if (when.kind !== "metric") return null;
  const body = monitorBody({
    ...{ organization: "brandvx", project: "project", name: alert.name, enabled: true, environment },
    metric: monitorInputs.shape.metric.parse(metricOf(when)),
    thresholds: thresholdsOf(when),
  }) as unknown as { dataSources: [unknown]; conditionGroup: { conditions: unknown } };
  const detector = { dataSource: body.dataSources[0], conditions: body.conditionGroup.conditions };
  const end = Math.max(...seen.map(({ at }) => at), beginning) + minuteMs;
  let found = 0;
  for (const app of alert.in) {
    const ofApp = seen.filter((one) => one.app === app);
    for (let now = beginning; now <= end; now += minuteMs)
      found = Math.max(found, monitorPriority(detector, ofApp, now) ?? 0);
  }
  return found === 75 ? "high" : found === 50 ? "medium" : null;
}

/** The mistakes that people make in an alert of Sentry, one at a time. */
export function sentryAlertMistakes(alert: SentryAlertDefinition): Mistake<SentryAlertDefinition>[] {
  const { when, notify, in: apps } = alert;
  const others = Object.keys(owners).filter((owner): owner is Owner => !notify.includes(owner as Owner));
  const both: readonly App[] = ["browser", "server"];
  return [
    ...whenMistakes(when).map(([mistake, wrong]) => [mistake, { ...alert, when: wrong }] as const),
    ...both.flatMap((app): Mistake<SentryAlertDefinition>[] => {
      const changed = apps.includes(app) ? apps.filter((one) => one !== app) : [...apps, app];
      return [[apps.includes(app) ? `does not watch ${app}` : `watches ${app}, too`, { ...alert, in: changed }]];
    }),
    ["watches another stage", { ...alert, environment: "staging" }],
    ...notify.flatMap((team, index) => [
      [`does not tell ${team}`, { ...alert, notify: notify.filter((one) => one !== team) as never }] as const,
      ...others.map((other) => {
        const swapped = notify.with(index, other) as [Owner, ...Owner[]];
        return [`tells ${other} in the place of ${team}`, { ...alert, notify: swapped }] as const;
      }),
    ]),
  ];
}

type Wrong = [string, SentryAlertDefinition["when"]];

function whenMistakes(when: SentryAlertDefinition["when"]): Wrong[] {
  if (when.kind === "issue") {
    const trigger = when.trigger === "first_seen_event" ? "regression_event" : "first_seen_event";
    return [[`is triggered by ${trigger}`, { ...when, trigger }]];
  }
  if (when.kind === "uptime")
    return [
      ...([1, 5, 10, 60] as const)
        .filter((minutes) => minutes !== when.everyMinutes)
        .map((everyMinutes): Wrong => [`asks every ${everyMinutes} minutes`, { ...when, everyMinutes }]),
      ...[0.1, 0.5, 2].map(
        (factor): Wrong => [`waits ${factor} times as long`, { ...when, timeoutMs: when.timeoutMs * factor }],
      ),
      ...[-1, 1, 10].map(
        (more): Wrong => [`fires ${more} failures later`, { ...when, failures: when.failures + more }],
      ),
    ];
  if (when.kind === "cron")
    return [
      ["waits for another job", { ...when, job: "another-job" }],
      ...["*/1", "*/10", "0"].map((minute): Wrong => [`runs at ${minute}`, { ...when, crontab: `${minute} * * * *` }]),
      ...[1, 10, 60].map((lateMinutes): Wrong => [`waits ${lateMinutes} minutes`, { ...when, lateMinutes }]),
      ...[5, 10, 30, 60].map(
        (longestMinutes): Wrong => [`lets it run ${longestMinutes} minutes`, { ...when, longestMinutes }],
      ),
      ...[-1, 1].map((more): Wrong => [`fires ${more} runs later`, { ...when, failures: when.failures + more }]),
    ];
  if ("below" in when) {
    const { below, warnBelow = below, perMinutes } = when;
    return [
      ...[0.5, 0.9, 0.98, 1.02, 100].map(
        (factor): Wrong => [
          `fires below ${below * factor}`,
          { ...when, below: below * factor, warnBelow: Math.max(warnBelow, below * factor * 1.01) },
        ],
      ),
      ["does not warn", (({ warnBelow: _, ...rest }) => rest)(when)],
      ...[0.985, 1.015].map(
        (factor): Wrong => [`warns below ${warnBelow * factor}`, { ...when, warnBelow: warnBelow * factor }],
      ),
      ...([30, 60, 720, 1440] as const)
        .filter((minutes) => minutes !== perMinutes)
        .map((minutes): Wrong => [`adds up ${minutes} minutes`, { ...when, perMinutes: minutes }]),
    ];
  }
  const { above, warnAbove, perMinutes } = when;
  const factors = [1000, 100, 10, 2, 0.5, 0.1, 0.01, 0.001];
  const measures = ["errors", "unhandled errors", "failing share of requests", "p95 duration of requests"] as const;
  return [
    ...factors.map((factor): [string, typeof when] => [
      `fires above ${above * factor}`,
      {
        ...when,
        above: above * factor,
        ...(warnAbove === undefined ? {} : { warnAbove: Math.min(warnAbove, above * factor * 0.9) }),
      },
    ]),
    ...(warnAbove === undefined
      ? [["warns at half of it", { ...when, warnAbove: above / 2 }] as [string, typeof when]]
      : [
          ["does not warn", (({ warnAbove: _, ...rest }) => rest)(when)] as [string, typeof when],
          ...[0.1, 0.5, 1.5].map((factor): [string, typeof when] => [
            `warns above ${warnAbove * factor}`,
            { ...when, warnAbove: warnAbove * factor },
          ]),
        ]),
    ...([5, 10, 30, 60, 240, 1440] as const)
      .filter((minutes) => minutes !== perMinutes)
      .map((minutes): [string, typeof when] => [`adds up ${minutes} minutes`, { ...when, perMinutes: minutes }]),
    ...measures
      .filter((measure) => measure !== when.measure)
      .map((measure): [string, typeof when] => [`measures ${measure}`, { ...when, measure }]),
  ];
}
