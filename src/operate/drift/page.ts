import { owners } from "../../catalog/owners.ts";
import { policySections } from "../policy/page.ts";
import { type Document, type Item, line, type Section, sentence } from "../text/document.ts";
import { code, counted, link, marked, type Phrase, plain, say, strong } from "../text/phrase.ts";
import type { Drifted, DriftReport } from "./report.ts";

/** The report as a page: for each owner what was done by hand, and the two ways out of it. */
export function driftPage(report: DriftReport): Document {
  const { errors, owners: answering, policy } = report;
  const sections: Section[] = [
    {
      title: plain("What keeps it from being looked at"),
      importance: 0,
      items: errors.map((text) => ({ kind: "block", text })),
      more: (left) => plain(`… and ${counted(left, "more error")}`),
    },
    ...answering.map(
      ({ owner, drifted }): Section => ({
        title: say`${owner}: ${owners[owner]}`,
        importance: 1,
        items: drifted.map(driftedItem),
        more: (left) => plain(`… and ${left} more of ${owner}`),
      }),
    ),
    ...(errors.length > 0 ? [] : policySections(policy)),
    {
      importance: 0,
      items: report.outcome === "drift" ? [sentence(say`Put back everything: ${code(report.heal)}`)] : [],
      more: () => plain(""),
    },
  ];
  return { headline: headline(report), sections: sections.filter(({ items }) => items.length > 0) };
}

function headline({ stack, outcome, owners: answering }: DriftReport): Phrase {
  if (outcome === "failed") return say`${strong(stack)}: the look for drift failed`;
  if (outcome === "none") return say`${strong(stack)}: nothing was changed by hand`;
  const count = answering.reduce((sum, { drifted }) => sum + drifted.length, 0);
  const shares = answering.map(({ owner, drifted }) => `${owner} ${drifted.length}`).join(", ");
  return say`${strong(stack)}: ${counted(count, "thing was", "things were")} changed by hand (${shares})`;
}

function driftedItem({ kind, name, url, change, words, heal, keep }: Drifted): Item {
  const where = url === undefined || change === "removed" ? "" : say` (${link("in PostHog", url)})`;
  const what = change === "removed" ? "was deleted" : kind.startsWith("variables") ? "were changed" : "was changed";
  return line(say`${kind} ${strong(name)} ${what}${where}`, [
    ...words,
    say`heal: ${code(heal)}`,
    "command" in keep ? say`keep: ${code(keep.command)}, and commit what it writes` : say`keep: ${marked(keep.advice)}`,
  ]);
}
