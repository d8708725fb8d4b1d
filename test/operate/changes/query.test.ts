import { describe, expect, test } from "vitest";
import { count, funnel, median, people, timeToConvert, trend } from "../../../src/insights/define/index.ts";
import { queryChange } from "../../../src/operate/changes/query/query.ts";

const place = { column: 0, row: 0, width: 6, height: 5 } as const;
const told = { title: "A tile", reading: "More is better.", place };
const steps = ["onboarding.stepper_open", "onboarding.step_completed"] as const;

const said = (before: { query: unknown }, after: { query: unknown }): string[] =>
  queryChange(before.query, after.query).words.map(String);

describe("a change of a query is told in words", () => {
  const trendOf = (options: object = {}) => trend({ ...told, series: [count("ask.prompt_submitted")], ...options });
  const funnelOf = (options: object = {}) => funnel({ ...told, steps, windowDays: 14, ...options });

  test.for<[string, { query: unknown }, { query: unknown }, string[]]>([
    ["a shorter window", funnelOf(), funnelOf({ windowDays: 7 }), ["window 14 d → 7 d"]],
    ["a window in hours", funnelOf(), funnelOf({ windowDays: undefined, windowHours: 36 }), ["window 14 d → 36 h"]],
    ["another range", trendOf(), trendOf({ lastDays: 7 }), ["range last 30 d → last 7 d"]],
    ["a range since a day", trendOf(), trendOf({ since: "2026-11-01" }), ["range last 30 d → since 2026-11-01"]],
    ["another interval", trendOf(), trendOf({ interval: "hour" }), ["one point per day → hour"]],
    ["another display", trendOf(), trendOf({ display: "total bars" }), ["drawn as lines → total bars"]],
    ["another unit", trendOf(), trendOf({ unit: "share" }), ["values are counts → shares"]],
    [
      "a breakdown",
      trendOf({ breakdown: "mode" }),
      trendOf({ breakdown: ["mode", "onboard"] }),
      ["broken down by mode → mode and onboard"],
    ],
    [
      "no breakdown any more",
      trendOf({ breakdown: "mode" }),
      trendOf(),
      ["broken down by mode → nothing", "legend shown → hidden"],
    ],
    ["a filter", trendOf(), trendOf({ where: { onboard: true } }), ["counts everything → where onboard is true"]],
    [
      "another way to count",
      trendOf(),
      trendOf({ series: [people("ask.prompt_submitted")] }),
      ["count of ask.prompt_submitted → people of ask.prompt_submitted"],
    ],
    [
      "one more line",
      trendOf(),
      trendOf({
        series: [count("ask.prompt_submitted"), median("ask.prompt_submitted", "length", { label: "Length" })],
      }),
      ["shows “Length” (median of length of ask.prompt_submitted), too", "legend hidden → shown"],
    ],
    [
      "a formula",
      trendOf({ formulas: { Share: "A / A" } }),
      trendOf({ formulas: { Share: "A" } }),
      ["“Share”: A / A → A"],
    ],
    [
      "goals",
      trendOf(),
      trendOf({ goals: [{ label: "One in twenty", value: 0.05 }] }),
      ["goal lines none → One in twenty at 0.05"],
    ],
    [
      "a comparison",
      trendOf(),
      trendOf({ comparedWith: "week before" }),
      ["compared with nothing → the week before", "legend hidden → shown"],
    ],
    [
      "other steps",
      funnelOf(),
      funnelOf({ steps: ["onboarding.stepper_open", "onboarding.step_viewed", "onboarding.step_completed"] }),
      [
        "steps onboarding.stepper_open › onboarding.step_completed → onboarding.stepper_open › onboarding.step_viewed › onboarding.step_completed",
      ],
    ],
    ["the order of steps", funnelOf(), funnelOf({ order: "strict" }), ["order of the steps ordered → strict"]],
    ["another kind", trendOf(), funnelOf(), ["becomes a funnel, was a trend"]],
    [
      "bars of a histogram",
      timeToConvert({ ...told, steps }),
      timeToConvert({ ...told, steps, bins: 20 }),
      ["bars as PostHog chooses → 20"],
    ],
  ])("%s", ([, before, after, words]) => {
    expect(said(before, after)).toEqual(words);
  });

  test("what has no words of its own is told by its field, so that nothing goes unsaid", () => {
    const { query } = trendOf();
    const edited = structuredClone(query) as unknown as { source: Record<string, unknown> };
    edited.source.samplingFactor = 0.1;
    expect(said({ query }, { query: edited })).toEqual(["samplingFactor none → 0.1"]);
  });

  test("SQL is told by how much of it changes", () => {
    const sql = (query: string) => ({
      query: { kind: "DataVisualizationNode", source: { kind: "HogQLQuery", query } },
    });
    expect(said(sql("select 1\nfrom events"), sql("select 2\nfrom events"))).toEqual(["SQL changes in 1 line"]);
  });

  test("a query that only means the same is no change", () => {
    expect(said(trendOf(), trendOf())).toEqual([]);
  });
});

describe("a change of a funnel's window says what becomes of people", () => {
  const consequence = (from: number, to: number): string =>
    String(
      queryChange(funnel({ ...told, steps, windowDays: from }).query, funnel({ ...told, steps, windowDays: to }).query)
        .consequence,
    );

  test("a shorter one loses the slow", () => {
    expect(consequence(14, 7)).toBe("People who need 8 to 14 days will count as lost.");
    expect(consequence(2, 1)).toBe("People who need more than 1 day will count as lost.");
  });

  test("a longer one gains them", () => {
    expect(consequence(1, 7)).toBe("People who need up to 7 days will count, not only those who need 1 day.");
  });
});
