import type { Finding } from "../../catalog/finding.ts";
import { type DashboardDefinition, lineLabels, type TrendTile } from "../../insights/define/index.ts";
import { displayOf } from "../../model/posthog/displays.ts";
import { posthogTextProblem } from "../../model/posthog/texts.ts";
import type { InsightAlertDefinition } from "./define.ts";

/** Everything that PostHog would refuse, or that would never fire, for all alerts at once. */
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
    const sooner = alerts.slice(0, index).find((other) => isOnSameTile(other, alert));
    if (sooner)
      found.push({
        where,
        problem: `is the second one on the tile "${alert.tileKey}" of "${alert.dashboardKey}", after "${sooner.name}"`,
        fix: "a tile carries one alert here: watch the other value on a tile of its own",
        value: alert.tileKey,
      });
    return found;
  });
}

function findingsOf(
  alert: InsightAlertDefinition,
  dashboards: readonly DashboardDefinition[],
): Omit<Finding, "where">[] {
  const { dashboardKey, tileKey, line, when } = alert;
  const found: Omit<Finding, "where">[] = [];
  const tiles = dashboards.find(({ key }) => key === dashboardKey)?.tiles ?? {};
  const tile = Object.hasOwn(tiles, tileKey) ? tiles[tileKey] : undefined;
  if (alert.name.trim() === "")
    found.push({ problem: "has no name", fix: "say in a few words what is wrong when it fires", value: alert.name });
  const refused = posthogTextProblem(alert.name, "alertName");
  if (refused) found.push({ problem: `has a name that ${refused.problem}`, fix: refused.fix, value: alert.name });
  if (alert.because.trim() === "")
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
  if (!isTrend(tile)) {
    return [
      ...found,
      {
        problem: `is on the tile "${tileKey}", which PostHog cannot watch`,
        fix: "put it on a trend: funnels, SQL and texts carry no alert",
        value: tile.kind,
      },
    ];
  }
  const labels = lineLabels(tile.query.source);
  if (line < 0 || line >= labels.length) {
    found.push({
      problem: `is on a line that the tile "${tileKey}" does not have`,
      fix: `its lines are ${labels.join(", ")}`,
      value: line,
    });
  }
  const namesakes = Object.keys(tiles).filter((key) => key !== tileKey && isTitled(tiles[key], tile.title));
  if (namesakes.length > 0) {
    found.push({
      problem: `is on the tile "${tileKey}", whose title "${tile.title}" ${namesakes.join(" and ")} ${namesakes.length === 1 ? "has" : "have"}, too`,
      fix: "give each a title of its own: an alert finds its chart by the title, and would watch the wrong one",
      value: tile.title,
    });
  }
  const threshold = "value" in when ? when.value : when.share;
  if (!Number.isFinite(threshold))
    found.push({ problem: `has the threshold ${threshold}`, fix: "give it a number", value: threshold });
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

const isOnSameTile = (one: InsightAlertDefinition, other: InsightAlertDefinition): boolean =>
  one.dashboardKey === other.dashboardKey && one.tileKey === other.tileKey;

const isTitled = (tile: DashboardDefinition["tiles"][string] | undefined, title: string): boolean =>
  tile?.kind === "insight" && tile.title.trim() === title.trim();

const isTrend = (tile: DashboardDefinition["tiles"][string]): tile is TrendTile =>
  tile.kind === "insight" && tile.query.kind === "InsightVizNode" && tile.query.source.kind === "TrendsQuery";
