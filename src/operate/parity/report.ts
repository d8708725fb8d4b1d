import { type Document, line, type Section } from "../text/document.ts";
import { code, list, type Phrase, plain, quantity, say, strong } from "../text/phrase.ts";
import type { Cell, Parity, ParityFinding } from "./compare.ts";

/** The comparison of all places. Holds no value. */
export interface ParityReport extends Parity {
  readonly stack: string;
  readonly outcome: "the same everywhere" | "differences" | "failed";
  /** Places that could not be read. */
  readonly problems: readonly { readonly place: string; readonly what: string; readonly fix: string }[];
  /** Why the stack has no value to compare with, for values that only one place has. */
  readonly stackIsSilent: string;
}

export const parityReport = (
  stack: string,
  parity: Parity,
  problems: ParityReport["problems"],
  stackIsSilent = "the stack does not say what it is",
): ParityReport => ({
  stack,
  outcome: problems.length > 0 ? "failed" : parity.findings.length > 0 ? "differences" : "the same everywhere",
  ...parity,
  problems,
  stackIsSilent,
});

/** The report as a page: problems first, then every variable in every place. */
export function parityPage(report: ParityReport): Document {
  const { problems, findings, rows, others, notCompared, stackIsSilent } = report;
  const columns = Object.keys(rows[0]?.cells ?? {});
  const more = (left: number): Phrase => plain(`… and ${left} more`);
  const sections: Section[] = [
    {
      title: plain("Could not be read"),
      importance: 0,
      tone: "danger",
      items: problems.map(({ place, what, fix }) =>
        line(say`${strong(place)}: ${what}`, fix === "" ? [] : [plain(fix)]),
      ),
      more,
    },
    {
      title: plain("Not as it should be"),
      importance: 1,
      tone: "warning",
      items: findings.map((one) => line(findingPhrase(one), [fixOf(one, report)])),
      more,
    },
    {
      title: plain("Set, but not compared"),
      importance: 1,
      items: notCompared.map(({ variable, place, why }) =>
        line(
          say`${code(variable)} in ${place}: ${why === "hidden" ? "it is a secret there, which is shown to nobody" : stackIsSilent}`,
        ),
      ),
      more,
    },
    {
      title: plain("Every variable, with a mark that is the same for the same value"),
      importance: 2,
      items: [
        {
          kind: "table",
          columns: ["Variable", ...columns],
          rows: rows.map(({ variable, cells }) => [
            code(variable),
            ...columns.map((column) => cellPhrase(cells[column])),
          ]),
        },
      ],
      more,
    },
    {
      title: plain("Other variables, which are not checked"),
      importance: 3,
      items: others.map(({ place, names }) => line(say`in ${place}: ${list(names.map(code))}`)),
      more,
    },
  ];
  return { headline: headline(report), sections: sections.filter(({ items }) => items.length > 0) };
}

function headline({ stack, outcome, findings, problems, notCompared }: ParityReport): Phrase {
  if (outcome === "failed") return say`${strong(stack)}: ${quantity(problems.length, "place")} could not be read`;
  if (outcome === "differences") {
    const variables = new Set(findings.map(({ variable }) => variable)).size;
    return say`${strong(stack)}: ${quantity(variables, "variable is not as it should be", "variables are not as they should be")}`;
  }
  const left = new Set(notCompared.map(({ variable }) => variable)).size;
  if (left > 0)
    return say`${strong(stack)}: every variable is in its place; ${left} ${left === 1 ? "was" : "were"} not compared, the others are the same everywhere`;
  return say`${strong(stack)}: every variable is in its place, and the same everywhere`;
}

const findingPhrase = ({ variable, place, words }: ParityFinding): Phrase => say`${code(variable)} ${words} (${place})`;

function fixOf({ kind, place }: ParityFinding, { stack, files }: ParityReport): Phrase {
  if (kind === "extra") return plain("rename it, or remove it");
  if (kind === "exposed") return plain("remove it, and replace the credential by a new one at its source");
  if (files.includes(place)) return plain(`correct it in ${place}`);
  return say`correct it with ${code(`pulumi up --refresh --run-program --stack ${stack}`)}`;
}

const cellWords = { "not meant": "–", missing: "missing", empty: "empty", hidden: "set, not shown" } as const;

const cellPhrase = (cell: Cell | undefined): Phrase =>
  cell === undefined ? plain("–") : cell.kind === "set" ? code(cell.mark) : plain(cellWords[cell.kind]);
