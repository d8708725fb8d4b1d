import { describe, expect, test } from "vitest";
import { events } from "../../../src/catalog/events.ts";
import type { DashboardDefinition, Place, Tile } from "../../../src/insights/define/definition.ts";
import { definitionFindings } from "../../../src/insights/define/index.ts";

const place = { column: 0, row: 0, width: 6, height: 5 };

/** A dashboard as JSON, which no type has checked. */
const dashboardOf = (tiles: Record<string, unknown>, rest: Partial<DashboardDefinition> = {}): DashboardDefinition => ({
  key: "ai-engagement",
  title: "AI engagement",
  owner: "ai",
  question: "Do people ask?",
  ...rest,
  tiles: tiles as Record<string, Tile>,
});

const insight = (source: object) => ({
  kind: "insight",
  title: "Title",
  reading: "Reading.",
  place,
  query: { kind: "InsightVizNode", source },
});
const node = (event: string | null, more: object = {}) => ({ kind: "EventsNode", event, ...more });
const trend = (series: readonly object[], more: object = {}) => insight({ kind: "TrendsQuery", series, ...more });
const funnel = (steps: readonly object[], funnelsFilter: object = {}, more: object = {}) =>
  insight({ kind: "FunnelsQuery", series: steps, funnelsFilter, ...more });

/** The findings for one tile: problem and fix. */
const found = (tile: object) =>
  definitionFindings([dashboardOf({ tile })], events).map(({ problem, fix }) => `${problem}: ${fix}`);

const prompt = node("ask.prompt_submitted");
const complete = node("ask.response_stream_complete");
const stepper = node("onboarding.stepper_open");
const completed = node("onboarding.step_completed");

test("everything wrong is found at once, each with file, tile, problem, fix and value", () => {
  const findings = definitionFindings(
    [
      dashboardOf({
        prompts: trend([node("ask.prompt_submited")]),
        "error-share": trend([complete], { trendsFilter: { formulaNodes: [{ formula: "B / (A + B)" }] } }),
      }),
      dashboardOf({ about: { kind: "text", markdown: " ", place } }, { key: "activation-funnel", owner: "" }),
    ],
    events,
  );
  expect(findings).toEqual([
    {
      where: 'dashboards/ai-engagement.ts  tile "prompts"',
      problem: "the event ask.prompt_submited is not in the catalog",
      fix: "did you mean ask.prompt_submitted? otherwise add it to src/catalog/events.ts",
      value: "ask.prompt_submited",
    },
    {
      where: 'dashboards/ai-engagement.ts  tile "error-share"',
      problem: "the formula B / (A + B) names series B, there is only A",
      fix: "add the series, or calculate with A",
      value: "B / (A + B)",
    },
    {
      where: 'dashboards/ai-engagement.ts  tile "error-share"',
      problem: 'it lies over tile "prompts", which covers columns 0 to 5 of rows 0 to 4',
      fix: "move one of them, or make it smaller",
      value: place,
    },
    {
      where: "dashboards/activation-funnel.ts",
      problem: "its owner is empty",
      fix: "name the team that answers for it",
      value: "",
    },
    {
      where: 'dashboards/activation-funnel.ts  tile "about"',
      problem: "its markdown is empty",
      fix: "write it, or remove the tile",
      value: " ",
    },
  ]);
});

test("nothing is found in a sound definition", () => {
  const sound = dashboardOf({
    prompts: trend([prompt], { dateRange: { date_from: "-7d" }, breakdownFilter: { breakdown_limit: 5 } }),
    conversion: { ...funnel([stepper, completed]), place: { ...place, column: 6 } },
    everything: { ...trend([node(null)]), place: { ...place, row: 5, width: 12 } },
  });
  expect(definitionFindings([sound], events)).toEqual([]);
});

describe("of a dashboard", () => {
  const tiles = { prompts: trend([prompt]) };
  const problems = (...dashboards: readonly DashboardDefinition[]) =>
    definitionFindings(dashboards, events).map(({ where, problem }) => `${where}: ${problem}`);

  test("a key that another one has", () => {
    expect(problems(dashboardOf(tiles), dashboardOf(tiles, { title: "Other" }))).toEqual([
      'dashboards/ai-engagement.ts: "Other" has the same key as "AI engagement": ai-engagement',
    ]);
  });

  test("a key that is no slug, of itself and of a tile", () => {
    expect(problems(dashboardOf({ "Error share": trend([prompt]) }, { key: "AI_engagement" }))).toEqual([
      'dashboards  "AI engagement": the dashboard key "AI_engagement" is not one',
      'dashboards  "AI engagement"  tile "Error share": the tile key "Error share" is not one',
    ]);
  });

  test("empty words", () => {
    expect(problems(dashboardOf(tiles, { title: "", owner: " ", question: "\n" }))).toEqual([
      "dashboards/ai-engagement.ts: its title is empty",
      "dashboards/ai-engagement.ts: its owner is empty",
      "dashboards/ai-engagement.ts: its question is empty",
    ]);
    expect(found({ ...trend([prompt]), title: "", reading: undefined })).toEqual([
      "its title is empty: say what is shown",
      "its reading is empty: say in one sentence what a bad value means",
    ]);
  });

  test("no tiles, or tiles of an unknown kind", () => {
    expect(problems(dashboardOf({}))).toEqual(["dashboards/ai-engagement.ts: it has no tiles"]);
    expect(found({ kind: "widget", place })).toEqual([
      "a tile of kind widget is not known: make it with trend, funnel, timeToConvert or text",
    ]);
  });

  test("a text that PostHog would not keep", () => {
    const text = (characters: number) => found({ kind: "text", markdown: "x".repeat(characters), place });
    expect(text(4000)).toEqual([]);
    expect(text(4001)).toEqual(["its text has 4001 characters: PostHog takes at most 4000: shorten it"]);
  });
});

describe("of places", () => {
  const at = (tilePlace: Partial<Place>) => found({ ...trend([prompt]), place: { ...place, ...tilePlace } });

  test("outside of the grid", () => {
    expect(at({ column: 6 })).toEqual([]);
    expect(at({ column: 7 })).toEqual([
      "it ends at column 13: the grid has 12 columns: make it narrower or move it to the left",
    ]);
  });

  test("numbers that are no places", () => {
    const fix = "use whole numbers: column and row from 0, width and height from 1";
    expect(at({ column: -1, row: 0.5 })).toEqual([`its place has column -1, row 0.5: ${fix}`]);
    expect(at({ width: 0, height: Number.NaN })).toEqual([`its place has width 0, height NaN: ${fix}`]);
    expect(found({ ...trend([prompt]), place: undefined })).toEqual([
      `its place has column undefined, row undefined, width undefined, height undefined: ${fix}`,
    ]);
  });

  test("tiles over each other, each pair once, and none that only touch", () => {
    const placed = (column: number, row: number) => ({ ...trend([prompt]), place: { ...place, column, row } });
    const overlaps = (tiles: Record<string, object>) =>
      definitionFindings([dashboardOf(tiles)], events).map(
        ({ where, problem }) => `${where.split("  ")[1]} ${problem}`,
      );
    expect(overlaps({ a: placed(0, 0), b: placed(6, 0), c: placed(0, 5), d: placed(6, 5) })).toEqual([]);
    expect(overlaps({ a: placed(0, 0), b: placed(5, 4), c: placed(0, 9) })).toEqual([
      'tile "b" it lies over tile "a", which covers columns 0 to 5 of rows 0 to 4',
    ]);
  });
});

describe("of events and properties", () => {
  test("a breakdown that no event of the series has", () => {
    const by = (breakdownFilter: object) =>
      found(trend([node("onboarding.step_viewed"), completed], { breakdownFilter }));
    expect(by({ breakdowns: [{ type: "event", property: "direction" }, { property: "step" }] })).toEqual([]);
    expect(by({ breakdowns: [{ type: "event", property: "stepp" }] })).toEqual([
      "the breakdown stepp is a property of none of onboarding.step_viewed, onboarding.step_completed: did you mean step?",
    ]);
    expect(by({ breakdown: "channel", breakdown_type: "event" })).toEqual([
      "the breakdown channel is a property of none of onboarding.step_viewed, onboarding.step_completed: there is step, position, direction",
    ]);
    expect(by({ breakdowns: [{ type: "person", property: "plan" }] })).toEqual([]);
    expect(by({ breakdown_limit: 0 })).toEqual(["the breakdown shows 0 values: use a whole number from 1"]);
  });

  test("a filter on the tile, on a series, in a group, at any depth", () => {
    const filter = { type: "event", key: "chanel", operator: "exact", value: ["sms"] };
    const inSeries = "the filter on chanel is not a property of cadence.message_sent: did you mean channel?";
    const sent = node("cadence.message_sent");
    expect(found(trend([sent], { properties: [filter] }))).toEqual([inSeries]);
    expect(found(trend([node("cadence.message_sent", { properties: [filter] })]))).toEqual([inSeries]);
    const group = { type: "AND", values: [{ type: "OR", values: [filter] }] };
    expect(found(trend([sent], { properties: group }))).toEqual([inSeries]);
  });

  test("filters that PostHog would ignore or read as texts", () => {
    const filtered = (filter: object) => found(trend([prompt], { properties: [{ type: "event", ...filter }] }));
    expect(filtered({ key: "mode", operator: "exact", value: [] })).toEqual([
      "the filter on mode has no value, PostHog would ignore it: give it one, or remove it",
    ]);
    expect(filtered({ key: "mode", operator: "gt", value: 9 })).toEqual([
      "the filter on mode compares (gt) something that is not a number: compare for equality instead; as texts, 9 is more than 10",
    ]);
    expect(filtered({ key: "length", operator: "gt", value: 9 })).toEqual([]);
    expect(found(trend([prompt], { properties: [{ type: "person", key: "plan", operator: "gt", value: 9 }] }))).toEqual(
      [],
    );
  });

  test("a measure of a property that is missing, unknown or no number", () => {
    const measure = (event: string, math: string, math_property?: string) =>
      found(trend([node(event, { math, ...(math_property && { math_property }) })]));
    expect(measure("onboarding.step_viewed", "median", "position")).toEqual([]);
    expect(measure("onboarding.step_viewed", "median", "step")).toEqual([
      "median of step cannot be taken: step of onboarding.step_viewed is not a number: numbers are position",
    ]);
    expect(measure("onboarding.step_completed", "p90", "step")).toEqual([
      "p90 of step cannot be taken: step of onboarding.step_completed is not a number: count onboarding.step_completed instead, it has no numbers",
    ]);
    expect(measure("ask.response_stream_complete", "p90", "duration")).toEqual([
      "the measured property duration is not a property of ask.response_stream_complete: did you mean duration_ms?",
    ]);
    expect(measure("ask.response_stream_complete", "p90")).toEqual([
      "p90 of ask.response_stream_complete lacks its property, PostHog would silently count events: name the number to take it of, as in median(event, property)",
    ]);
    expect(
      measure("billing.invoice_paid", "sum", "amount"),
      "of an unknown event there is nothing else to say",
    ).toEqual(["the event billing.invoice_paid is not in the catalog: add it to src/catalog/events.ts"]);
    expect(measure("ask.response_stream_complete", "medain")[0]).toMatch(
      /^medain is no way to count, PostHog would silently count events: .*did you mean median\?$/,
    );
  });

  test("of all events at once, in words that stay when an event is added to the catalog", () => {
    const all = (fields: object, more: object = {}) => found(trend([node(null, fields)], more));
    const problems = [
      ...all({ math: "sum", math_property: "amount" }),
      ...all({ math: "sum", math_property: "step" }),
      ...all({ math: "sum" }),
      ...all({ properties: [{ type: "event", key: "plan", operator: "exact", value: ["pro"] }] }),
      ...all({}, { breakdownFilter: { breakdowns: [{ type: "event", property: "$browser" }] } }),
    ].map((text) => text.split(":")[0]);
    expect(problems).toEqual([
      "the measured property amount is a property of no event in the catalog",
      "sum of step cannot be taken",
      "sum of all events lacks its property, PostHog would silently count events",
      "the filter on plan is a property of no event in the catalog",
      "the breakdown $browser is a property of no event in the catalog",
    ]);
    expect(all({ math: "sum", math_property: "step" })[0]).toContain("step of all events is not a number");
  });

  test("a forbidden property never arrives, so nothing can be made of it", () => {
    expect(found(trend([node("client_error")], { breakdownFilter: { breakdown: "stack" } }))).toEqual([
      "the breakdown stack is not a property of client_error: there is message, level, source, line, column",
    ]);
  });

  test("an unknown event is named once, not again for each of its properties", () => {
    expect(found(trend([node("share.prompt_opened")], { breakdownFilter: { breakdown: "step" } }))).toEqual([
      "the event share.prompt_opened is not in the catalog: add it to src/catalog/events.ts",
    ]);
  });

  test("names that every object has are not events", () => {
    expect(found(trend([node("constructor")]))).toEqual([
      "the event constructor is not in the catalog: add it to src/catalog/events.ts",
    ]);
  });

  test("a node without its kind", () => {
    expect(found(trend([{ event: "$pageview" }]))).toEqual([
      'a series does not say its kind: add kind: "EventsNode", PostHog would add it and differ',
    ]);
  });

  test("events in kinds of queries that the builders do not make", () => {
    expect(found(insight({ kind: "LifecycleQuery", series: [node("pageview")] }))).toEqual([
      "the event pageview is not in the catalog: did you mean $pageview? otherwise add it to src/catalog/events.ts",
    ]);
  });
});

describe("of trends", () => {
  test("no series", () => {
    expect(found(trend([]))).toEqual(["it counts nothing: give it at least one series"]);
  });

  test("formulas, in each of the three places where PostHog reads them", () => {
    const names = "there is only A, B: add the series, or calculate with A, B";
    for (const trendsFilter of [
      { formulaNodes: [{ formula: "A / c" }] },
      { formulas: ["A / c"] },
      { formula: "A / c" },
    ]) {
      expect(found(trend([prompt, complete], { trendsFilter }))).toEqual([
        `the formula A / c names series C, ${names}`,
      ]);
    }
  });

  test("a formula that cannot be read", () => {
    const fix = "use series letters, numbers, + - * / % ** and parentheses";
    const formula = (formula: unknown) => found(trend([prompt], { trendsFilter: { formulaNodes: [{ formula }] } }));
    expect(formula("A / (A + 1")).toEqual([`the formula A / (A + 1 ends too early: ${fix}`]);
    expect(formula("max(A)")).toEqual([`the formula max(A) has max: a series is one letter: ${fix}`]);
    expect(formula("")).toEqual(["a formula is empty: write it over the series, as in B / (A + B)"]);
  });

  test("a time that PostHog reads as another one", () => {
    const dates = (date_from: unknown) => found(trend([prompt], { dateRange: { date_from } }));
    for (const good of ["-30d", "-1mStart", "mStart", "yStart", "all", "2026-11-01", "2026-11-01T09:00:00Z", null]) {
      expect(dates(good)).toEqual([]);
    }
    for (const bad of ["-0.5d", "--3d", "-NaNd", "30 days", "yesterday", ""]) {
      expect(dates(bad)).toEqual([
        `the time ${bad} is not one that PostHog reads: use a whole number, as in lastDays: 30`,
      ]);
    }
  });
});

describe("of funnels", () => {
  const steps = [stepper, completed, node("onboarding_complete")];

  test("too few steps, or more than PostHog takes", () => {
    expect(found(funnel([stepper]))).toEqual(["the funnel has one step: give it 2 to 32 steps"]);
    expect(found(funnel(Array.from({ length: 33 }, () => stepper)))).toEqual([
      "the funnel has 33 steps: give it 2 to 32 steps",
    ]);
  });

  test("a time taken between steps that do not exist, or backwards", () => {
    const between = (funnelFromStep: unknown, funnelToStep: unknown) =>
      found(funnel(steps, { funnelFromStep, funnelToStep }));
    expect(between(0, 2)).toEqual([]);
    expect(between(undefined, 1)).toEqual([]);
    expect(between(2, 3)).toEqual([
      "the time is taken from step 2: begin at a step from 0 to 1",
      "the time is taken to step 3: end at a step from 1 to 2",
    ]);
    expect(between(1, 1)).toEqual([
      "the time is taken from step 1 to step 1: begin at a step before the one it ends at",
    ]);
    expect(between(0.5, undefined)).toEqual(["the time is taken from step 0.5: begin at a step from 0 to 1"]);
    expect(between("first", { step: 2 })).toEqual([
      'the time is taken from step "first": begin at a step from 0 to 1',
      'the time is taken to step {"step":2}: end at a step from 1 to 2',
    ]);
  });

  test("a window or a histogram of nothing", () => {
    expect(found(funnel(steps, { funnelWindowInterval: 0 }))).toEqual([
      "the window is 0: give people a whole number of days, hours, …",
    ]);
    expect(found(funnel(steps, { binCount: 91 }))).toEqual([
      "the histogram has 91 bins: use 1 to 90, or leave it to PostHog",
    ]);
  });

  test("exclusions outside of the steps, or of a step itself", () => {
    const excluding = (exclusion: object, filter: object = {}) =>
      found(funnel(steps, { ...filter, exclusions: [{ kind: "EventsNode", ...exclusion }] }));
    expect(excluding({ event: "client_error", funnelFromStep: 0, funnelToStep: 2 })).toEqual([]);
    expect(excluding({ event: "client_error", funnelFromStep: null }), "both of its steps have to be there").toEqual([
      "people who do client_error are excluded from a step that is not given: begin at a step from 0 to 1",
      "people who do client_error are excluded to a step that is not given: end at a step from 1 to 2",
    ]);
    expect(excluding({ event: "client_error", funnelFromStep: 0, funnelToStep: 3 })).toEqual([
      "people who do client_error are excluded to step 3: end at a step from 1 to 2",
    ]);
    expect(excluding({ event: "onboarding.step_completed", funnelFromStep: 0, funnelToStep: 1 })).toEqual([
      "onboarding.step_completed is excluded between steps of which one takes all that is excluded: exclude an event that is none of these steps, or filter the step by something that the exclusion has not",
    ]);
    const some = [{ type: "event", key: "step", operator: "exact", value: ["x"] }];
    expect(
      excluding({ event: "onboarding.step_completed", properties: some, funnelFromStep: 0, funnelToStep: 1 }),
      "some of a step's values are excluded, and PostHog refuses it all the same: the step takes them, too",
    ).toHaveLength(1);
    const filtered = [stepper, node("onboarding.step_completed", { properties: some })];
    const all = { kind: "EventsNode", event: "onboarding.step_completed", funnelFromStep: 0, funnelToStep: 1 };
    expect(found(funnel(filtered, { exclusions: [all] })), "all but some of a step's values are excluded").toEqual([]);
    expect(
      excluding({ event: "client_error", funnelFromStep: 0, funnelToStep: 1 }, { funnelOrderType: "unordered" }),
    ).toEqual(["an unordered funnel cannot exclude between some of its steps: exclude from step 0 to 2"]);
    expect(excluding({ event: "client_eror", funnelFromStep: 0, funnelToStep: 1 })).toEqual([
      "the event client_eror is not in the catalog: did you mean client_error? otherwise add it to src/catalog/events.ts",
    ]);
  });

  test("a breakdown where funnels do not read it, or from a step that is not there", () => {
    expect(
      found(funnel(steps, {}, { breakdownFilter: { breakdowns: [{ type: "event", property: "step" }] } })),
    ).toEqual(["PostHog's funnels do not read the list breakdowns: use breakdownFilter.breakdown and breakdown_type"]);
    const step = (breakdownAttributionValue: number, more: object = {}) =>
      found(funnel(steps, { breakdownAttributionType: "step", breakdownAttributionValue, ...more }));
    expect(step(2)).toEqual([]);
    expect(step(3)).toEqual(["the breakdown takes its value from step 3: take it from a step from 0 to 2"]);
    expect(step(1, { funnelOrderType: "unordered" })).toEqual([
      "the steps are unordered, there is no step 1 to take the value from: use step 0",
    ]);
  });
});
