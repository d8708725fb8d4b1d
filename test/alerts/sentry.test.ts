import { describe, expect, test } from "vitest";
import { sentryAlerts } from "../../alerts/sentry.ts";
import {
  errorCount,
  failingShare,
  newIssue,
  p95Duration,
  regression,
  type SentryAlertDefinition,
  sentryAlert,
  sentryAlertFindings,
  unhandledErrors,
} from "../../src/alerts/sentry/index.ts";

const options = {
  key: "too-many",
  name: "Too many",
  notify: ["platform"],
  because: "Look at the newest issue.",
} as const;

describe("the alerts of this project", () => {
  test("have nothing wrong with them", () => {
    expect(sentryAlertFindings(sentryAlerts)).toEqual([]);
  });

  test("watch production alone, and say what to do", () => {
    for (const { environment, because, notify } of sentryAlerts) {
      expect(environment).toBe("production");
      expect(because.length).toBeGreaterThan(40);
      expect(notify.length).toBeGreaterThan(0);
    }
  });

  test("cover new and returning issues, spikes, failing and slow requests, crashes in the browser, a backend that is away and jobs that do not run", () => {
    const watched = sentryAlerts.map(
      ({ when, in: apps }) =>
        `${when.kind === "issue" ? when.trigger : when.kind === "metric" ? when.measure : when.kind} in ${apps.join(" and ")}`,
    );
    expect(watched).toEqual(
      expect.arrayContaining([
        "first_seen_event in browser and server",
        "regression_event in browser and server",
        "errors in browser and server",
        "failing share of requests in server",
        "p95 duration of requests in server",
        "unhandled errors in browser",
        "share of sessions without a crash in browser",
        "uptime in server",
        "cron in server",
      ]),
    );
  });
});

describe("an alert", () => {
  test("does not compile on an app that has no such thing, with a window that Sentry does not take, or for nobody", () => {
    sentryAlert({ ...options, in: ["browser", "server"], when: newIssue() });
    // @ts-expect-error the browser app answers no requests
    sentryAlert({ ...options, in: ["browser"], when: failingShare({ above: 0.1, perMinutes: 60 }) });
    // @ts-expect-error there is no such app
    sentryAlert({ ...options, in: ["mobile"], when: regression() });
    // @ts-expect-error no app is watched
    sentryAlert({ ...options, in: [], when: newIssue() });
    // @ts-expect-error there is no window of 45 minutes
    sentryAlert({ ...options, in: ["server"], when: errorCount({ above: 1, perMinutes: 45 }) });
    // @ts-expect-error spans are not counted by the minute
    sentryAlert({ ...options, in: ["server"], when: p95Duration({ aboveMs: 100, perMinutes: 1 }) });
    // @ts-expect-error durations are in milliseconds, and say so
    sentryAlert({ ...options, in: ["server"], when: p95Duration({ above: 100, perMinutes: 5 }) });
    // @ts-expect-error there is no such team
    sentryAlert({ ...options, in: ["server"], when: newIssue(), notify: ["nobody"] });
    // @ts-expect-error nobody is notified
    sentryAlert({ ...options, in: ["server"], when: newIssue(), notify: [] });
    // @ts-expect-error Sentry repeats after 5, 10, 30, … minutes
    sentryAlert({ ...options, in: ["server"], when: newIssue(), atMostEveryMinutes: 7 });
  });

  test("is plain data", () => {
    const alert = sentryAlert({ ...options, in: ["server"], when: p95Duration({ aboveMs: 900, perMinutes: 15 }) });
    expect(alert).toEqual({
      ...options,
      in: ["server"],
      when: { kind: "metric", apps: ["server"], measure: "p95 duration of requests", above: 900, perMinutes: 15 },
      environment: "production",
      atMostEveryMinutes: 60,
    });
  });

  test("is found wrong in a preview where types were gone around, with all that is wrong at once", () => {
    const good = sentryAlert({
      ...options,
      in: ["browser"],
      when: unhandledErrors({ above: 10, warnAbove: 5, perMinutes: 60 }),
    });
    const wrong = {
      ...good,
      key: "Too Many",
      name: " ",
      because: "",
      notify: ["plattform"],
      atMostEveryMinutes: 7,
      when: { ...good.when, above: 5.5, warnAbove: 6, perMinutes: 45 },
    } as unknown as SentryAlertDefinition;
    const told = sentryAlertFindings([wrong]).map(({ where, problem, fix }) => `${where}  ${problem}: ${fix}`);
    expect(told).toMatchInlineSnapshot(`
      [
        "alerts/sentry.ts  "Too Many"  has the key "Too Many": make it of lower-case letters, digits and hyphens",
        "alerts/sentry.ts  "Too Many"  has no name: say in a few words what is wrong when it fires",
        "alerts/sentry.ts  "Too Many"  has no \`because\`: say what is wrong and what to do first",
        "alerts/sentry.ts  "Too Many"  tells the team "plattform", which does not exist: did you mean platform?",
        "alerts/sentry.ts  "Too Many"  has atMostEveryMinutes: 7: Sentry takes 0, 5, 10, 30, 60, 180, 720, 1440",
        "alerts/sentry.ts  "Too Many"  has perMinutes: 45: Sentry takes 1, 5, 10, 15, 30, 60, 120, 240, 1440",
        "alerts/sentry.ts  "Too Many"  fires above 5.5: errors are counted in whole numbers",
        "alerts/sentry.ts  "Too Many"  warns above 6, which is not before it fires above 5.5: warn below the threshold, or not at all",
      ]
    `);
  });

  test.each<[string, object, string]>([
    [
      "a share that was meant as a percentage",
      failingShare({ above: 5, perMinutes: 60 }),
      "fires above a share of 5, which is never",
    ],
    ["a threshold that is no number", errorCount({ above: Number.NaN, perMinutes: 60 }), "fires above NaN"],
    ["a negative threshold", errorCount({ above: -1, perMinutes: 60 }), "fires above -1"],
    ["no time at all", p95Duration({ aboveMs: 0, perMinutes: 60 }), "fires above 0"],
    ["spans by the minute", { ...failingShare({ above: 0.1, perMinutes: 5 }), perMinutes: 1 }, "has perMinutes: 1"],
    ["an app that has none of it", { ...regression(), apps: ["browser"] }, "watches server, which has no such issues"],
  ])("with %s is found", (_, when, problem) => {
    const alert = { ...sentryAlert({ ...options, in: ["server"], when: newIssue() }), when } as SentryAlertDefinition;
    expect(sentryAlertFindings([alert]).map((finding) => finding.problem)).toEqual([problem]);
  });

  test("without any app, without anybody, or with the key and the name of another is found", () => {
    const good = sentryAlert({ ...options, in: ["server"], when: newIssue() });
    const empty = { ...good, key: "other", in: [], notify: [] } as unknown as SentryAlertDefinition;
    expect(sentryAlertFindings([good, good, empty]).map(({ problem }) => problem)).toEqual([
      'has the key "too-many" of another alert',
      'has the name "Too many" of another alert',
      'has the name "Too many" of another alert',
      "watches no app",
      "tells nobody",
    ]);
  });

  test("may fire at the first error: zero is a threshold for counts", () => {
    const alert = sentryAlert({ ...options, in: ["server"], when: errorCount({ above: 0, perMinutes: 5 }) });
    expect(sentryAlertFindings([alert])).toEqual([]);
  });
});
