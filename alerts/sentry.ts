import {
  crashFreeSessions,
  errorCount,
  failingShare,
  missedRuns,
  newIssue,
  p95Duration,
  regression,
  sentryAlert,
  unhandledErrors,
  unreachable,
} from "../src/alerts/sentry/index.ts";

/** Alerts on errors and slow requests of the apps, and who is notified. All watch only the stage `production`. */
export const sentryAlerts = [
  sentryAlert({
    key: "new-issue",
    name: "Something broke that never broke before",
    in: ["browser", "server"],
    when: newIssue(),
    notify: ["platform"],
    because:
      "Look at the release that the issue came with: if it is the newest one, roll it back or fix it; resolve the issue with the release that mends it.",
    atMostEveryMinutes: 30,
  }),
  sentryAlert({
    key: "regression",
    name: "Something broke again that was mended",
    in: ["browser", "server"],
    when: regression(),
    notify: ["platform"],
    because:
      "Compare with the release that resolved the issue: either it was not mended for everybody, or a later change undid it.",
    atMostEveryMinutes: 30,
  }),
  sentryAlert({
    key: "error-spike",
    name: "Many errors in a short time",
    in: ["browser", "server"],
    when: errorCount({ above: 50, warnAbove: 25, perMinutes: 60 }),
    notify: ["platform"],
    because:
      "Sort the issues of the last hour by events: one at the top is one cause, often the last deployment; many alike point at a service that is down, so look at /health first.",
  }),
  sentryAlert({
    key: "failing-requests",
    name: "Requests to the backend fail",
    in: ["server"],
    when: failingShare({ above: 0.05, warnAbove: 0.02, perMinutes: 60 }),
    notify: ["platform"],
    because:
      "More than one request in twenty fails: look at /health, then at the transactions with the highest failure rate, and at the log of the service on Render.",
  }),
  sentryAlert({
    key: "slow-requests",
    name: "Requests to the backend are slow",
    in: ["server"],
    when: p95Duration({ aboveMs: 3000, warnAboveMs: 1500, perMinutes: 60 }),
    notify: ["platform"],
    because:
      "One request in twenty takes longer than three seconds: look at the slowest transactions and at their longest span; a database, a model provider or a Redis that is away shows there.",
  }),
  sentryAlert({
    key: "browser-crash",
    name: "The browser app crashes",
    in: ["browser"],
    when: unhandledErrors({ above: 10, perMinutes: 30 }),
    notify: ["platform", "growth"],
    because:
      "People see a page that stopped working: watch the replay of the newest event, and roll the deployment on Cloudflare Pages back when its release is the newest.",
    atMostEveryMinutes: 30,
  }),
  sentryAlert({
    key: "crash-free-sessions",
    name: "Many sessions of the browser app crash",
    in: ["browser"],
    when: crashFreeSessions({ below: 0.95, warnBelow: 0.98, perMinutes: 240 }),
    notify: ["platform"],
    because:
      "More than one session in twenty ends in a crash: compare the releases by crash-free sessions, and roll the deployment on Cloudflare Pages back when the newest one is the worse.",
  }),
  sentryAlert({
    key: "backend-away",
    name: "The backend does not answer",
    in: ["server"],
    when: unreachable({ everyMinutes: 1, timeoutMs: 10_000, failures: 3 }),
    notify: ["platform"],
    because:
      "/health has not answered from outside for three minutes: look at the service and its newest deployment on Render, and roll that back when it began with it.",
  }),
  sentryAlert({
    key: "cadence-sender",
    name: "The cadence sender does not run",
    in: ["server"],
    when: missedRuns({
      job: "cadence-sender",
      crontab: "*/5 * * * *",
      lateMinutes: 5,
      longestMinutes: 15,
      failures: 2,
    }),
    notify: ["messaging", "platform"],
    because:
      "Two runs in a row were missed or failed, so messages of cadences wait: look at the job's log on Render and at the newest errors with the tag tool:cadence.send.",
  }),
];
