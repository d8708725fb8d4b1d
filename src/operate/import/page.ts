import { type Document, type Item, line, type Section } from "../text/document.ts";
import { code, list, marked, name, type Phrase, plain, quantity, say, strong } from "../text/phrase.ts";
import type { Gap } from "./gaps.ts";
import type { ImportReport } from "./report.ts";

/** The report as a page. */
export function importPage(report: ImportReport): Document {
  const { tiles, leftAlone, gaps, lostAlerts } = report;
  const raw = tiles.filter((tile) => tile.raw !== undefined);
  const more = (left: number): Phrase => plain(`… and ${left} more`);
  const sections: Section[] = [
    { importance: 0, items: changeItems(report), more },
    {
      title: plain(`Written as PostHog's raw query: ${raw.length} of ${quantity(tiles.length, "tile")}`),
      importance: 2,
      items: raw.map((tile) => line(name(tile.title), (tile.raw ?? []).map(plain))),
      more,
    },
    {
      title: plain("Left unchanged, since no definition can express them, or another one manages them"),
      importance: 3,
      items: leftAlone.length === 0 ? [] : [line(list(leftAlone.map(code)))],
      more,
    },
    {
      title: plain("Alerts of this repository on a tile that no longer exists"),
      importance: 0,
      tone: "warning",
      items: lostAlerts.map((alert) => line(say`${code(alert)}: take it out of ${code("alerts/posthog.ts")}`)),
      more,
    },
    {
      title: say`Not in the catalog: paste this into ${code("src/catalog/events.ts")}, and check it`,
      importance: 1,
      items: gaps.flatMap(gapItems),
      more,
    },
    { title: plain("Next"), importance: 0, items: nextItems(report), more },
  ];
  return { headline: headline(report), sections: sections.filter(({ items }) => items.length > 0) };
}

function headline({ stack, dashboard, action, dryRun, files }: ImportReport): Phrase {
  const file = code(`dashboards/${dashboard.key}.ts`);
  const what = say`${strong(stack)}: ${name(dashboard.title)} (${dashboard.id})`;
  if (action === "adopt") {
    return dryRun ? say`${what} would be adopted as ${file}` : say`${what} is adopted as ${file}`;
  }
  if (files.length === 0) return say`${what} is as ${file} says`;
  return dryRun ? say`${file} would say what is live of ${what}` : say`${file} says what is live of ${what}`;
}

function changeItems({ changes }: ImportReport): Item[] {
  if (!changes) return [];
  const { fields, changed, added, removed } = changes;
  const said = (words: string, keys: readonly string[]): Item[] =>
    keys.length === 0 ? [] : [line(say`${words}: ${list(keys.map(code))}`)];
  return [
    ...said("of the dashboard", fields),
    ...said("tiles that were changed", changed),
    ...said("tiles that were added", added),
    ...said("tiles that are gone", removed),
  ];
}

/** An event's entry has its name in it; a property's needs its event named. */
function gapItems({ event, property, entry, note }: Gap): Item[] {
  const block: Item[] = entry === undefined ? [] : [{ kind: "block", text: entry }];
  const notes = note === undefined ? [] : [marked(note)];
  if (property === undefined) return [...block, ...notes.map((words) => line(say`${code(event)}: ${words}`))];
  return [line(say`${code(property)}, a property of ${code(event)}`, notes), ...block];
}

function nextItems(report: ImportReport): Item[] {
  const { stack, dashboard, action, dryRun, files, gaps, owner, isOwnerAssumed, tiles } = report;
  const again = code(`npx obs import dashboard ${dashboard.id} --stack ${stack}`);
  const waits = gaps.length > 0 && tiles.some(({ raw = [] }) => raw.some((reason) => reason.includes("catalog")));
  const closing: Item[] = waits
    ? [line(say`once the catalog has these, ${again} writes their tiles with the builders`)]
    : [];
  if (dryRun) return closing;
  if (action === "keep") {
    return files.length === 0
      ? []
      : [
          line(
            say`look at it and commit it, then ${code(`pulumi up --refresh --run-program --stack ${stack}`)}, which changes nothing in PostHog`,
          ),
          ...closing,
        ];
  }
  return [
    line(
      say`commit ${list(files.map(code))}; ${code(`pulumi preview --stack ${stack}`)} is clean, and nothing was written to PostHog`,
    ),
    ...(isOwnerAssumed
      ? [line(say`its owner is ${owner} by default: ${code("--owner <team>")}, or change it in the file`)]
      : []),
    line(say`${code("npx obs catalog")} brings ${code("docs/events.md")} up to date`),
    ...closing,
  ];
}
