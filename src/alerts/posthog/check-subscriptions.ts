import type { Finding } from "../../catalog/finding.ts";
import type { Problem } from "../../insights/define/check/problem.ts";
import type { DashboardDefinition } from "../../insights/define/index.ts";
import { mostInsights, scheduleProblem, subscriptionSchedule } from "../../model/posthog/subscriptions.ts";
import { posthogTextProblem } from "../../model/posthog/texts.ts";
import { keyProblem, stripped } from "../../model/text.ts";
import { type SubscriptionDefinition, subscriptionAddress } from "./subscribe.ts";

/**
 * Everything that PostHog would refuse or could not keep, for all subscriptions at once.
 *
 * @internal
 */
export function subscriptionFindings(
  subscriptions: readonly SubscriptionDefinition[],
  dashboards: readonly DashboardDefinition[],
): Finding[] {
  return subscriptions.flatMap((subscription, index) => {
    const earlier = subscriptions.slice(0, index);
    return [...findingsOf(subscription, dashboards), ...sameAs(subscription, earlier)].map((finding) => ({
      where: `alerts/subscriptions.ts  "${subscription.title}"`,
      ...finding,
    }));
  });
}

function sameAs(subscription: SubscriptionDefinition, earlier: readonly SubscriptionDefinition[]): Problem[] {
  const { dashboardKey, key, title } = subscription;
  const found: Problem[] = [];
  if (earlier.some((other) => subscriptionAddress(other) === subscriptionAddress(subscription)))
    found.push({
      problem: `has the key "${key}" of another one of "${dashboardKey}"`,
      fix: "give it another",
      value: key,
    });
  if (earlier.some((other) => other.dashboardKey === dashboardKey && stripped(other.title) === stripped(title)))
    found.push({
      problem: `has the title of another one of "${dashboardKey}"`,
      fix: "give it another: one that exists is found by its title",
      value: title,
    });
  return found;
}

function findingsOf(
  { dashboardKey, key, title, tiles, to, schedule }: SubscriptionDefinition,
  dashboards: readonly DashboardDefinition[],
): Problem[] {
  const found: Problem[] = [];
  const wrongKey = keyProblem(key);
  if (wrongKey) found.push({ ...wrongKey, value: key });
  if (stripped(title) === "") found.push({ problem: "has no title", fix: "say what it shows", value: title });
  const refused = posthogTextProblem(title, "subscriptionTitle");
  if (refused) found.push({ problem: `has a title that ${refused.problem}`, fix: refused.fix, value: title });
  if (to.length === 0) found.push({ problem: "goes to nobody", fix: "name a team in `to`", value: to });
  const read = subscriptionSchedule.safeParse(schedule);
  const wrongTime = read.success ? scheduleProblem(read.data) : undefined;
  for (const { path, message } of read.error?.issues ?? [])
    found.push({ problem: `comes at a time whose ${path.join(".")} ${message}`, fix: timeFix, value: schedule });
  if (wrongTime !== undefined) found.push({ problem: wrongTime, fix: "choose another hour", value: schedule });
  const keys = Object.keys(tiles);
  if (keys.length === 0 || keys.length > mostInsights)
    found.push({
      problem: keys.length === 0 ? "sends no tile" : `sends ${keys.length} tiles`,
      fix: `PostHog sends 1 to ${mostInsights}`,
      value: keys,
    });
  const board = dashboards.find((one) => one.key === dashboardKey);
  if (!board)
    return [
      ...found,
      { problem: `is of "${dashboardKey}", which does not exist`, fix: "name a dashboard", value: dashboardKey },
    ];
  return [...found, ...keys.flatMap((tile) => tileFindings(tile, board))];
}

const timeFix = "use daily, weekly or monthly, with an hour of 0 to 23";

function tileFindings(key: string, { key: dashboardKey, tiles }: DashboardDefinition): Problem[] {
  const tile = Object.hasOwn(tiles, key) ? tiles[key] : undefined;
  if (!tile)
    return [
      {
        problem: `sends the tile "${key}" of "${dashboardKey}", which does not exist`,
        fix: "name one that does",
        value: key,
      },
    ];
  if (tile.kind !== "insight")
    return [{ problem: `sends the tile "${key}", which is a text`, fix: "PostHog sends charts alone", value: key }];
  const namesakes = Object.entries(tiles).filter(
    ([other, one]) => other !== key && one.kind === "insight" && one.title.trim() === tile.title.trim(),
  );
  return namesakes.length === 0
    ? []
    : [
        {
          problem: `sends the tile "${key}", whose title "${tile.title}" ${namesakes.map(([other]) => other).join(" and ")} ${namesakes.length === 1 ? "has" : "have"}, too`,
          fix: "give each a title of its own: its chart is found by the title",
          value: tile.title,
        },
      ];
}
