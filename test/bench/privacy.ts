import { redactText } from "../../src/runtime/shared/privacy/text.ts";
import { verdictsByKind } from "../runtime/shared/privacy/cases.ts";
import { costOf, fragments, growthOf, pairs } from "../runtime/shared/privacy/fragments.ts";

/** Recall and precision of the redactor by kind, over the labelled cases, and how its cost grows with a text's length. */
export async function run() {
  const percent = (part: number, whole: number) => (100 * part) / whole;
  const recalled = [...verdictsByKind("private")].map(([kind, verdicts]) => ({
    name: `recall of ${kind}`,
    value: percent(verdicts.filter(({ wrong }) => !wrong).length, verdicts.length),
    unit: `% of ${verdicts.length}`,
  }));
  const kept = [...verdictsByKind("useful")].map(([kind, verdicts]) => ({
    name: `unchanged of ${kind}`,
    value: percent(verdicts.filter(({ wrong }) => !wrong).length, verdicts.length),
    unit: `% of ${verdicts.length}`,
  }));
  const privates = [...verdictsByKind("private").values()].flat();
  const useful = [...verdictsByKind("useful").values()].flat();
  const wished = privates.reduce((sum, { given }) => sum + (given.stays?.length ?? 0), 0);
  const lost = privates.reduce((sum, { lost }) => sum + lost.length, 0);
  const growths = pairs().map((fragment) => growthOf(redactText, fragment));
  return [
    ...recalled,
    ...kept,
    {
      name: "recall over all",
      value: percent(privates.filter(({ wrong }) => !wrong).length, privates.length),
      unit: `% of ${privates.length}`,
    },
    {
      name: "useful texts changed",
      value: percent(useful.filter(({ wrong }) => wrong).length, useful.length),
      unit: `% of ${useful.length}`,
    },
    {
      name: "readable parts that stay beside a private one",
      value: percent(wished - lost, wished),
      unit: `% of ${wished}`,
    },
    {
      name: `largest growth of cost when a text doubles, of ${growths.length} pairs of ${fragments.length} fragments`,
      value: Math.max(...growths),
      unit: "x",
    },
    {
      name: "8 kB of log lines",
      value: costOf(redactText, "2026-11-27T09:12:44Z level=info user=7 took=12ms\n".repeat(160)),
      unit: "ms",
    },
  ];
}
