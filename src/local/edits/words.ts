import type { InsightAlertDefinition } from "../../alerts/posthog/index.ts";
import type { DashboardDefinition } from "../../insights/define/index.ts";
import { own } from "../../model/json.ts";
import { type TileChange, type Tiles, tileChanges } from "../../operate/changes/tiles.ts";
import { sameJson } from "../../resources/kernel/json.ts";
import type { Definitions } from "./definitions.ts";

/** Describes an edit, one change a line, in the words of `obs preview`; empty when the definitions are equal. */
export function editWords(before: Definitions, after: Definitions): string[] {
  return [
    ...pairs(before.dashboards, after.dashboards, ({ key }) => key).flatMap(([old, now]) => dashboardWords(old, now)),
    ...pairs(before.alerts, after.alerts, ({ name }) => name).flatMap(([old, now]) => alertWords(old, now)),
    ...eventWords(before.events, after.events),
  ];
}

/** Pairs of old and new by key; undefined on the side without it. Removed ones come first. */
function pairs<One>(before: readonly One[], after: readonly One[], keyOf: (one: One) => string) {
  const [old, now] = [before, after].map((list) => new Map(list.map((one) => [keyOf(one), one])));
  const keys = [...new Set([...before, ...after].map(keyOf))];
  return keys
    .map((key) => [old?.get(key), now?.get(key)] as const)
    .toSorted(([, one], [, other]) => Number(one !== undefined) - Number(other !== undefined));
}

function dashboardWords(before: DashboardDefinition | undefined, after: DashboardDefinition | undefined): string[] {
  if (after === undefined) return before ? [`${before.title}: the dashboard goes, with its tiles`] : [];
  if (before === undefined) return [`${after.title}: a new dashboard of ${count(after.tiles)} tiles`];
  const { title, owner, question } = after;
  const own = [
    ...(before.title === title ? [] : [`is titled “${title}”`]),
    ...(before.owner === owner ? [] : [`owner ${before.owner} → ${owner}`]),
    ...(before.question === question ? [] : [`question: “${question}”`]),
  ];
  const tiles = tileChanges(tilesOf(before), tilesOf(after)).map(tileWords);
  return [...own, ...tiles].map((words) => `${before.title}: ${words}`);
}

/** The tiles in the loose form of a plan. */
const tilesOf = ({ tiles }: DashboardDefinition): Tiles => tiles as unknown as Tiles;

const count = (tiles: object): number => Object.keys(tiles).length;

function tileWords({ title, change, words, consequence }: TileChange): string {
  const what = words.length === 0 ? change : words.map(String).join("; ");
  return `“${title}” ${change === "new" || change === "removed" ? change : what}${consequence ? `. ${String(consequence)}` : ""}`;
}

function alertWords(before: InsightAlertDefinition | undefined, after: InsightAlertDefinition | undefined): string[] {
  if (after === undefined)
    return before ? [`the alert “${before.name}” goes: ${before.notify.join(", ")} are told no more`] : [];
  if (before === undefined) return [`a new alert, “${after.name}”, tells ${after.notify.join(", ")}`];
  const words = changed(before, after);
  return words === "" ? [] : [`the alert “${after.name}” changes: ${words}`];
}

function changed(before: object, after: object): string {
  const [old, now] = [Object.entries(before), Object.entries(after)].map((entries) => new Map(entries));
  // The tile's title in an alert is derived, so it is no change of the alert.
  const fields = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])];
  return fields
    .filter((field) => field !== "tileTitle" && JSON.stringify(old?.get(field)) !== JSON.stringify(now?.get(field)))
    .map((field) => `${field} ${JSON.stringify(old?.get(field))} → ${JSON.stringify(now?.get(field))}`)
    .join("; ");
}

function eventWords(before: Definitions["events"], after: Definitions["events"]): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const [old, now] = [own(before, name), own(after, name)];
    if (now === undefined) return [`the event ${name} goes from the catalog`];
    if (old === undefined) return [`a new event, ${name}: ${now.purpose}`];
    return sameJson(old, now) ? [] : [`the event ${name} changes: ${changed(old, now)}`];
  });
}
