import { describe, expect, test } from "vitest";
import { compileNumberingPlan } from "../../../../src/runtime/build/compile-numbering-plan.ts";
import numberingPlan from "../../../../src/runtime/shared/privacy/tables/numbering-plan.json" with { type: "json" };
import { verdictsByKind } from "./cases.ts";

const shown = (verdicts: readonly { given: { id: string } }[]) => verdicts.map(({ given }) => given.id);

describe("the labelled cases", () => {
  test("of each private kind, at most one in thirty comes through, and one in a hundred over all", () => {
    const kinds = verdictsByKind("private");
    for (const [kind, verdicts] of kinds) {
      const through = verdicts.filter(({ wrong }) => wrong);
      expect(through.length / verdicts.length, `${kind}: ${shown(through)}`).toBeLessThanOrEqual(0.03);
    }
    const all = [...kinds.values()].flat();
    expect(all.filter(({ wrong }) => wrong).length / all.length).toBeLessThanOrEqual(0.01);
  });

  test("of what a reader needs beside a private part, nine in ten parts stay", () => {
    const all = [...verdictsByKind("private").values()].flat();
    const wished = all.reduce((sum, { given }) => sum + (given.stays?.length ?? 0), 0);
    const lost = all.filter(({ lost }) => lost.length > 0);
    expect(lost.length / wished, `${shown(lost)}`).toBeLessThanOrEqual(0.1);
  });

  test("of the useful texts, at most two in a hundred are changed", () => {
    const all = [...verdictsByKind("useful").values()].flat();
    const changed = all.filter(({ wrong }) => wrong);
    expect(changed.length / all.length, `${shown(changed)}`).toBeLessThanOrEqual(0.02);
  });
});

test("the numbering plan is what libphonenumber's metadata says", () => {
  expect(numberingPlan).toEqual(compileNumberingPlan());
});
