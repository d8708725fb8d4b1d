import { dashboards } from "../../../dashboards/index.ts";
import type { AlertCheck, AlertThreshold, InsightAlertDefinition } from "../../../src/alerts/posthog/index.ts";
import { type Owner, owners } from "../../../src/catalog/owners.ts";
import { type FunnelTile, lineLabels, type Tile, type TrendTile } from "../../../src/insights/define/index.ts";
import { checkTrendAlert } from "../../../src/local/twins/posthog/alerts/evaluation.ts";
import { checkFunnelAlert, isOnFunnel } from "../../../src/local/twins/posthog/alerts/funnels.ts";
import { alertFields } from "../../../src/resources/posthog/insight-alert/fields.ts";
import type { Given } from "../../dashboards/support/given.ts";
import { alertUnderTest, type Mistake } from "./mistakes.ts";

/**
 * Who is notified between the story's first event and the first check that covers its last one. The alert is built as
 * it is sent to PostHog, and evaluated on its tile's insight at its own check interval.
 */
export async function toldOf(definition: InsightAlertDefinition, story: Given): Promise<readonly Owner[]> {
  const alert = alertUnderTest(definition);
  const { query } = watchedBy(alert);
  const sent = alertFields(
    {
      ...{ projectId: 1, dashboardId: "1", enabled: true, subscribers: [], owner: alert.notify[0] },
      ...{ tileKey: alert.tileKey, tileTitle: alert.tileTitle, line: alert.line },
      ...(alert.conversion ? { conversion: alert.conversion } : {}),
      ...{ name: alert.name, when: alert.when, check: alert.check, because: alert.because },
    },
    [],
  );
  for (const now of checksOf(alert.check, story.span)) {
    const isFunnelAlert = isOnFunnel(sent as never);
    const seen = isFunnelAlert ? story.until(now) : story;
    const ask = async (asked: object) => ({ ...(await seen.ask(asked, now)) });
    const { breaches } = await (isFunnelAlert ? checkFunnelAlert : checkTrendAlert)(sent as never, { ...query }, ask);
    if (breaches.length > 0) return alert.notify;
  }
  return [];
}

/** Found by its title, as the resource finds the insight. */
function watchedBy({ dashboardKey, tileTitle }: InsightAlertDefinition): TrendTile | FunnelTile<"steps"> {
  const tiles: Tile[] = Object.values(dashboards.find(({ key }) => key === dashboardKey)?.tiles ?? {});
  const tile = tiles.find((one) => one.kind === "insight" && one.title === tileTitle);
  if (tile?.kind !== "insight" || !(isTrend(tile) || isFunnel(tile)))
    throw new Error(`“${tileTitle}” carries no alert`);
  return tile;
}

const isFunnel = (tile: Tile): tile is FunnelTile<"steps"> =>
  tile.kind === "insight" &&
  tile.query.kind === "InsightVizNode" &&
  tile.query.source.kind === "FunnelsQuery" &&
  tile.query.source.funnelsFilter?.funnelVizType === "steps";

const isTrend = (tile: Tile): tile is TrendTile =>
  tile.kind === "insight" && tile.query.kind === "InsightVizNode" && tile.query.source.kind === "TrendsQuery";

const hourMs = 3_600_000;

/**
 * When PostHog checks (posthog/tasks/alerts/utils.py, next_check_time): hourly at the same minute, daily about 1
 * o'clock, weekly on Mondays about 3, monthly on the first about 4. The exact minute is not known, so five past is
 * assumed.
 */
function checksOf(check: AlertCheck, [first, last]: Given["span"]): Date[] {
  const isDue: Record<AlertCheck, (at: Date) => boolean> = {
    hourly: () => true,
    daily: (at) => at.getUTCHours() === 1,
    weekly: (at) => at.getUTCDay() === 1 && at.getUTCHours() === 3,
    monthly: (at) => at.getUTCDate() === 1 && at.getUTCHours() === 4,
  };
  const from = Math.floor(first.getTime() / hourMs) * hourMs + 5 * 60_000;
  const checks: Date[] = [];
  for (let at = from; ; at += hourMs) {
    const time = new Date(at);
    if (!isDue[check](time) || time <= first) continue;
    checks.push(time);
    // The story's last event lies in the interval that had ended at this check.
    if (time.getTime() > last.getTime() + hourMs) return checks;
  }
}

/** The mistakes that people make in an alert, one at a time. */
export function insightAlertMistakes(alert: InsightAlertDefinition): Mistake<InsightAlertDefinition>[] {
  const { when, notify } = alert;
  const others = Object.keys(owners).filter((owner): owner is Owner => !notify.includes(owner as Owner));
  return [
    ...thresholdMistakes(when).map(([mistake, wrong]) => [mistake, { ...alert, when: wrong }] as const),
    ...otherTiles(alert),
    ...otherParts(alert),
    ...(["hourly", "daily", "weekly", "monthly"] as const).flatMap((check) =>
      check === alert.check ? [] : [[`is looked at ${check}`, { ...alert, check }] as const],
    ),
    ...notify.flatMap((team, index) => {
      const rest = notify.filter((one) => one !== team) as [Owner, ...Owner[]];
      return [
        [`does not tell ${team}`, { ...alert, notify: rest }] as const,
        ...others.map((other) => {
          const swapped = [...notify] as [Owner, ...Owner[]];
          swapped[index] = other;
          return [`tells ${other} in the place of ${team}`, { ...alert, notify: swapped }] as const;
        }),
      ];
    }),
  ];
}

/** Another line of a trend, or another conversion of a funnel. */
function otherParts(alert: InsightAlertDefinition): Mistake<InsightAlertDefinition>[] {
  const { source } = watchedBy(alert).query;
  if (source.kind === "TrendsQuery")
    return lineLabels(source).flatMap((label, line) =>
      line === alert.line ? [] : [[`watches ${label}`, { ...alert, line }] as const],
    );
  const last = source.series.length - 1;
  const { toStep = last, from = "first step" } = alert.conversion ?? {};
  return source.series.flatMap((_, to) =>
    (["first step", "step before"] as const).flatMap((other): Mistake<InsightAlertDefinition>[] => {
      // At the second step, the first one is the step before.
      const isSame = to === toStep && (other === from || to === 1);
      return isSame
        ? []
        : [[`watches step ${to} from the ${other}`, { ...alert, conversion: { toStep: to, from: other } }]];
    }),
  );
}

function thresholdMistakes(when: AlertThreshold): [string, AlertThreshold][] {
  const opposite = { above: "below", below: "above", "rises by": "falls by", "falls by": "rises by" } as const;
  const number = "value" in when ? when.value : when.share;
  const changed = (to: number): AlertThreshold => ("value" in when ? { ...when, value: to } : { ...when, share: to });
  const factors = [1000, 100, 10, 2, 0.5, 0.1, 0.01, 0.001];
  return [
    [`fires ${opposite[when.kind]}`, { ...when, kind: opposite[when.kind] } as AlertThreshold],
    ...factors.map((factor): [string, AlertThreshold] => [`fires at ${number * factor}`, changed(number * factor)]),
    [
      "value" in when
        ? [`compares with the value before`, { kind: "rises by", share: when.value } as AlertThreshold]
        : [`compares with a number`, { kind: "above", value: when.share } as AlertThreshold],
    ][0] as [string, AlertThreshold],
  ];
}

/** Puts the alert on another tile that can carry alerts, of its own dashboard or of another one. */
const otherTiles = (alert: InsightAlertDefinition): Mistake<InsightAlertDefinition>[] =>
  dashboards.flatMap(({ key: dashboardKey, tiles }) =>
    Object.entries<Tile>(tiles).flatMap(([tileKey, tile]) => {
      const isOwn = dashboardKey === alert.dashboardKey && tileKey === alert.tileKey;
      if (isOwn || tile.kind !== "insight" || !(alert.conversion ? isFunnel(tile) : isTrend(tile))) return [];
      const wrong = { ...alert, dashboardKey, tileKey, tileTitle: tile.title, line: 0 };
      return [[`is on ${dashboardKey} ${tileKey}`, wrong] as const];
    }),
  );
