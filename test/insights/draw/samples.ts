import type { DrawnTile, TileResult } from "../../../src/insights/draw/index.ts";

/*
 * A tile of each sort with an answer in PostHog's shape, also the awkward ones.
 */

export interface Sample {
  readonly tile: DrawnTile;
  readonly result: TileResult | undefined;
}

const days = Array.from({ length: 31 }, (_, day) => `2026-10-${String(day + 1).padStart(2, "0")}`);
const hours = Array.from(
  { length: 72 },
  (_, hour) =>
    `2026-10-${String(1 + Math.floor(hour / 24)).padStart(2, "0")} ${String(hour % 24).padStart(2, "0")}:00:00`,
);

const other = "$$_posthog_breakdown_other_$$";
const none = "$$_posthog_breakdown_null_$$";

function insight(title: string, source: object, results: unknown): Sample {
  const reading = "What it shows, and what a <bad> value & its cause mean.";
  return { tile: { kind: "insight", title, reading, query: { kind: "InsightVizNode", source } }, result: { results } };
}

const trend = (title: string, trendsFilter: object, results: unknown) =>
  insight(title, { kind: "TrendsQuery", trendsFilter }, results);
const funnel = (title: string, funnelsFilter: object, results: unknown) =>
  insight(title, { kind: "FunnelsQuery", funnelsFilter }, results);

const line = (name: string, value: (index: number) => number, more: object = {}, over: readonly string[] = days) => ({
  data: over.map((_, index) => value(index)),
  days: over,
  label: name,
  action: { name, custom_name: null },
  order: 0,
  ...more,
});

const total = (breakdown_value: unknown, aggregated_value: number, name = "Sent", order = 0) => ({
  data: [],
  days: [],
  aggregated_value,
  label: String(breakdown_value),
  action: { name, custom_name: null },
  order,
  ...(breakdown_value === undefined ? {} : { breakdown_value }),
});

const step = (name: string, count: number, seconds: number | null, breakdown?: string) => ({
  name,
  custom_name: null,
  count,
  median_conversion_time: seconds,
  ...(breakdown === undefined ? {} : { breakdown_value: [breakdown] }),
});

export const samples: Readonly<Record<string, Sample>> = {
  line: trend(
    "Lines with a goal",
    { aggregationAxisFormat: "percentage_scaled", goalLines: [{ label: "One in ten", value: 0.1 }] },
    [line("Failure ratio", (i) => (i % 6) / 100, { action: null, label: "Failure ratio" })],
  ),
  compared: trend("Compared", { display: "ActionsLineGraph" }, [
    line("Sent", (i) => 20 + (i % 7) * 4, { compare_label: "current" }),
    line("Sent", (i) => 16 + (i % 5) * 4, { compare_label: "previous" }),
  ]),
  area: trend("Area", { display: "ActionsAreaGraph" }, [
    line("Sent", (i) => 20 + (i % 7) * 4, { breakdown_value: "sms" }),
    line("Sent", (i) => 10 + (i % 5) * 3, { breakdown_value: "email" }),
    line("Sent", () => 3, { breakdown_value: none }),
    line("Sent", () => 5, { breakdown_value: other }),
  ]),
  "stacked-bars": trend("Stacked bars by the hour", { display: "ActionsBar" }, [
    line("Sent", (i) => i % 24, {}, hours),
    line("Failed", (i) => (i % 24 > 20 ? 6 : 0), { order: 1 }, hours),
  ]),
  bars: trend("Bars", { display: "ActionsUnstackedBar", aggregationAxisFormat: "duration_ms" }, [
    line("p50", (i) => 900 + i * 10),
    line("p90", (i) => 2900 + i * 40, { order: 1 }),
  ]),
  "long-names": trend("Many lines with long names", {}, [
    ...Array.from({ length: 12 }, (_, index) =>
      line("Sent", (i) => index * 3 + (i % (index + 2)), {
        breakdown_value: [`a template with a very long name, number ${index}`, "sms"],
      }),
    ),
  ]),
  number: trend("Number, compared", { display: "BoldNumber", aggregationAxisFormat: "percentage_scaled" }, [
    { ...total(undefined, 0.4567, "Conversion"), compare_label: "current" },
    { ...total(undefined, 0.39, "Conversion"), compare_label: "previous" },
  ]),
  pie: trend("Parts of a whole", { display: "ActionsPie" }, [
    total("chat", 120),
    total("draft", 60),
    total(none, 33),
    total(other, 7),
  ]),
  totals: trend("Total bars of two series", { display: "ActionsBarValue" }, [
    ...["reminder", "birthday", none].map((value, index) => total(value, 800 - 90 * index)),
    ...["reminder", "birthday"].map((value, index) => total(value, 20 + 9 * index, "Failed", 1)),
  ]),
  "many-totals": trend("More totals than there is room for", { display: "ActionsBarValue" }, [
    ...Array.from({ length: 30 }, (_, index) => total(`value ${index}`, 300 - 9 * index)),
  ]),
  table: trend("Table", { display: "ActionsTable" }, [
    ...["profile", "connect_tools"].map((value, index) => total([value], 422 - 60 * index, "Saw the step")),
    total(["profile"], 384, "Completed it", 1),
  ]),
  "long-table": trend("Long table", { display: "ActionsTable", aggregationAxisFormat: "duration_ms" }, [
    ...Array.from({ length: 20 }, (_, index) =>
      total(`an error that says a lot about what went wrong at the provider, ${index}`, 1000 * index ** 2),
    ),
  ]),
  funnel: funnel("Funnel", { funnelVizType: "steps" }, [
    step("onboarding.stepper_open", 1400, null),
    step("onboarding.step_viewed", 1100, 12),
    step("onboarding.step_completed", 350, 90_000),
    step("ask.prompt_submitted", 3, 400_000),
  ]),
  "funnel-of-many-steps": funnel("Funnel of many steps", { funnelVizType: "steps" }, [
    ...["stepper_open", "step_viewed", "step_completed", "tour_started", "tour_finished", "contact_imported"].map(
      (name, index) => step(`onboarding.${name}`, 240 - index * 30, index === 0 ? null : 3600 * index),
    ),
    step("cadence.message_queued", 60, null),
    step("cadence.message_sent", 1, 20),
  ]),
  "funnel-by-value": funnel("Funnel by channel", {}, [
    [step("opened", 400, null, "sms"), step("finished", 180, 3600, "sms")],
    [step("opened", 200, null, "email"), step("finished", 20, 90_000, "email")],
  ]),
  histogram: funnel(
    "Time to convert",
    { funnelVizType: "time_to_convert" },
    {
      bins: [
        [75, 346],
        [13_500, 12],
        [27_000, 4],
        [40_500, 0],
        [53_900, 2],
        [67_400, 0],
      ],
      average_conversion_time: 6840,
      median_conversion_time: 508,
    },
  ),
  conversion: funnel("Conversion over time", { funnelVizType: "trends" }, [
    { count: 31, data: days.map((_, index) => 30 + (index % 6) * 9), days, labels: days },
  ]),
  empty: trend("Nothing yet", {}, [line("Sent", () => 0)]),
  "nobody-entered": funnel("Nobody entered", {}, []),
  "nobody-converted": funnel(
    "Nobody converted",
    { funnelVizType: "time_to_convert" },
    {
      bins: [
        [0, 0],
        [60, 0],
      ],
      average_conversion_time: null,
      median_conversion_time: null,
    },
  ),
  failed: {
    ...trend("Failed", {}, []),
    result: { failure: "a cohort filter (at properties[0]) is not evaluated locally. Look at this tile in PostHog." },
  },
  "not-asked": { ...trend("Not asked", {}, []), result: undefined },
  malformed: trend("Malformed", {}, [{ data: "many" }]),
  sql: insight("SQL", { kind: "HogQLQuery", query: "SELECT 1" }, []),
  text: {
    tile: {
      kind: "text",
      markdown:
        "# Heading\n\nSome **bold** words, `code <b>` & a [link](https://brandvx.example).\n\n- one\n- two *slanted*\n\n1. first",
    },
    result: undefined,
  },
};
