import { describe, expect, expectTypeOf, test } from "vitest";
import {
  count,
  dashboard,
  funnel,
  type LineLabel,
  lineLabels,
  median,
  moreThan,
  not,
  people,
  present,
  step,
  type TileReference,
  type TrendTile,
  text,
  timeToConvert,
  trend,
} from "../../../src/insights/define/index.ts";

const tile = { title: "Title", reading: "Reading.", place: { column: 0, row: 0, width: 6, height: 5 } } as const;

describe("a wrong word in a trend does not compile", () => {
  test("an event that the catalog lacks", () => {
    // @ts-expect-error a letter is missing
    count("onboarding.step_view");
    // @ts-expect-error it has its own event, not the page's
    people("pageview");
  });

  test("a breakdown that no event of the series has", () => {
    const series = [count("onboarding.step_viewed"), count("onboarding.step_completed")] as const;
    trend({ ...tile, series, breakdown: "step" });
    trend({ ...tile, series, breakdown: "position" });
    trend({ ...tile, series, breakdown: ["step", "direction"] });
    // @ts-expect-error stepp
    trend({ ...tile, series, breakdown: "stepp" });
    // @ts-expect-error channel belongs to other events
    trend({ ...tile, series, breakdown: ["step", "channel"] });
    // @ts-expect-error stepper_open has no property at all
    trend({ ...tile, series: [count("onboarding.stepper_open")], breakdown: "step" });
  });

  test("a measure of something that is not a number", () => {
    median("onboarding.step_viewed", "position");
    // @ts-expect-error step is a text
    median("onboarding.step_viewed", "step");
    // @ts-expect-error the event has no duration
    median("ask.response_error", "duration_ms");
  });

  test("a filter on a wrong property or value", () => {
    count("onboarding.step_viewed", { where: { direction: "back", position: moreThan(2) } });
    count("onboarding.step_viewed", { where: { direction: present, step: not("review_launch", "connect_tools") } });
    count("cadence.message_sent", { where: { fallback: true, channel: ["sms", "email"] } });
    // @ts-expect-error directionn
    count("onboarding.step_viewed", { where: { directionn: "back" } });
    // @ts-expect-error one goes forward or back
    count("onboarding.step_viewed", { where: { direction: "backwards" } });
    // @ts-expect-error a text is not more than a number
    count("onboarding.step_viewed", { where: { step: moreThan(2) } });
    // @ts-expect-error there is no fax
    count("cadence.message_sent", { where: { channel: not("fax") } });
    // @ts-expect-error fallback is true or false
    count("cadence.message_sent", { where: { fallback: "true" } });
    // @ts-expect-error mode is not a property of answers
    trend({ ...tile, series: [count("ask.response_error")], where: { mode: "plan" } });
  });

  test("a formula that names a series which is not there", () => {
    const one = [count("ask.response_error")] as const;
    const two = [count("ask.response_stream_complete"), count("ask.response_error")] as const;
    trend({ ...tile, series: two, formulas: { "Error share": "B / (A + B)", "per cent": "b * 100.5 % 7" } });
    // @ts-expect-error there is only A
    trend({ ...tile, series: one, formulas: { "Error share": "B/(A+B)" } });
    // @ts-expect-error there is only A, B
    trend({ ...tile, series: two, formulas: { fine: "A", "Error share": "c / A" } });
    // @ts-expect-error formulas know no commas
    trend({ ...tile, series: two, formulas: { "Error share": "max(A, B)" } });
  });

  test("a wrong interval, display, unit, comparison or time", () => {
    const series = [count("$pageview")] as const;
    trend({ ...tile, series, interval: "hour", display: "stacked bars", unit: "share", comparedWith: "week before" });
    // @ts-expect-error days
    trend({ ...tile, series, interval: "days" });
    // @ts-expect-error PostHog's name, not ours
    trend({ ...tile, series, display: "BoldNumber" });
    // @ts-expect-error percent
    trend({ ...tile, series, unit: "percent" });
    // @ts-expect-error previous
    trend({ ...tile, series, comparedWith: "previous" });
    // @ts-expect-error a text instead of a number
    trend({ ...tile, series, lastDays: "30" });
    // @ts-expect-error two lengths at once
    trend({ ...tile, series, lastDays: 30, lastHours: 2 });
  });

  test("a tile without series, title, reading or place", () => {
    // @ts-expect-error nothing to count
    trend({ ...tile, series: [] });
    // @ts-expect-error no title
    trend({ reading: tile.reading, place: tile.place, series: [count("$pageview")] });
    // @ts-expect-error no reading
    trend({ title: tile.title, place: tile.place, series: [count("$pageview")] });
    // @ts-expect-error no place
    trend({ title: tile.title, reading: tile.reading, series: [count("$pageview")] });
    // @ts-expect-error the grid has columns 0 to 11
    text({ markdown: "Words", place: { column: 12, row: 0, width: 1, height: 1 } });
    // @ts-expect-error a tile is at most 12 columns wide
    text({ markdown: "Words", place: { column: 0, row: 0, width: 13, height: 1 } });
  });
});

describe("a wrong word in a funnel does not compile", () => {
  test("a step that the catalog lacks, or a single step", () => {
    funnel({ ...tile, steps: ["onboarding.stepper_open", "onboarding.step_completed"], windowDays: 14 });
    // @ts-expect-error stepper_opened
    funnel({ ...tile, steps: ["onboarding.stepper_opened", "onboarding.step_completed"] });
    // @ts-expect-error one step is no funnel
    funnel({ ...tile, steps: ["onboarding.stepper_open"] });
    // @ts-expect-error two windows at once
    timeToConvert({ ...tile, steps: ["landing_view", "onboarding_complete"], windowDays: 14, windowHours: 1 });
  });

  test("a breakdown, a filter or an exclusion that does not fit the steps", () => {
    const steps = ["onboarding.stepper_open", step("onboarding.step_completed", { where: { step: "x" } })] as const;
    funnel({ ...tile, steps, breakdown: "step", where: { step: "x" } });
    funnel({ ...tile, steps, exclusions: [{ event: "client_error", afterStep: 0, beforeStep: 1 }] });
    // @ts-expect-error stepp
    funnel({ ...tile, steps, breakdown: "stepp" });
    // @ts-expect-error a funnel takes one breakdown
    funnel({ ...tile, steps, breakdown: ["step"] });
    // @ts-expect-error position is not a property of these steps
    funnel({ ...tile, steps, where: { position: 1 } });
    // @ts-expect-error client_errors
    funnel({ ...tile, steps, exclusions: [{ event: "client_errors", afterStep: 0, beforeStep: 1 }] });
    // @ts-expect-error the property belongs to another event
    step("onboarding.step_completed", { where: { position: 1 } });
  });
});

describe("what a dashboard knows about its tiles", () => {
  const example = dashboard({
    key: "example",
    title: "Example",
    owner: "ai",
    question: "Does it work?",
    tiles: {
      "error-share": trend({
        ...tile,
        series: [count("ask.response_stream_complete"), count("ask.response_error")],
        formulas: { "Error share": "B / (A + B)" },
      }),
      answers: trend({
        ...tile,
        series: [count("ask.response_stream_complete", { label: "Answers" }), people("ask.response_error")],
      }),
      conversion: funnel({ ...tile, steps: ["ask.prompt_submitted", "ask.response_stream_complete"] }),
      duration: timeToConvert({ ...tile, steps: ["ask.prompt_submitted", "ask.response_stream_complete"] }),
      about: text({ markdown: "Words", place: tile.place }),
    },
  });

  test("a tile key or an owner that does not exist does not compile", () => {
    expectTypeOf(example.tile)
      .parameter(0)
      .toEqualTypeOf<"error-share" | "answers" | "conversion" | "duration" | "about">();
    // @ts-expect-error error-shar
    expect(example.tile("error-shar").tile).toBeUndefined();
    // @ts-expect-error nobody is called marketing
    dashboard({ key: "other", title: "Other", owner: "marketing", question: "?", tiles: {} });
  });

  test("only trends fit where an alert wants a trend", () => {
    const alertOn = <Tile extends TrendTile>(reference: TileReference<Tile>, line: LineLabel<Tile>) =>
      `${reference.dashboardKey}/${reference.tileKey}: ${line}`;
    expect(alertOn(example.tile("error-share"), "Error share")).toBe("example/error-share: Error share");
    expect(alertOn(example.tile("answers"), "ask.response_error")).toBe("example/answers: ask.response_error");
    // @ts-expect-error a funnel has no lines
    alertOn(example.tile("conversion"), "ask.prompt_submitted");
    // @ts-expect-error nor do texts
    alertOn(example.tile("about"), "Words");
    // @ts-expect-error with a formula, the series themselves are not shown
    alertOn(example.tile("error-share"), "ask.response_error");
    // @ts-expect-error its label is Answers
    alertOn(example.tile("answers"), "ask.response_stream_complete");
  });

  test("the labels of its lines, as a type and as a value", () => {
    const { "error-share": errorShare, answers } = example.tiles;
    expectTypeOf<LineLabel<typeof errorShare>>().toEqualTypeOf<"Error share">();
    expectTypeOf<LineLabel<typeof answers>>().toEqualTypeOf<"Answers" | "ask.response_error">();
    expect(lineLabels(errorShare.query.source)).toEqual(["Error share"]);
    expect(lineLabels(answers.query.source)).toEqual(["Answers", "ask.response_error"]);
  });

  test("which of PostHog's queries it is", () => {
    expectTypeOf(example.tiles.conversion.query.source.funnelsFilter.funnelVizType).toEqualTypeOf<"steps">();
    expectTypeOf(example.tiles.duration.query.source.funnelsFilter.funnelVizType).toEqualTypeOf<"time_to_convert">();
    expectTypeOf(example.tiles.answers.query.source.kind).toEqualTypeOf<"TrendsQuery">();
  });
});
