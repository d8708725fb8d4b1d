import type { Finding } from "../../catalog/finding.ts";
import { suggestion } from "../../catalog/nearest.ts";
import { type Owner, owners } from "../../catalog/owners.ts";
import type { App } from "../../catalog/variable.ts";
import type { Problem } from "../../insights/define/check/problem.ts";
import { leastMilliseconds } from "../../insights/define/index.ts";
import {
  longestCronMinutes,
  shortestSpanWindowMinutes,
  uptimeIntervalsSeconds,
  windowsMinutes,
} from "../../model/sentry/monitors.ts";
import { repeatsMinutes } from "../../model/sentry/repeats.ts";
import { sentryTextProblem, sentryTexts, slugPattern } from "../../model/sentry/texts.ts";
import { keyProblem } from "../../model/text.ts";
import { monitorName, type SentryAlertDefinition } from "./define.ts";
import { type CronWhen, type MetricWhen, measures, sessionWindowsMinutes, type When } from "./when.ts";

/**
 * Everything that Sentry would refuse, or that would never fire or always, for all alerts at once.
 * `slugs` of the apps' projects stand in the names of monitors; left out, they count as Sentry's longest.
 *
 * @internal
 */
export function sentryAlertFindings(
  alerts: readonly SentryAlertDefinition[],
  slugs: Readonly<Record<App, string>> = longestSlugs,
): Finding[] {
  return alerts.flatMap((alert, index) => {
    const where = `alerts/sentry.ts  "${alert.key}"`;
    const earlier = alerts.slice(0, index);
    const found = [
      ...textFindings(alert),
      ...nameFindings(alert, slugs),
      ...repeated("key", alert, earlier),
      ...repeated("name", alert, earlier),
      ...appFindings(alert),
      ...teamFindings(alert),
      ...oneOf("atMostEveryMinutes", alert.atMostEveryMinutes, repeatsMinutes),
      ...whenFindings(alert.when),
    ];
    return found.map((finding) => ({ where, ...finding }));
  });
}

const longestSlug = "x".repeat(sentryTexts.projectName);
const longestSlugs: Readonly<Record<App, string>> = { browser: longestSlug, server: longestSlug };

function textFindings({ key, name, because }: SentryAlertDefinition): Problem[] {
  const found: Problem[] = [];
  const wrong = keyProblem(key);
  if (wrong) found.push({ ...wrong, value: key });
  if (name.trim() === "")
    found.push({ problem: "has no name", fix: "say in a few words what is wrong when it fires", value: name });
  if (because.trim() === "")
    found.push({ problem: "has no `because`", fix: "say what is wrong and what to do first", value: because });
  const refused = sentryTextProblem(because);
  if (refused) found.push({ problem: `has a \`because\` that ${refused.problem}`, fix: refused.fix, value: because });
  return found;
}

/** An alert's own name, and those of the monitors that it needs. */
function nameFindings(alert: SentryAlertDefinition, slugs: Readonly<Record<App, string>>): Problem[] {
  const own = sentryTextProblem(alert.name, "alertName");
  if (own) return [{ problem: `has a name that ${own.problem}`, fix: own.fix, value: alert.name }];
  if (alert.when.kind === "issue") return [];
  const names = new Set(alert.in.map((app) => monitorName(alert, app, slugs)));
  return [...names].flatMap((name) => {
    const found = sentryTextProblem(name, "monitorName");
    return found
      ? [{ problem: `has a monitor whose name ${found.problem}: ${name}`, fix: found.fix, value: name }]
      : [];
  });
}

const repeated = (
  field: "key" | "name",
  alert: SentryAlertDefinition,
  earlier: readonly SentryAlertDefinition[],
): Problem[] =>
  earlier.some((other) => other[field] === alert[field])
    ? [
        {
          problem: `has the ${field} "${alert[field]}" of another alert`,
          fix: `give each a ${field} of its own`,
          value: alert[field],
        },
      ]
    : [];

function appFindings({ in: apps, when }: SentryAlertDefinition): Problem[] {
  if (apps.length === 0) return [{ problem: "watches no app", fix: 'name one in `in`, such as "server"', value: apps }];
  const twice = apps.find((app, index) => apps.indexOf(app) !== index);
  if (twice) return [{ problem: `watches ${twice} twice`, fix: "name each app once in `in`", value: apps }];
  return apps
    .filter((app) => !(when.apps as readonly string[]).includes(app))
    .map((app) => ({
      problem: `watches ${app}, which has no ${nameOf(when)}`,
      fix: `it can watch ${when.apps.join(" and ")}`,
      value: app,
    }));
}

function teamFindings({ notify }: SentryAlertDefinition): Problem[] {
  const teams: readonly Owner[] = notify;
  if (teams.length === 0)
    return [{ problem: "tells nobody", fix: "name a team in `notify`; the first one owns the alert", value: teams }];
  return teams
    .filter((team) => !Object.hasOwn(owners, team))
    .map((team) => ({
      problem: `tells the team "${team}", which does not exist`,
      fix: suggestion(team, Object.keys(owners)),
      value: team,
    }));
}

const nameOf = (when: When): string =>
  ({
    issue: "such issues",
    metric: when.kind === "metric" ? when.measure : "",
    uptime: "address to ask",
    cron: "jobs",
  })[when.kind];

function whenFindings(when: When): Problem[] {
  switch (when.kind) {
    case "issue":
      return [];
    case "metric":
      return metricFindings(when);
    case "uptime":
      return [
        ...oneOf("everyMinutes", when.everyMinutes, Object.keys(uptimeIntervalsSeconds).map(Number)),
        ...between("timeoutMs", when.timeoutMs, 1000, 60_000),
        ...between("failures", when.failures, 1, 100),
      ];
    case "cron":
      return cronFindings(when);
  }
}

function cronFindings({ job, crontab, lateMinutes, longestMinutes, failures }: CronWhen): Problem[] {
  const found: Problem[] = [];
  if (!slugPattern.test(job))
    found.push({
      problem: `waits for the job "${job}"`,
      fix: "make it of at most 50 lower-case letters, digits and hyphens",
      value: job,
    });
  if (!/^[\d*/,-]+( [\d*/,A-Za-z-]+){4}$/.test(crontab))
    found.push({ problem: `has the crontab "${crontab}"`, fix: "five fields, such as 0 * * * *", value: crontab });
  return [
    ...found,
    ...between("lateMinutes", lateMinutes, 1, longestCronMinutes),
    ...between("longestMinutes", longestMinutes, 1, longestCronMinutes),
    ...between("failures", failures, 1, 720),
  ];
}

const between = (field: string, value: number, least: number, most: number): Problem[] =>
  Number.isInteger(value) && value >= least && value <= most
    ? []
    : [{ problem: `has ${field}: ${value}`, fix: `give it a whole number from ${least} to ${most}`, value }];

function metricFindings(when: MetricWhen): Problem[] {
  const { unit, of } = measures[when.measure];
  const windows =
    of === "sessions"
      ? sessionWindowsMinutes
      : windowsMinutes.filter((minutes) => of === "errors" || minutes >= shortestSpanWindowMinutes);
  const falls = "below" in when;
  const [fires, warns] = falls ? [when.below, when.warnBelow] : [when.above, when.warnAbove];
  const [field, warnField, word] = falls ? ["below", "warnBelow", "below"] : ["above", "warnAbove", "above"];
  const isBefore = warns === undefined || (falls ? warns > fires : warns < fires);
  return [
    ...oneOf("perMinutes", when.perMinutes, windows),
    ...thresholdFindings(field, fires, unit),
    ...(warns === undefined ? [] : thresholdFindings(warnField, warns, unit)),
    ...(isBefore
      ? []
      : [
          {
            problem: `warns ${word} ${warns}, which is not before it fires ${word} ${fires}`,
            fix: falls ? "warn above the threshold, or not at all" : "warn below the threshold, or not at all",
            value: warns,
          },
        ]),
  ];
}

function thresholdFindings(field: string, value: number, unit: "count" | "share" | "ms"): Problem[] {
  const falls = field.toLowerCase().endsWith("below");
  if (!Number.isFinite(value) || value < 0 || (unit === "ms" && value === 0))
    return [{ problem: `fires ${field} ${value}`, fix: "give it a number that can be exceeded", value }];
  if (unit === "ms" && value < leastMilliseconds)
    return [{ problem: `fires ${field} ${value} ms, which every request takes`, fix: "3 seconds are 3000", value }];
  if (falls && (value === 0 || value > 1))
    return [
      {
        problem: `fires ${field} a share of ${value}, which is ${value === 0 ? "never" : "always"}`,
        fix: "a share of 95 % is 0.95",
        value,
      },
    ];
  if (!falls && unit === "share" && value >= 1)
    return [{ problem: `fires ${field} a share of ${value}, which is never`, fix: "a share of 5 % is 0.05", value }];
  if (unit === "count" && !Number.isInteger(value))
    return [{ problem: `fires ${field} ${value}`, fix: "errors are counted in whole numbers", value }];
  return [];
}

const oneOf = (field: string, value: number, allowed: readonly number[]): Problem[] =>
  allowed.includes(value)
    ? []
    : [{ problem: `has ${field}: ${value}`, fix: `Sentry takes ${allowed.join(", ")}`, value }];
