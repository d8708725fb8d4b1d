import { list, object } from "../../insights/define/check/json.ts";
import { sameJson } from "../../resources/kernel/json.ts";
import type { Change, Resource } from "../plan/plan.ts";
import { name, type Phrase, plain, say } from "../text/phrase.ts";

export const subscriptionType = "pulumi-nodejs:dynamic/posthog:Subscription";

type Inputs = Resource["inputs"];

/** Who gets a dashboard, when, and what of it: all of a new subscription, of a changed one what differs. */
export function subscriptionWords(change: Change): Phrase[] {
  if (change.kind === "deleted") return [plain(`no longer goes to ${readersIn(change.before.inputs).join(", ")}`)];
  const now = change.after.inputs;
  if (change.kind === "created")
    return [plain(`goes to ${readersIn(now).join(", ")}, ${timeIn(now)}`), sends("sends", Object.values(tilesIn(now)))];
  const old = change.before.inputs;
  const differs = (field: string): boolean => !sameJson(old[field], now[field]);
  const [before, after] = [readersIn(old), readersIn(now)];
  const [more, fewer] = [tilesOnlyIn(now, old), tilesOnlyIn(old, now)];
  const added = after.filter((one) => !before.includes(one));
  const removed = before.filter((one) => !after.includes(one));
  return [
    ...(differs("title") ? [say`is called ${name(String(now.title ?? ""))}`] : []),
    ...(added.length > 0 ? [plain(`also goes to ${added.join(", ")}`)] : []),
    ...(removed.length > 0 ? [plain(`no longer goes to ${removed.join(", ")}`)] : []),
    ...(differs("schedule") ? [plain(`comes ${timeIn(now)} (before: ${timeIn(old)})`)] : []),
    ...(more.length > 0 ? [sends("also sends", more)] : []),
    ...(fewer.length > 0 ? [sends("no longer sends", fewer)] : []),
    ...(differs("owner") ? [plain(`belongs to ${String(now.owner)}`)] : []),
    ...byHandWords(object(old.setByHand), object(now.setByHand)),
    ...(differs("dashboardId") || differs("projectId") ? [plain("is of another dashboard")] : []),
  ];
}

function readersIn({ target }: Inputs): string[] {
  const { type, emails, channel } = object(target);
  if (type === "email") return list(emails).map(String);
  return [type === "slack" ? `Slack ${String(channel)}` : "a webhook"];
}

/** "on Mondays at 9:00 (UTC)". */
function timeIn({ schedule }: Inputs): string {
  const { frequency, weekday, week, hour, timeZone } = object(schedule);
  const minutes = Math.round(Number(hour) * 60);
  const at = `at ${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")} (${String(timeZone)})`;
  const day = String(weekday).charAt(0).toUpperCase() + String(weekday).slice(1);
  if (frequency === "weekly") return `on ${day}s ${at}`;
  if (frequency === "monthly") return `on the ${String(week)} ${day} of a month ${at}`;
  return `${String(frequency)} ${at}`;
}

const tilesIn = ({ tiles }: Inputs): Readonly<Record<string, unknown>> => object(tiles);

const tilesOnlyIn = (one: Inputs, other: Inputs): unknown[] =>
  Object.entries(tilesIn(one)).flatMap(([key, title]) => (key in tilesIn(other) ? [] : [title]));

const sends = (does: string, titles: readonly unknown[]): Phrase =>
  plain(`${does} ${titles.map((title) => `“${String(title)}”`).join(", ")}`);

/** What a person set in PostHog, with it there and with it gone. */
const handWords: Readonly<Record<string, readonly [there: (value: unknown) => string, gone: string]>> = {
  paused: [() => "is paused", "is paused no more"],
  interval: [(value) => `comes only every ${String(value)} days, weeks or months`, "comes each time again"],
  weekdays: [(value) => `comes on ${list(value).join(" and ")} (in UTC)`, "comes on its own day alone again"],
  times: [(value) => `comes ${String(value)} times`, "comes without an end again"],
  until: [(value) => `comes until ${String(value)}`, "comes without an end again"],
  from: [(value) => `comes from ${String(value)} on`, "comes from now on"],
  aiSummary: [() => "has a summary that PostHog's AI writes of the numbers", "has no summary by AI any more"],
  dashboard: [(value) => `is of the dashboard ${String(value)}`, "is of its own dashboard again"],
};

const byHandWords = (old: Inputs, now: Inputs): Phrase[] =>
  Object.entries(handWords).flatMap(([field, [there, gone]]) => {
    if (sameJson(old[field], now[field])) return [];
    return [plain(now[field] === undefined ? gone : there(now[field]))];
  });
