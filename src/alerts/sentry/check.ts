import type { Finding } from "../../catalog/finding.ts";
import { suggestion } from "../../catalog/nearest.ts";
import { type Owner, owners } from "../../catalog/owners.ts";
import type { App } from "../../catalog/variable.ts";
import { leastMilliseconds } from "../../insights/define/index.ts";
import { shortestSpanWindowMinutes, windowsMinutes } from "../../model/sentry/monitors.ts";
import { repeatsMinutes } from "../../model/sentry/repeats.ts";
import { sentryTextProblem, sentryTexts } from "../../model/sentry/texts.ts";
import { monitorName, type SentryAlertDefinition } from "./define.ts";
import { type MetricWhen, measures } from "./when.ts";

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
      ...(alert.when.kind === "metric" ? metricFindings(alert.when) : []),
    ];
    return found.map((finding) => ({ where, ...finding }));
  });
}

const longestSlug = "x".repeat(sentryTexts.projectName);
const longestSlugs: Readonly<Record<App, string>> = { browser: longestSlug, server: longestSlug };

type Found = Omit<Finding, "where">;

function textFindings({ key, name, because }: SentryAlertDefinition): Found[] {
  const found: Found[] = [];
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key))
    found.push({
      problem: `has the key "${key}"`,
      fix: "make it of lower-case letters, digits and hyphens",
      value: key,
    });
  if (name.trim() === "")
    found.push({ problem: "has no name", fix: "say in a few words what is wrong when it fires", value: name });
  if (because.trim() === "")
    found.push({ problem: "has no `because`", fix: "say what is wrong and what to do first", value: because });
  const refused = sentryTextProblem(because);
  if (refused) found.push({ problem: `has a \`because\` that ${refused.problem}`, fix: refused.fix, value: because });
  return found;
}

/** An alert's own name, and those of the monitors that it needs. */
function nameFindings(alert: SentryAlertDefinition, slugs: Readonly<Record<App, string>>): Found[] {
  const own = sentryTextProblem(alert.name, "alertName");
  if (own) return [{ problem: `has a name that ${own.problem}`, fix: own.fix, value: alert.name }];
  if (alert.when.kind !== "metric") return [];
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
): Found[] =>
  earlier.some((other) => other[field] === alert[field])
    ? [
        {
          problem: `has the ${field} "${alert[field]}" of another alert`,
          fix: `give each a ${field} of its own`,
          value: alert[field],
        },
      ]
    : [];

function appFindings({ in: apps, when }: SentryAlertDefinition): Found[] {
  if (apps.length === 0) return [{ problem: "watches no app", fix: 'name one in `in`, such as "server"', value: apps }];
  const twice = apps.find((app, index) => apps.indexOf(app) !== index);
  if (twice) return [{ problem: `watches ${twice} twice`, fix: "name each app once in `in`", value: apps }];
  return apps
    .filter((app) => !(when.apps as readonly string[]).includes(app))
    .map((app) => ({
      problem: `watches ${app}, which has no ${when.kind === "metric" ? when.measure : "such issues"}`,
      fix: `it can watch ${when.apps.join(" and ")}`,
      value: app,
    }));
}

function teamFindings({ notify }: SentryAlertDefinition): Found[] {
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

function metricFindings({ measure, above, warnAbove, perMinutes }: MetricWhen): Found[] {
  const { unit, of } = measures[measure];
  const windows = windowsMinutes.filter((minutes) => of === "errors" || minutes >= shortestSpanWindowMinutes);
  return [
    ...oneOf("perMinutes", perMinutes, windows),
    ...thresholdFindings("above", above, unit),
    ...(warnAbove === undefined ? [] : thresholdFindings("warnAbove", warnAbove, unit)),
    ...(warnAbove !== undefined && warnAbove >= above
      ? [
          {
            problem: `warns above ${warnAbove}, which is not before it fires above ${above}`,
            fix: "warn below the threshold, or not at all",
            value: warnAbove,
          },
        ]
      : []),
  ];
}

function thresholdFindings(field: string, value: number, unit: "count" | "share" | "ms"): Found[] {
  if (!Number.isFinite(value) || value < 0 || (unit === "ms" && value === 0))
    return [{ problem: `fires ${field} ${value}`, fix: "give it a number that can be exceeded", value }];
  if (unit === "ms" && value < leastMilliseconds)
    return [{ problem: `fires ${field} ${value} ms, which every request takes`, fix: "3 seconds are 3000", value }];
  if (unit === "share" && value >= 1)
    return [{ problem: `fires ${field} a share of ${value}, which is never`, fix: "a share of 5 % is 0.05", value }];
  if (unit === "count" && !Number.isInteger(value))
    return [{ problem: `fires ${field} ${value}`, fix: "errors are counted in whole numbers", value }];
  return [];
}

const oneOf = (field: string, value: number, allowed: readonly number[]): Found[] =>
  allowed.includes(value)
    ? []
    : [{ problem: `has ${field}: ${value}`, fix: `Sentry takes ${allowed.join(", ")}`, value }];
