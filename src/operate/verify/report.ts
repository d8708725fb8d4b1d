import { type Document, line, type Section, sentence } from "../text/document.ts";
import { counted, marked, type Phrase, plain, say, strong } from "../text/phrase.ts";
import type { Result } from "./check.ts";
import type { CheckRun } from "./checks.ts";

/** Whether everything works, and what does not. */
export interface VerifyReport {
  readonly stack: string;
  readonly outcome: "all holds" | "something fails";
  readonly checks: readonly CheckRun[];
}

export const verifyReport = (stack: string, checks: readonly CheckRun[]): VerifyReport => ({
  stack,
  outcome: checks.some(({ results }) => results.some(({ outcome }) => outcome === "fails"))
    ? "something fails"
    : "all holds",
  checks,
});

const count = ({ checks }: VerifyReport, wanted: Result["outcome"]): number =>
  checks.flatMap(({ results }) => results).filter(({ outcome }) => outcome === wanted).length;

/** The report as a page: what fails first, then what holds. */
export function verifyPage(report: VerifyReport): Document {
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
        line(say`${boldOrCode(what)}: ${marked(evidence)}`, fix ? [marked(fix)] : []),
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

function headline(report: VerifyReport): Phrase {
  const failing = count(report, "fails");
  const holding = count(report, "holds");
  const skipped = count(report, "skipped");
  const rest = skipped === 0 ? "" : `, ${skipped} not looked at`;
  if (failing === 0) return say`${strong(report.stack)}: all ${holding} checks hold${rest}`;
  return say`${strong(report.stack)}: ${counted(failing, "check fails", "checks fail")}, ${holding} hold${rest}`;
}

/** For a deployment that does not work: what to do until it is mended. */
export const rollbackNotes = (stack: string): Section => ({
  title: plain("To go back"),
  importance: 4,
  items: [
    sentence(
      marked(
        `Check out the commit of the last good deployment and run \`pulumi up --refresh --run-program --stack ${stack}\`: it puts back dashboards, alerts and variables. What holds data is protected and stays. Then start a deployment of the apps, which variables take effect with.`,
      ),
    ),
  ],
  more: () => plain(""),
});
