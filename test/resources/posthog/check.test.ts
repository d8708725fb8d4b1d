import { describe, expect, test } from "vitest";
import { findProblems } from "../../../src/resources/kernel/check.ts";
import { type DashboardInputs, dashboardInputs } from "../../../src/resources/posthog/dashboard/inputs.ts";
import { definition, textTile, trendTile } from "./support.ts";

const problemsOf = (tiles: DashboardInputs["tiles"]) =>
  findProblems(dashboardInputs, definition({ tiles })).map(({ property, reason }) => `${property}: ${reason}`);

describe("a dashboard that no program has checked", () => {
  test("is refused when its tiles lie over each other, unless their places are PostHog's own", () => {
    const place = { column: 3, row: 2, width: 6, height: 5 };
    expect(problemsOf({ a: trendTile("A"), b: trendTile("B", { place }), c: textTile("C") })).toEqual([
      expect.stringMatching(/^tiles\.b\.place: it lies over the tile "a": move one of them, or make it smaller/),
    ]);
    expect(problemsOf({ a: trendTile("A"), b: trendTile("B", { place, handPlaced: true }) })).toEqual([]);
    expect(problemsOf({ a: trendTile("A"), b: trendTile("B", { place: { ...place, column: 6 } }) })).toEqual([]);
  });

  test("is refused when a formula names a series that is not there", () => {
    const withFormula = (trendsFilter: object) => ({
      a: trendTile("A", {
        query: {
          kind: "InsightVizNode",
          source: { kind: "TrendsQuery", series: [{ kind: "EventsNode" }, { kind: "EventsNode" }], trendsFilter },
        },
      }),
    });
    expect(problemsOf(withFormula({ formulaNodes: [{ formula: "C / (A + b)" }] }))).toEqual([
      expect.stringMatching(/^tiles\.a\.query: the formula C \/ \(A \+ b\) names C, but the last series is B/),
    ]);
    expect(problemsOf(withFormula({ formula: "A/B*100", formulas: ["A+D"] }))).toHaveLength(1);
    expect(problemsOf(withFormula({ formulaNodes: [{ formula: "A / B" }] }))).toEqual([]);
  });
});
