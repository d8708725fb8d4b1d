import { type Document, line, type Section } from "../text/document.ts";
import { counted, marked, type Phrase, plain, say, strong } from "../text/phrase.ts";
import type { CheckRun, Result } from "./check.ts";

/** Whether everything works, and what does not. */
export interface CheckReport {
  readonly stack: string;
  readonly outcome: "all holds" | "something fails";
  readonly checks: readonly CheckRun[];
}

export const checkReport = (stack: string, checks: readonly CheckRun[]): CheckReport => ({
  stack,
  outcome: checks.some(({ results }) => results.some(({ outcome }) => outcome === "fails"))
    ? "something fails"
    : "all holds",
  checks,
});

const count = ({ checks }: CheckReport, wanted: Result["outcome"]): number =>
  checks.flatMap(({ results }) => results).filter(({ outcome }) => outcome === wanted).length;

/** The report as a page: what fails first, then what holds. */
export function checkPage(report: CheckReport): Document {
  const { checks } = report;
  const of = (wanted: Result["outcome"]): Result[] =>
    checks.flatMap(({ results }) => results.filter(({ outcome }) => outcome === wanted));
  const more = (left: number): Phrase => plain(`… and ${left} more`);
  const sections: Section[] = [
    {
      title: plain("Fails"),
      importance: 1,
      tone: "danger",
      items: of("fails").map(({ what, evidence, fix }) =>
        line(
          what.startsWith("`") ? marked(`${what} ${evidence}`) : say`${boldOrCode(what)}: ${marked(evidence)}`,
          fix ? [marked(fix)] : [],
        ),
      ),
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

/** A variable stands as it is in code, everything else stands out. */
const boldOrCode = (what: string): Phrase => (what.includes("`") ? marked(what) : strong(what));

function headline(report: CheckReport): Phrase {
  const failing = count(report, "fails");
  const holding = count(report, "holds");
  const skipped = count(report, "skipped");
  const rest = skipped === 0 ? "" : `, ${skipped} not looked at`;
  if (failing === 0)
    return say`${strong(report.stack)}: ${holding === 1 ? "the one check holds" : `all ${holding} checks hold`}${rest}`;
  return say`${strong(report.stack)}: ${counted(failing, "check fails", "checks fail")}, ${holding} hold${rest}`;
}
