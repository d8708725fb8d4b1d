import { expect, test } from "vitest";
import { funnel, step, timeToConvert } from "../../../src/insights/define/index.ts";

const tile = { title: "Title", reading: "Reading.", place: { column: 0, row: 0, width: 6, height: 5 } } as const;
const steps = ["onboarding.stepper_open", "onboarding.step_completed"] as const;

test("the shortest funnel: ordered steps within 14 days, over the last 30", () => {
  expect(funnel({ ...tile, steps }).query).toEqual({
    kind: "InsightVizNode",
    source: {
      kind: "FunnelsQuery",
      series: [
        { kind: "EventsNode", event: "onboarding.stepper_open" },
        { kind: "EventsNode", event: "onboarding.step_completed" },
      ],
      dateRange: { date_from: "-30d" },
      funnelsFilter: {
        funnelVizType: "steps",
        layout: "vertical",
        funnelOrderType: "ordered",
        funnelWindowInterval: 14,
        funnelWindowIntervalUnit: "day",
      },
    },
  });
});

test("a funnel that says everything", () => {
  const { source } = funnel({
    ...tile,
    steps: [
      "onboarding.stepper_open",
      step("onboarding.step_completed", { label: "Launched", where: { step: "review_launch" } }),
    ],
    where: { step: ["profile", "review_launch"] },
    order: "strict",
    windowHours: 6,
    exclusions: [{ event: "client_error", afterStep: 0, beforeStep: 1 }],
    breakdown: "step",
    breakdownLimit: 5,
    attribution: { step: 1 },
    layout: "below each other",
    lastWeeks: 2,
  }).query;
  expect(source).toEqual({
    kind: "FunnelsQuery",
    series: [
      { kind: "EventsNode", event: "onboarding.stepper_open" },
      {
        kind: "EventsNode",
        event: "onboarding.step_completed",
        custom_name: "Launched",
        properties: [{ type: "event", key: "step", operator: "exact", value: ["review_launch"] }],
      },
    ],
    dateRange: { date_from: "-2w" },
    properties: [{ type: "event", key: "step", operator: "exact", value: ["profile", "review_launch"] }],
    breakdownFilter: { breakdown: "step", breakdown_type: "event", breakdown_limit: 5 },
    funnelsFilter: {
      funnelVizType: "steps",
      breakdownAttributionType: "step",
      breakdownAttributionValue: 1,
      layout: "horizontal",
      funnelOrderType: "strict",
      funnelWindowInterval: 6,
      funnelWindowIntervalUnit: "hour",
      exclusions: [{ kind: "EventsNode", event: "client_error", funnelFromStep: 0, funnelToStep: 1 }],
    },
  });
});

test("a step that only the first time counts for", () => {
  const { series } = funnel({ ...tile, steps: [step("onboarding.stepper_open", { firstTime: true }), ...steps] }).query
    .source;
  expect(series[0]).toEqual({ kind: "EventsNode", event: "onboarding.stepper_open", math: "first_time_for_user" });
});

test("the time from one step to another, in so many bars", () => {
  expect(timeToConvert({ ...tile, steps, fromStep: 0, toStep: 1, bins: 20 }).query.source.funnelsFilter).toEqual({
    funnelVizType: "time_to_convert",
    funnelFromStep: 0,
    funnelToStep: 1,
    binCount: 20,
    funnelOrderType: "ordered",
    funnelWindowInterval: 14,
    funnelWindowIntervalUnit: "day",
  });
});

test.each([
  [{ windowMinutes: 30 }, 30, "minute"],
  [{ windowHours: 24 }, 24, "hour"],
  [{ windowDays: 7 }, 7, "day"],
  [{ windowWeeks: 2 }, 2, "week"],
] as const)("a window of %o", (window, funnelWindowInterval, funnelWindowIntervalUnit) => {
  const { funnelsFilter } = timeToConvert({ ...tile, steps, ...window }).query.source;
  expect(funnelsFilter).toMatchObject({ funnelWindowInterval, funnelWindowIntervalUnit });
});

test.each([
  ["first touch", "first_touch"],
  ["last touch", "last_touch"],
  ["all events", "all_events"],
] as const)("a breakdown by %s", (attribution, breakdownAttributionType) => {
  const { funnelsFilter } = funnel({ ...tile, steps, breakdown: "step", attribution }).query.source;
  expect(funnelsFilter).toMatchObject({ breakdownAttributionType });
});
