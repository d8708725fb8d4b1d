import { type Document, type Item, line, type Section } from "../text/document.ts";
import { list, marked, type Phrase, plain, quantity, say, strong } from "../text/phrase.ts";
import type { CheckRun, Result } from "./check.ts";

/** The results of all checks. */
export interface CheckReport {
  readonly stack: string;
  readonly outcome: "all holds" | "something fails";
  readonly checks: readonly CheckRun[];
}

export const checkReport = (stack: string, checks: readonly CheckRun[]): CheckReport => ({
  stack,
  outcome: checks.some(({ results }) => results.some(isTrouble)) ? "something fails" : "all holds",
  checks,
});

const isTrouble = ({ outcome, cause }: Result): boolean => outcome === "fails" || cause !== undefined;

/** The problems, each cause once: one refused key can make several checks impossible. */
const troubles = (results: readonly Result[]): Result[][] => [
  ...Map.groupBy(results.filter(isTrouble), ({ cause, evidence }) => cause?.what ?? evidence).values(),
];

/** The report as a page: what fails first, then what holds. */
export function checkPage(report: CheckReport): Document {
  const { checks } = report;
  const all = checks.flatMap(({ results }) => results);
  const of = (wanted: Result["outcome"]): Result[] =>
    all.filter((result) => result.outcome === wanted && (wanted === "fails" || !isTrouble(result)));
  const more = (left: number): Phrase => plain(`… and ${left} more`);
  const sections: Section[] = [
    {
      title: plain("Fails"),
      importance: 1,
      tone: "danger",
      items: troubles(all).map(troubleItem),
      more,
    },
    {
      title: plain("Holds"),
      importance: 2,
      items: of("holds").map(({ what, evidence }) => line(say`${marked(what)}: ${marked(evidence)}`)),
      more,
    },
    {
      title: plain("Not looked at"),
      importance: 3,
      items: of("skipped").map(({ what, evidence }) => line(say`${marked(what)}: ${marked(evidence)}`)),
      more,
    },
  ];
  return { headline: headline(report), sections: sections.filter(({ items }) => items.length > 0) };
}

function troubleItem([first, ...others]: Result[]): Item {
  if (!first) throw new Error("a group has at least one member");
  const { what, evidence, fix } = {
    ...first,
    ...(first.cause && { evidence: first.cause.what, fix: first.cause.fix }),
  };
  const keptFrom = others.map((other) => marked(other.what));
  return line(
    what.startsWith("`") && !first.cause
      ? marked(`${what} ${evidence}`)
      : say`${boldOrCode(what)}: ${marked(evidence)}`,
    [...(fix ? [marked(fix)] : []), ...(keptFrom.length > 0 ? [say`this also leaves unknown: ${list(keptFrom)}`] : [])],
  );
}

/** A variable's name is shown in code letters, everything else in bold. */
const boldOrCode = (what: string): Phrase => (what.includes("`") ? marked(what) : strong(what));

function headline(report: CheckReport): Phrase {
  const all = report.checks.flatMap(({ results }) => results);
  const failing = troubles(all).length;
  const holding = all.filter(({ outcome }) => outcome === "holds").length;
  const skipped = all.filter(({ outcome }) => outcome === "skipped").length;
  const rest = skipped === 0 ? "" : `, ${skipped} not looked at`;
  if (failing === 0)
    return say`${strong(report.stack)}: ${holding === 1 ? "the one check holds" : `all ${holding} checks hold`}${rest}`;
  return say`${strong(report.stack)}: ${quantity(failing, "check fails", "checks fail")}, ${holding} hold${rest}`;
}
