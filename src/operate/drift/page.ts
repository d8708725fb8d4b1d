import { owners } from "../../catalog/owners.ts";
import type { Becomes } from "../plan/plan.ts";
import { policySections } from "../policy/page.ts";
import { type Document, type Item, line, type Section, sentence } from "../text/document.ts";
import { code, link, list, marked, type Phrase, plain, quantity, say, strong } from "../text/phrase.ts";
import { goneKinds } from "./gone.ts";
import type { Drifted, DriftReport, Waiting } from "./report.ts";
import { longestWaitHours } from "./undeployed.ts";

/** The report as a page: for each owner what was changed by hand, and how to undo or keep it. */
export function driftPage(report: DriftReport): Document {
  const { errors, owners: answering, waiting, policy } = report;
  const sections: Section[] = [
    {
      title: plain("Why it could not be compared"),
      importance: 0,
      items: errors.map((text) => ({ kind: "block", text })),
      more: (left) => plain(`… and ${quantity(left, "more error")}`),
    },
    ...answering.map(
      ({ owner, drifted }): Section => ({
        title: say`${owner}: ${owners[owner]}`,
        importance: 1,
        items: drifted.map(driftedItem),
        more: (left) => plain(`… and ${left} more of ${owner}`),
      }),
    ),
    {
      title: plain("Not as the code says, and not changed by hand since the last `up` or refresh"),
      importance: 1,
      items: [...undeployedItems(report), ...waiting.map((one) => waitingItem(one, report))],
      more: (left) => plain(`… and ${left} more`),
    },
    ...(errors.length > 0 ? [] : policySections(policy)),
    {
      importance: 0,
      items:
        report.outcome === "drift"
          ? [sentence(say`Put back everything, in the right order: ${code(report.heal)}`)]
          : report.outcome === "nothing deployed"
            ? [sentence(say`It was never deployed, or was destroyed. Deploy it: ${code(report.heal)}`)]
            : [],
      more: () => plain(""),
    },
  ];
  return { headline: headline(report), sections: sections.filter(({ items }) => items.length > 0) };
}

/** When it is unknown which differences only wait for a deployment, none of them is called drift. */
function undeployedItems({ undeployed }: DriftReport): Item[] {
  if (!undeployed) return [];
  const { commit, files } = undeployed;
  const since = say`since the last ${code("up")}, of commit ${code(commit.slice(0, 7))}`;
  if (files === undefined)
    return [
      sentence(say`Whether the code has changed ${since}, is not known: this checkout does not have that commit.`),
    ];
  const shown = list(files.slice(0, mostFiles).map(code));
  const rest = files.length > mostFiles ? ` and ${quantity(files.length - mostFiles, "more file")}` : "";
  return [
    sentence(
      say`The code has changed ${since}: ${shown}${rest}. What follows from that waits for its deployment and is no drift; deploy it, then look again. A merge that is older than ${String(longestWaitHours)} hours keeps no issue from being opened: most merges change no resource, and nothing waits then.`,
    ),
  ];
}

const mostFiles = 5;

/** Promises that the headline names; the list below it has them all. */
const mostPromises = 3;

function headline({ stack, outcome, owners: answering, waiting, undeployed }: DriftReport): Phrase {
  if (outcome === "failed") return say`${strong(stack)}: the drift check failed`;
  if (outcome === "nothing deployed")
    return say`${strong(stack)}: nothing is deployed, so that nothing could be compared`;
  if (outcome === "none") return say`${strong(stack)}: nothing was changed by hand, and all is as the code says`;
  const promises = answering
    .flatMap(({ drifted }) => drifted)
    .filter(({ isPromise }) => isPromise)
    .flatMap(({ words }) => words.slice(0, mostPromises))
    .map((words) => `${String(words)}; `)
    .join("");
  const waits = undeployed?.files ? ", which has changed since it was deployed" : "";
  const left = `${quantity(waiting.length, "thing is", "things are")} not as the code says${waits}`;
  if (answering.length === 0) return say`${strong(stack)}: ${left}`;
  const others = waiting.length === 0 ? "" : `; ${left}`;
  const count = answering.reduce((sum, { drifted }) => sum + drifted.length, 0);
  const shares = answering.map(({ owner, drifted }) => `${owner} ${drifted.length}`).join(", ");
  return say`${strong(stack)}: ${promises}${quantity(count, "thing was", "things were")} changed by hand (${shares})${others}`;
}

/** The changes are described in the direction of an `up`: from what is live to what the code says. */
function waitingItem(
  { kind, name, owner, change, words, interrupted, mayFollowFrom, ...healing }: Waiting,
  { undeployed }: DriftReport,
): Item {
  const killed =
    interrupted === undefined
      ? []
      : [say`an ${code("up")} was killed while it was ${interrupted} it: whether that was done is not known`];
  return line(say`${kind} ${strong(name)} (${owner}) ${stands(change, interrupted)}`, [
    ...killed,
    ...(change === "new" ? [] : words),
    ...(undeployed?.files ? [reasonLine(mayFollowFrom)] : []),
    healLine(healing),
  ]);
}

const reasonLine = (files: readonly string[]): Phrase =>
  files.length === 0
    ? plain("none of the changed files defines it")
    : say`may follow from ${list(files.slice(0, mostFiles).map(code))}${files.length > mostFiles ? " and others" : ""}, or be drift`;

const stands = (change: Becomes, interrupted: string | undefined): string => {
  if (change === "new") return "is missing";
  if (change === "removed" && interrupted !== undefined)
    return "may have been left behind: look for it at the vendor, then let Pulumi forget it";
  if (change === "removed") return "exists, but not in the code";
  return interrupted === undefined ? "is not finished, or differs" : "may not be finished";
};

function healLine({ heal, healFirst }: Pick<Drifted, "heal" | "healFirst">): Phrase {
  return healFirst.length === 0 ? say`heal: ${code(heal)}` : say`heal, after ${healFirst.join(", ")}: ${code(heal)}`;
}

function driftedItem({ kind, name, url, change, words, heal, healFirst, keep }: Drifted): Item {
  const where = url === undefined || change === "removed" ? "" : say` (${link("in PostHog", url)})`;
  const isGonePlace = goneKinds.some((one) => one === kind);
  const what = isGonePlace
    ? "is gone"
    : change === "removed"
      ? "was deleted"
      : kind.startsWith("variables")
        ? "were changed"
        : "was changed";
  return line(say`${kind} ${strong(name)} ${what}${where}`, [
    ...words,
    healLine({ heal, healFirst }),
    "command" in keep ? say`keep: ${code(keep.command)}, and commit what it writes` : say`keep: ${marked(keep.advice)}`,
  ]);
}
