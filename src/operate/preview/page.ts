import { variablePlaceByName } from "../../model/vendors/index.ts";
import type { AlertChange } from "../changes/alerts.ts";
import type { CatalogChange } from "../changes/catalog.ts";
import type { DashboardChange } from "../changes/dashboards.ts";
import type { FlagChange } from "../changes/flags/flags.ts";
import type { OtherChange } from "../changes/others.ts";
import type { TileChange } from "../changes/tiles.ts";
import type { VariableChange, VariableSetChange } from "../changes/variables.ts";
import { policySections } from "../policy/page.ts";
import { type Document, type Item, line, type Section, sentence } from "../text/document.ts";
import { code, join, list, marked, name, type Phrase, plain, quantity, say, strong } from "../text/phrase.ts";
import { headline } from "./headline.ts";
import { pictureSections } from "./pictures-section.ts";
import type { PreviewReport } from "./report.ts";

/** The report as a page: losses first, then what readers of charts notice, then the rest. */
export function previewPage(report: PreviewReport): Document {
  const {
    losses,
    dashboards,
    variables,
    alerts,
    flags,
    others,
    catalog = [],
    errors,
    warnings,
    driftErrors,
    unverified,
  } = report;
  const sections: Section[] = [
    {
      title: plain("Why it cannot be previewed"),
      importance: 0,
      items: errors.map((text) => ({ kind: "block", text })),
      more: (left) => plain(`… and ${quantity(left, "more error")}`),
    },
    {
      title: plain("Why drift could not be checked"),
      importance: 0,
      items: driftErrors.map((text) => ({ kind: "block", text })),
      more: (left) => plain(`… and ${quantity(left, "more error")}`),
    },
    {
      title: plain("Destroyed"),
      importance: 1,
      tone: "danger",
      items: losses.map(({ what, lost }) => line(what, [lost])),
      more: (left) => plain(`… and ${quantity(left, "more loss", "more losses")}`),
    },
    ...(errors.length > 0 ? [] : policySections(report.policy)),
    {
      title: plain("Dashboards"),
      importance: 3,
      items: dashboards.map(dashboardItem),
      more: (left) => plain(`… and ${quantity(left, "more dashboard")}`),
    },
    ...pictureSections(report),
    {
      title: plain("Variables"),
      importance: 4,
      items: variables.map(variablesItem),
      more: (left) => plain(`… and variables in ${quantity(left, "more place")}`),
    },
    {
      title: plain("Alerts"),
      importance: 5,
      items: byTold(alerts),
      more: (left) => plain(`… and ${quantity(left, "more group")} of people`),
    },
    {
      title: plain("Feature flags"),
      importance: 3,
      items: flags.map(flagItem),
      more: (left) => plain(`… and ${quantity(left, "more feature flag")}`),
    },
    {
      title: plain("Everything else"),
      importance: 6,
      items: others.map(otherItem),
      more: (left) => plain(`… and ${left} more`),
    },
    {
      title: plain("Catalog"),
      importance: 7,
      items: catalog.map((change) => catalogItem(change, errors.length === 0)),
      more: (left) => plain(`… and ${quantity(left, "more event")}`),
    },
    {
      title: plain("Warnings"),
      importance: 8,
      items: warnings.map((text) => ({ kind: "block", text })),
      more: (left) => plain(`… and ${quantity(left, "more warning")}`),
    },
    {
      title: marked("Not verified: whether the keys of the `up` may write"),
      importance: 9,
      items:
        unverified.length === 0
          ? []
          : [
              sentence(
                marked(
                  "This preview's keys may only read, which is enough for it. `pulumi up` verifies its own keys before it changes anything.",
                ),
              ),
              ...unverified.map((lack) => line(plain(lack))),
            ],
      more: (left) => plain(`… and keys of ${quantity(left, "more vendor")}`),
    },
    { importance: 2, items: errors.length > 0 ? [] : [sentence(footer(report))], more: () => footer(report) },
  ];
  return { headline: headline(report), sections: sections.filter(({ items }) => items.length > 0) };
}

const verbs = { new: "is new", removed: "is deleted", changed: "changes", replaced: "is made anew" } as const;

function dashboardItem({ title, owner, change, words, tiles, after }: DashboardChange): Item {
  const whose = owner === "" ? "" : ` (${owner})`;
  if (change === "new") {
    const titles = Object.values(after?.tiles ?? {}).flatMap(({ title: tile }) =>
      typeof tile === "string" ? [name(tile)] : [],
    );
    const shows = titles.length === 0 ? [] : [say`shows ${list(titles)}`];
    return line(say`${strong(title)}${whose} is new: ${after?.question ?? ""}`, shows);
  }
  if (change === "removed") return line(say`${strong(title)}${whose} is deleted`);
  const listed = tiles.filter((tile) => tile.change !== "moved");
  const moved = tiles.filter((tile) => tile.change === "moved");
  const notes = [...words, ...listed.map(tilePhrase), ...movedPhrases(moved)];
  const [only] = notes;
  const start = say`${strong(title)}${whose}${change === "replaced" ? " is made anew" : ""}`;
  if (notes.length === 1 && only) return line(say`${start} · ${only}`);
  const count = tiles.length === 0 ? "" : ` · ${quantity(tiles.length, "tile changes", "tiles change")}`;
  return line(say`${start}${count}`, notes);
}

function tilePhrase({ title, change, words, consequence }: TileChange): Phrase {
  if (change === "new") return say`${name(title)} is new`;
  if (change === "removed") return say`${name(title)} is removed`;
  return say`${name(title)}: ${join(words, "; ")}${consequence ? say`. ${consequence}` : ""}`;
}

/** Tiles that only move are of little interest, so they share one line. */
function movedPhrases(moved: readonly TileChange[]): Phrase[] {
  const [first, second] = moved;
  if (!first) return [];
  if (!second) return [say`${name(first.title)} ${join(first.words, ", ")}`];
  return [say`${list(moved.map(({ title }) => name(title)))} have another place or size`];
}

function variablesItem({ app, vendor, stage, variables }: VariableSetChange): Item {
  const { shortPlace, takesEffect } = variablePlaceByName[vendor];
  const where = `${shortPlace}${stage === "preview" ? " (preview deployments)" : ""}`;
  const start = say`${strong(app)} on ${where}`;
  const [only] = variables;
  if (variables.length === 1 && only) return line(say`${start} · ${variablePhrase(only)}. ${takesEffect}`);
  return line(
    say`${start} · ${quantity(variables.length, "variable changes", "variables change")}. ${takesEffect}`,
    variables.map(variablePhrase),
  );
}

const variableVerbs = {
  new: "is new",
  removed: "is removed",
  changed: "changes",
  "becomes public": "becomes public",
  "becomes secret": "becomes secret",
} as const;

const variablePhrase = ({ name: variable, change, source }: VariableChange): Phrase =>
  say`${code(variable)} ${variableVerbs[change]}${source === undefined ? "" : ` (from ${source})`}`;

/** Alerts grouped by whom they notify, since readers look for themselves. */
function byTold(alerts: readonly AlertChange[]): Item[] {
  const groups = new Map<string, AlertChange[]>();
  for (const alert of alerts) {
    const key = alert.kind === "monitor" ? "Monitors, which alerts watch" : toldWords(alert.recipients);
    groups.set(key, [...(groups.get(key) ?? []), alert]);
  }
  return [...groups].map(([told, group]) => line(strong(told), group.map(alertPhrase)));
}

const toldWords = (told: readonly string[]): string =>
  told.length === 0 ? "Nobody is notified" : `Notified: ${told.join(", ")}`;

function alertPhrase({ name: alert, vendor, change, words }: AlertChange): Phrase {
  const start = say`${name(alert)} (${vendor})`;
  if (change === "changed" && words.length > 0) return say`${start}: ${join(words, "; ")}`;
  return say`${start} ${verbs[change]}${words.length === 0 ? "" : say`: ${join(words, ". ")}`}`;
}

function flagItem({ flag, owner, change, words }: FlagChange): Item {
  const start = say`${code(flag)}${owner === undefined ? "" : ` (${owner})`}`;
  if (change !== "changed") return line(say`${start} ${verbs[change]}`, words);
  const [only] = words;
  return words.length === 1 && only ? line(say`${start} · ${only}`) : line(start, words);
}

function otherItem({ kind, name: resource, change, stays, words }: OtherChange): Item {
  if (change === "changed" && words.length > 0) return line(say`${kind} ${strong(resource)}: ${join(words, "; ")}`);
  const verb = stays ? "leaves the stack and stays at the vendor" : verbs[change];
  return line(say`${kind} ${strong(resource)} ${verb}${words.length === 0 ? "" : say` (${join(words, "; ")})`}`);
}

/** @param complete whether every dashboard is known; after a failed preview no event may be called unused */
function catalogItem({ event, change, owner, words, uses }: CatalogChange, complete: boolean): Item {
  const whose = owner === "" ? "" : ` (${owner})`;
  const byDashboard = Map.groupBy(uses, ({ dashboard }) => dashboard);
  const tiles = [...byDashboard].map(
    ([dashboard, group]) => say`${list(group.map(({ tile }) => name(tile)))} of ${dashboard}`,
  );
  const nobody = complete ? [plain("no tile uses it")] : [];
  const looked = tiles.length === 0 ? nobody : [say`used by ${join(tiles, "; ")}`];
  const verb = change === "changed" ? "" : change === "new" ? " is new" : " is removed";
  return line(say`${code(event)}${whose}${verb}`, [...words, ...looked]);
}

/** "Policy: 12 of 12 hold · Drift: none"; names the rules that depend on values known only after the update. */
function footer({ policy, drifted, driftErrors }: PreviewReport): Phrase {
  const open = policy.undecided.map(({ rule }) => rule).join(", ");
  const waiting = open === "" ? "" : `, known after the update: ${open}`;
  const rules = `Policy: ${policy.holding} of ${policy.rules} hold${waiting}`;
  if (driftErrors.length > 0) return plain(`${rules} · Drift: not known`);
  if (drifted === undefined) return plain(rules);
  return plain(`${rules} · Drift: ${drifted === 0 ? "none" : `${quantity(drifted, "resource")} changed by hand`}`);
}
