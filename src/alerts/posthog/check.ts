import type { Finding } from "../../catalog/finding.ts";
import type { Problem } from "../../insights/define/check/problem.ts";
import {
  type DashboardDefinition,
  type FunnelTile,
  lineLabels,
  type TrendTile,
  unitProblem,
} from "../../insights/define/index.ts";
import type { AlertCheck, AlertThreshold } from "../../model/posthog/alerts.ts";
import { displayOf } from "../../model/posthog/displays.ts";
import { posthogTextProblem } from "../../model/posthog/texts.ts";
import { keyProblem, stripped } from "../../model/text.ts";
import { alertAddress, type InsightAlertDefinition } from "./define.ts";

/**
 * Everything that PostHog would refuse, or that would never fire, for all alerts at once.
 *
 * @internal
 */
export function insightAlertFindings(
  alerts: readonly InsightAlertDefinition[],
  dashboards: readonly DashboardDefinition[],
): Finding[] {
  const names = new Set<string>();
  return alerts.flatMap((alert, index) => {
    const where = `alerts/posthog.ts  "${alert.name}"`;
    const found = findingsOf(alert, dashboards).map((finding) => ({ where, ...finding }));
    if (names.has(alert.name))
      found.push({
        where,
        problem: "is the name of two alerts",
        fix: "give each a name of its own",
        value: alert.name,
      });
    names.add(alert.name);
    const sooner = alerts.slice(0, index).find((other) => alertAddress(other) === alertAddress(alert));
    if (sooner)
      found.push({
        where,
        problem: `is on the tile "${alert.tileKey}" of "${alert.dashboardKey}" ${alert.key === undefined ? "without a key" : `under the key "${alert.key}"`}, as "${sooner.name}" is`,
        fix: 'give it a key of its own, such as key: "warn"',
        value: alert.key ?? alert.tileKey,
      });
    return found;
  });
}

function keyFindings({ key }: InsightAlertDefinition): Problem[] {
  const wrong = key === undefined ? undefined : keyProblem(key);
  return wrong ? [{ ...wrong, value: key }] : [];
}

function findingsOf(alert: InsightAlertDefinition, dashboards: readonly DashboardDefinition[]): Problem[] {
  const { dashboardKey, tileKey } = alert;
  const found: Problem[] = [];
  const tiles = dashboards.find(({ key }) => key === dashboardKey)?.tiles ?? {};
  const tile = Object.hasOwn(tiles, tileKey) ? tiles[tileKey] : undefined;
  if (stripped(alert.name) === "")
    found.push({ problem: "has no name", fix: "say in a few words what is wrong when it fires", value: alert.name });
  const refused = posthogTextProblem(alert.name, "alertName");
  if (refused) found.push({ problem: `has a name that ${refused.problem}`, fix: refused.fix, value: alert.name });
  if (stripped(alert.because) === "")
    found.push({ problem: "has no `because`", fix: "say what is wrong and where to look first", value: alert.because });
  if (alert.notify.length === 0)
    found.push({
      problem: "tells nobody",
      fix: "name a team in `notify`; the first one owns the alert",
      value: alert.notify,
    });
  if (!tile) {
    return [
      ...found,
      {
        problem: `is on the tile "${tileKey}" of "${dashboardKey}", which does not exist`,
        fix: "put it on a tile that does",
        value: tileKey,
      },
    ];
  }
  found.push(...keyFindings(alert));
  if (isFunnel(tile))
    return [...found, ...namesakeFindings(tileKey, tile.title, tiles), ...conversionFindings(alert, tile)];
  if (!isTrend(tile)) {
    return [
      ...found,
      {
        problem: `is on the tile "${tileKey}", which PostHog cannot watch`,
        fix: "put it on a trend or on a funnel's steps: times to convert, SQL and texts carry no alert",
        value: tile.kind,
      },
    ];
  }
  return [...found, ...namesakeFindings(tileKey, tile.title, tiles), ...trendFindings(alert, tile)];
}

/** An alert finds its chart by the title. */
function namesakeFindings(tileKey: string, title: string, tiles: DashboardDefinition["tiles"]): Problem[] {
  const namesakes = Object.keys(tiles).filter((key) => key !== tileKey && isTitled(tiles[key], title));
  return namesakes.length === 0
    ? []
    : [
        {
          problem: `is on the tile "${tileKey}", whose title "${title}" ${namesakes.join(" and ")} ${namesakes.length === 1 ? "has" : "have"}, too`,
          fix: "give each a title of its own: an alert finds its chart by the title, and would watch the wrong one",
          value: title,
        },
      ];
}

function trendFindings(alert: InsightAlertDefinition, tile: TrendTile): Problem[] {
  const { tileKey, line, when, conversion } = alert;
  const found: Problem[] = [];
  if (conversion !== undefined)
    found.push({
      problem: `watches a conversion, which the tile "${tileKey}" does not have`,
      fix: "put it on a funnel, or take `conversion` away",
      value: conversion,
    });
  const labels = lineLabels(tile.query.source);
  if (line < 0 || line >= labels.length) {
    found.push({
      problem: `is on a line that the tile "${tileKey}" does not have`,
      fix: `its lines are ${labels.join(", ")}`,
      value: line,
    });
  }
  found.push(
    ...thresholdFindings(when, tile.query.source),
    ...checkFindings(alert.check, tile.query.source),
    ...lineFindings(alert, tile.query.source),
  );
  const display = tile.query.source.trendsFilter?.display;
  if ("share" in when && displayOf(display)?.hasEarlierValue === false) {
    found.push({
      problem: `compares with an earlier value, which the tile "${tileKey}" does not have`,
      fix: "use above or below, or draw the tile over time",
      value: display,
    });
  }
  return found;
}

/** A conversion is a share of people over the funnel's whole date range: it has no earlier value. */
function conversionFindings(
  { when, tileKey, conversion }: InsightAlertDefinition,
  tile: FunnelTile<"steps">,
): Problem[] {
  const steps = tile.query.source.series.length;
  if (conversion === undefined)
    return [
      {
        problem: `is on the funnel "${tileKey}" and does not say which conversion it watches`,
        fix: "use `alertOn`",
        value: conversion,
      },
    ];
  const found: Problem[] = [];
  const { toStep } = conversion;
  if (toStep !== undefined && !(Number.isInteger(toStep) && toStep >= 1 && toStep < steps))
    found.push({
      problem: `watches the way to step ${toStep} of the funnel "${tileKey}"`,
      fix: `its steps are numbered from 0: give it one from 1 to ${steps - 1}`,
      value: toStep,
    });
  if ("share" in when)
    found.push({
      problem: `compares with an earlier value, which the funnel "${tileKey}" does not have`,
      fix: "use above or below",
      value: when.kind,
    });
  else found.push(...boundFindings(when, "percentage_scaled", true));
  return found;
}

/** A threshold in another unit than the tile's, or one that is never or always crossed. */
function thresholdFindings(when: AlertThreshold, query: TrendTile["query"]["source"]): Problem[] {
  const { trendsFilter } = query;
  const format = trendsFilter?.aggregationAxisFormat;
  const fires =
    "value" in when ? `fires ${when.kind} ${when.value}` : `fires when the value ${when.kind} ${when.share}`;
  const number = "value" in when ? when.value : when.share;
  if (!Number.isFinite(number))
    return [{ problem: `has the threshold ${number}`, fix: "give it a number", value: number }];
  if ("share" in when) {
    if (when.share <= 0)
      return [{ problem: `${fires}, which is no change`, fix: "half as much again is 0.5", value: when.share }];
    if (when.kind === "falls by" && when.share >= 1)
      return [
        {
          problem: `${fires}, which is never`,
          fix: "half of it is 0.5: a value falls to nothing at most",
          value: when.share,
        },
      ];
    if (when.kind === "rises by" && when.share > mostRise)
      return [{ problem: `${fires}, ${when.share * 100} % more`, fix: "a share of 50 % is 0.5", value: when.share }];
    return [];
  }
  if (isWhole(query) && !unitProblem(format, when.value) && !Number.isInteger(when.value))
    return [
      { problem: `${fires}, of what is counted in whole numbers`, fix: "none at all is below(1)", value: when.value },
    ];
  const isCount = format === undefined || format === "numeric";
  return boundFindings(when, format, !isCount || (trendsFilter?.formulaNodes ?? []).length === 0);
}

/**
 * A bound that no value or every value is beyond.
 *
 * @param hasFloor whether no value is below 0
 */
function boundFindings(
  when: Extract<AlertThreshold, { value: number }>,
  format: unknown,
  hasFloor: boolean,
): Problem[] {
  const fires = `fires ${when.kind} ${when.value}`;
  if (!Number.isFinite(when.value))
    return [{ problem: `has the threshold ${when.value}`, fix: "give it a number", value: when.value }];
  const wrong = unitProblem(format, when.value);
  if (wrong) return [{ problem: `fires ${when.kind} ${wrong.problem}`, fix: wrong.fix, value: when.value }];
  const top = format === "percentage_scaled" ? 1 : format === "percentage" ? 100 : undefined;
  if (when.kind === "above" && when.value === top)
    return [
      { problem: `${fires}, which no value is`, fix: "give it a threshold that can be exceeded", value: when.value },
    ];
  if (when.kind === "above" && hasFloor && when.value < 0)
    return [{ problem: `${fires}, which every value is`, fix: "0 or more: any at all is above(0)", value: when.value }];
  if (when.kind === "below" && hasFloor && when.value <= 0)
    return [{ problem: `${fires}, which no value is`, fix: "none at all is below(1)", value: when.value }];
  return [];
}

/** Whether all lines count something, so that no value lies between two numbers. */
const isWhole = ({ series, trendsFilter }: TrendTile["query"]["source"]): boolean =>
  (trendsFilter?.formulaNodes ?? []).length === 0 &&
  series.every(({ math, math_property }) => math_property === undefined && math !== "avg_count_per_actor");

/** More than tenfold is a per cent value that was meant as a share. */
const mostRise = 10;

const secondsOf = { minute: 60, hour: 3600, day: 86_400, week: 604_800, month: 2_592_000 } as const;
const intervalOf = { hourly: "hour", daily: "day", weekly: "week", monthly: "month" } as const;

/** PostHog compares the last full interval of the tile alone: what lies between two checks and before it is never seen. */
function checkFindings(check: AlertCheck, { interval = "day", trendsFilter }: TrendTile["query"]["source"]): Problem[] {
  if (
    displayOf(trendsFilter?.display)?.hasEarlierValue === false ||
    secondsOf[intervalOf[check]] <= secondsOf[interval]
  )
    return [];
  const fix = `check it at least each ${interval}, or draw the tile by the ${intervalOf[check]}`;
  return [
    { problem: `is looked at ${check}, and sees one ${interval} then and none of those before it`, fix, value: check },
  ];
}

/** PostHog numbers the answers, which are more than the lines where there is a breakdown or an earlier time beside them. */
function lineFindings({ line, tileKey }: InsightAlertDefinition, source: TrendTile["query"]["source"]): Problem[] {
  if (line === 0) return [];
  const { breakdownFilter, compareFilter } = source;
  if ((breakdownFilter?.breakdowns ?? []).length > 0)
    return [
      {
        problem: `is on one line of the tile "${tileKey}", where PostHog watches all of them: it has a breakdown`,
        fix: "put it on a tile with this line alone",
        value: line,
      },
    ];
  if (compareFilter?.compare)
    return [
      {
        problem: `is on line ${line} of the tile "${tileKey}", where PostHog counts the lines of the earlier time, too, and watches another`,
        fix: "put it on the first line, or on a tile without the earlier time",
        value: line,
      },
    ];
  return [];
}

const isTitled = (tile: DashboardDefinition["tiles"][string] | undefined, title: string): boolean =>
  tile?.kind === "insight" && tile.title.trim() === title.trim();

const isFunnel = (tile: DashboardDefinition["tiles"][string]): tile is FunnelTile<"steps"> =>
  tile.kind === "insight" &&
  tile.query.kind === "InsightVizNode" &&
  tile.query.source.kind === "FunnelsQuery" &&
  tile.query.source.funnelsFilter?.funnelVizType !== "time_to_convert";

const isTrend = (tile: DashboardDefinition["tiles"][string]): tile is TrendTile =>
  tile.kind === "insight" && tile.query.kind === "InsightVizNode" && tile.query.source.kind === "TrendsQuery";
