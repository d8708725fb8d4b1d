import { describe, expect } from "vitest";
import { sentryAlerts } from "../../alerts/index.ts";
import { type SentryAlertDefinition, sentryAlertFindings } from "../../src/alerts/sentry/index.ts";
import { mistakesAreNoticed, test } from "./support/mistakes.ts";
import {
  answers,
  errors,
  notificationOf,
  notificationOfRuns,
  notificationWhile,
  requests,
  runs,
  sentryAlertMistakes,
  sessions,
} from "./support/sentry-alerts.ts";

const alertWith = (key: string): SentryAlertDefinition => {
  const found = sentryAlerts.find((alert) => alert.key === key);
  if (found === undefined) throw new Error(`there is no alert "${key}"`);
  return found;
};

const platform = { teams: ["platform"], priority: "high" } as const;
const platformWarned = { teams: ["platform"], priority: "medium" } as const;

describe("issues", () => {
  test("one that was never there before is told to platform, from either app; one that is known is not", async () => {
    const alert = alertWith("new-issue");
    expect(notificationOf(alert, errors(1, 1, { issue: "new" }))).toEqual(platform);
    expect(notificationOf(alert, errors(1, 1, { issue: "new", in: "browser" }))).toEqual(platform);
    expect(notificationOf(alert, errors(200, 60), errors(1, 1, { issue: "resolved before" }))).toBeNull();
  });

  test("one that was mended and is back is told to platform; a new one is not told twice", async () => {
    const alert = alertWith("regression");
    expect(notificationOf(alert, errors(1, 1, { issue: "resolved before" }))).toEqual(platform);
    expect(notificationOf(alert, errors(1, 1, { issue: "resolved before", in: "browser" }))).toEqual(platform);
    expect(notificationOf(alert, errors(1, 1, { issue: "new" }), errors(200, 60))).toBeNull();
  });

  test("of another stage, or of the check after a deployment, nobody is told", async () => {
    for (const [key, issue] of [
      ["new-issue", "new"],
      ["regression", "resolved before"],
    ] as const) {
      expect(notificationOf(alertWith(key), errors(1, 1, { issue, stage: "staging" }))).toBeNull();
      expect(notificationOf(alertWith(key), errors(1, 1, { issue, tags: { obs: "verify" } }))).toBeNull();
    }
  });
});

describe("many errors", () => {
  const alert = alertWith("error-spike");

  test("51 within an hour are told to platform, 26 warn, and 25 are everyday life", async () => {
    for (const app of ["browser", "server"] as const) {
      expect(notificationOf(alert, errors(51, 58, { in: app }))).toEqual(platform);
      expect(notificationOf(alert, errors(50, 58, { in: app }))).toEqual(platformWarned);
      expect(notificationOf(alert, errors(26, 58, { in: app }))).toEqual(platformWarned);
      expect(notificationOf(alert, errors(25, 58, { in: app }))).toBeNull();
    }
  });

  test("the errors of an app are its own, and those of another stage nobody's", async () => {
    expect(notificationOf(alert, errors(20, 58, { in: "browser" }), errors(20, 58, { in: "server" }))).toBeNull();
    expect(notificationOf(alert, errors(90, 58, { stage: "staging" }))).toBeNull();
  });

  test("twenty-five an hour, hour after hour, stay everyday life", async () => {
    expect(notificationOf(alert, errors(96, 240))).toBeNull();
  });
});

describe("requests", () => {
  const failing = alertWith("failing-requests");
  const slow = alertWith("slow-requests");

  test("when 6 of 100 fail within an hour, platform is told; 3 of 100 warn; 2 of 100 are everyday life", async () => {
    const hour = (failed: number) =>
      notificationOf(failing, requests(100 - failed, 55), requests(failed, 2, { hasFailed: true, afterMinutes: 55 }));
    expect(hour(6)).toEqual(platform);
    expect(hour(5)).toEqual(platformWarned);
    expect(hour(3)).toEqual(platformWarned);
    expect(hour(2)).toBeNull();
  });

  test("a bad minute of a busy hour is no trouble, and a bad hour after a good day is one", async () => {
    expect(
      notificationOf(failing, requests(800, 55), requests(3, 2, { hasFailed: true, afterMinutes: 55 })),
    ).toBeNull();
    const good = requests(2000, 240);
    const bad = { afterMinutes: 240 } as const;
    expect(
      notificationOf(failing, good, requests(540, 58, bad), requests(60, 58, { ...bad, hasFailed: true })),
    ).toEqual(platform);
    expect(notificationOf(slow, good, requests(80, 58, bad), requests(20, 58, { ...bad, ms: 3500 }))).toEqual(platform);
  });

  test("a slow half hour of few requests is no slow hour", async () => {
    const second = { afterMinutes: 29 } as const;
    expect(
      notificationOf(slow, requests(1000, 29), requests(90, 29, second), requests(10, 29, { ...second, ms: 3500 })),
    ).toBeNull();
  });

  test("when one in twenty takes longer than three seconds, platform is told; longer than 1.5 warns; fast ones do not", async () => {
    const hour = (ms: number, slowOnes = 8) =>
      notificationOf(slow, requests(100 - slowOnes, 58), requests(slowOnes, 58, { ms }));
    expect(hour(3500)).toEqual(platform);
    expect(hour(2900)).toEqual(platformWarned);
    expect(hour(1600)).toEqual(platformWarned);
    expect(hour(1400)).toBeNull();
    expect(hour(9000, 2)).toBeNull();
  });

  test("requests of another stage, and what they do inside, are not looked at; errors are no requests", async () => {
    const inside = { hasFailed: true, ms: 9000, op: "db" } as const;
    const elsewhere = { hasFailed: true, ms: 9000, stage: "staging" } as const;
    for (const alert of [failing, slow])
      expect(
        notificationOf(alert, requests(90, 58), requests(60, 58, inside), requests(60, 58, elsewhere), errors(20, 58)),
      ).toBeNull();
  });
});

describe("the browser app", () => {
  const alert = alertWith("browser-crash");
  const crashes = (count: number, overMinutes = 28) => errors(count, overMinutes, { in: "browser", isUnhandled: true });
  const told = { teams: ["platform", "growth"], priority: "high" } as const;

  test("when it crashes 11 times in half an hour, platform and growth are told; 10 times are not enough", async () => {
    expect(notificationOf(alert, crashes(11))).toEqual(told);
    expect(notificationOf(alert, crashes(10))).toBeNull();
  });

  test("errors that it caught, crashes of the backend and those of another stage are no crashes", async () => {
    expect(notificationOf(alert, errors(90, 28, { in: "browser" }))).toBeNull();
    expect(notificationOf(alert, errors(90, 28, { in: "server", isUnhandled: true }))).toBeNull();
    expect(notificationOf(alert, errors(90, 28, { in: "browser", isUnhandled: true, stage: "staging" }))).toBeNull();
  });

  test("ten in each half hour are not added up", async () => {
    expect(notificationOf(alert, crashes(80, 240))).toBeNull();
  });
});

describe("release health", () => {
  const alert = alertWith("crash-free-sessions");
  const four = (crashed: number) =>
    notificationOf(alert, sessions(200 - crashed, 235), sessions(crashed, 4, { hasCrashed: true, afterMinutes: 235 }));

  test("when more than one session in twenty crashes within four hours platform is told; one in fifty warns", async () => {
    expect(four(11)).toEqual(platform);
    expect(four(10)).toEqual(platformWarned);
    expect(four(5)).toEqual(platformWarned);
    expect(four(4)).toBeNull();
  });

  test("a bad quarter of an hour after a good one is not a bad release, and a bad half day is one", async () => {
    const bad = { hasCrashed: true, afterMinutes: 100 } as const;
    expect(notificationOf(alert, sessions(400, 100), sessions(6, 2, bad))).toBeNull();
    const later = { afterMinutes: 600 } as const;
    expect(
      notificationOf(
        alert,
        sessions(3000, 600),
        sessions(90, 230, later),
        sessions(10, 230, { ...later, hasCrashed: true }),
      ),
    ).toEqual(platform);
  });

  test("sessions of another stage are not looked at", async () => {
    expect(
      notificationOf(alert, sessions(90, 200), sessions(50, 200, { hasCrashed: true, stage: "staging" })),
    ).toBeNull();
  });
});

describe("/health", () => {
  const alert = alertWith("backend-away");

  test("that is away for three minutes is told to platform, for two it may be a deployment", async () => {
    const away = (minutes: number) =>
      notificationWhile(alert, answers({ minutes: 9 }, { minutes, isGood: false }, { minutes: 9 }));
    expect(away(3)).toEqual(platform);
    expect(away(2)).toBeNull();
  });

  test("that takes longer than ten seconds is away", async () => {
    const slow = (ms: number) => notificationWhile(alert, answers({ minutes: 9 }, { minutes: 3, ms }, { minutes: 9 }));
    expect(slow(10_100)).toEqual(platform);
    expect(slow(9900)).toBeNull();
  });
});

describe("the cadence sender", () => {
  const alert = alertWith("cadence-sender");
  const told = { teams: ["messaging", "platform"], priority: "high" } as const;
  const every = (minutes: number, until: number) =>
    Array.from({ length: Math.floor(until / minutes) + 1 }, (_, index) => index * minutes);

  test("that runs every five minutes is as it should be, also when it is four minutes late or takes a quarter of an hour", async () => {
    expect(notificationOfRuns(alert, runs(every(5, 60)), 62)).toBeNull();
    expect(notificationOfRuns(alert, runs([0, ...every(5, 60).map((minute) => minute + 4)]), 62)).toBeNull();
    expect(notificationOfRuns(alert, runs(every(5, 60), { minutes: 15 }), 62)).toBeNull();
  });

  test("that misses two runs in a row, fails twice or takes longer than a quarter of an hour is told", async () => {
    expect(notificationOfRuns(alert, runs([0, 5, 16, 21]), 22)).toBeNull();
    expect(notificationOfRuns(alert, runs([0, 5, 22, 27]), 28)).toEqual(told);
    expect(notificationOfRuns(alert, runs([0, 5]), 21)).toEqual(told);
    expect(notificationOfRuns(alert, runs(every(5, 60), { isGood: false }), 62)).toEqual(told);
    expect(notificationOfRuns(alert, runs(every(5, 60), { minutes: 16 }), 62)).toEqual(told);
  });

  test("that never sent a check-in, or another job that does not run, fires nothing", async () => {
    expect(notificationOfRuns(alert, [], 600)).toBeNull();
    expect(notificationOfRuns(alert, [...runs(every(5, 60)), ...runs([0], { job: "another-job" })], 62)).toBeNull();
  });
});

mistakesAreNoticed(sentryAlerts, sentryAlertMistakes, (alert) => sentryAlertFindings([alert]));
