import { readdirSync } from "node:fs";
import { describe, expect, expectTypeOf, test } from "vitest";
import { activationFunnel } from "../../dashboards/activation-funnel.ts";
import { aiEngagement } from "../../dashboards/ai-engagement.ts";
import { cadenceThroughput } from "../../dashboards/cadence-throughput.ts";
import { dashboards } from "../../dashboards/index.ts";
import { events } from "../../src/catalog/events.ts";
import type { DashboardDefinition, InsightTile } from "../../src/insights/define/definition.ts";
import {
  definitionFindings,
  type LineLabel,
  type TileReference,
  type TrendTile,
} from "../../src/insights/define/index.ts";
import type { TrendsFilter } from "../../src/insights/define/query.ts";
import { ownDashboards } from "../support/own-dashboards.ts";

const folder = new URL("../../dashboards/", import.meta.url);

const insights = ({ key, tiles }: DashboardDefinition) =>
  Object.entries(tiles).flatMap(([tileKey, tile]) =>
    tile.kind === "insight" ? [[`${key} ${tileKey}`, tile] as [string, InsightTile]] : [],
  );

test("nothing is wrong with the dashboards", () => {
  expect(definitionFindings(dashboards, events)).toEqual([]);
});

test("each dashboard is in the file that its key names, and each file is in the index", () => {
  const files = readdirSync(folder).filter((file) => !["index.ts", "managed-by-code.ts"].includes(file));
  expect(dashboards.map(({ key }) => `${key}.ts`)).toEqual(files.sort());
});

test("tile keys are stable: a renamed one would make a new tile and lose the old one's alerts and links", () => {
  // The tiles of the launch. A new tile needs an entry here only if alerts or links depend on it.
  const launched = {
    "activation-funnel": [
      "conversion",
      "time-to-finish",
      "drop-off-by-step",
      "people-by-step",
      "completions-over-time",
      "viewed-backwards",
      "median-position",
      "about",
    ],
    "ai-engagement": [
      "prompt-bursts",
      "answers-and-errors",
      "error-share",
      "latency",
      "answer-length",
      "people-who-ask",
      "onboarding-prompts",
      "about",
    ],
    "cadence-throughput": [
      "sent-and-failed",
      "failure-ratio",
      "sent-and-failed-by-channel",
      "failure-ratio-by-channel",
      "sent-and-failed-by-template",
      "failure-ratio-by-template",
      "queued-sent-failed",
      "fallback-share",
      "errors",
      "about",
    ],
  };
  for (const [key, tiles] of Object.entries(launched)) {
    const one = ownDashboards.find((dashboard) => dashboard.key === key);
    expect(Object.keys(one?.tiles ?? {})).toEqual(expect.arrayContaining(tiles));
  }
});

describe.each(ownDashboards.map((one) => [one.key, one] as const))("%s", (key, dashboard: DashboardDefinition) => {
  test("fills its rows from edge to edge, without holes", () => {
    const places = Object.values(dashboard.tiles).map(({ place }) => place);
    const rows = Math.max(...places.map(({ row, height }) => row + height));
    const covered = places.reduce((area, { width, height }) => area + width * height, 0);
    expect(covered).toBe(rows * 12);
  });

  test("ends with a text that says which file it is and what happens to edits by hand", () => {
    const [last] = Object.values(dashboard.tiles).slice(-1);
    expect(last).toMatchObject({ kind: "text" });
    const { markdown } = last as { markdown: string };
    expect(markdown).toContain(`\`dashboards/${key}.ts\` of the repository \`brandvx-observability\``);
    expect(markdown).toContain(`team *${dashboard.owner}*`);
    expect(markdown).toContain("Edits made here by hand");
    expect(last?.place.row).toBeGreaterThanOrEqual(
      Math.max(...Object.values(dashboard.tiles).map(({ place }) => place.row)),
    );
  });

  test("what is divided is a share, and shown as one", () => {
    for (const [name, { query }] of insights(dashboard)) {
      const { trendsFilter } = query.source as { trendsFilter?: TrendsFilter };
      const divides = trendsFilter?.formulaNodes?.some(({ formula }) => formula.includes("/")) ?? false;
      expect([name, trendsFilter?.aggregationAxisFormat === "percentage_scaled"]).toEqual([name, divides]);
    }
  });

  test("asks a question", () => {
    expect(dashboard.question).toMatch(/\?$/);
  });

  test.each(insights(dashboard))("%s reads as one sentence that says what to make of it", (_, { reading }) => {
    expect(reading).toMatch(/^[A-Z].{60,240}\.$/);
    expect(reading.slice(0, -1)).not.toMatch(/[.?!] [A-Z]/);
    expect(reading).toContain(":");
  });
});

describe("the questions of the launch", () => {
  const sourceOf = (tile: InsightTile) => tile.query.source as unknown as Record<string, unknown>;
  const sources = (dashboard: DashboardDefinition) =>
    Object.fromEntries(insights(dashboard).map(([name, tile]) => [name.split(" ")[1], sourceOf(tile)]));

  test("activation: how many finish, how long it takes, where they stop, and how that changes", () => {
    const opensAndCompletes = [{ event: "onboarding.stepper_open" }, { event: "onboarding.step_completed" }];
    expect(sources(activationFunnel)).toMatchObject({
      conversion: { series: opensAndCompletes, funnelsFilter: { funnelVizType: "steps", funnelWindowInterval: 14 } },
      "time-to-finish": { series: opensAndCompletes, funnelsFilter: { funnelVizType: "time_to_convert" } },
      "drop-off-by-step": {
        breakdownFilter: { breakdowns: [{ property: "step" }] },
        trendsFilter: { formulaNodes: [{ formula: "(A - B) / A" }], aggregationAxisFormat: "percentage_scaled" },
      },
      "completions-over-time": {
        series: [{ event: "onboarding.step_completed" }],
        compareFilter: { compare: true },
      },
      "viewed-backwards": { series: [{ properties: [{ key: "direction", operator: "exact", value: ["back"] }] }] },
      "median-position": { series: [{ math: "median", math_property: "position" }] },
    });
  });

  test("AI: bursts by mode, answers against errors, speed, length, people, onboarding", () => {
    const answers = "ask.response_stream_complete";
    expect(sources(aiEngagement)).toMatchObject({
      "prompt-bursts": {
        series: [{ event: "ask.prompt_submitted" }],
        interval: "hour",
        breakdownFilter: { breakdowns: [{ property: "mode" }] },
        trendsFilter: { display: "ActionsBar" },
      },
      "answers-and-errors": { series: [{ event: answers }, { event: "ask.response_error" }] },
      "error-share": {
        series: [{ event: answers }, { event: "ask.response_error" }],
        trendsFilter: { formulaNodes: [{ formula: "B / (A + B)" }], aggregationAxisFormat: "percentage_scaled" },
      },
      latency: {
        series: [{ math: "median" }, { math: "p90" }, { math: "p99" }].map(({ math }) => ({
          event: answers,
          math,
          math_property: "duration_ms",
        })),
        trendsFilter: { aggregationAxisFormat: "duration_ms" },
      },
      "answer-length": { series: [{ math_property: "chars" }, { math_property: "chars" }] },
      "people-who-ask": { series: [{ math: "dau" }, { math: "weekly_active" }] },
      "onboarding-prompts": {
        series: [{ properties: [{ key: "onboard", value: ["true"] }] }, { properties: [{ value: ["false"] }] }],
      },
    });
  });

  test("cadences: sent against failed and the ratio, by channel and by template, fallbacks and errors", () => {
    const sentAndFailed = [{ event: "cadence.message_sent" }, { event: "cadence.message_failed" }];
    const ratio = { formulaNodes: [{ formula: "B / (A + B)" }], aggregationAxisFormat: "percentage_scaled" };
    const by = (property: string) => ({ breakdowns: [{ property }] });
    expect(sources(cadenceThroughput)).toMatchObject({
      "sent-and-failed": { series: sentAndFailed, trendsFilter: { display: "ActionsBar" } },
      "failure-ratio": { series: sentAndFailed, trendsFilter: ratio },
      "sent-and-failed-by-channel": { series: sentAndFailed, breakdownFilter: by("channel") },
      "failure-ratio-by-channel": { series: sentAndFailed, trendsFilter: ratio, breakdownFilter: by("channel") },
      "sent-and-failed-by-template": { series: sentAndFailed, breakdownFilter: by("template_id") },
      "failure-ratio-by-template": { series: sentAndFailed, trendsFilter: ratio, breakdownFilter: by("template_id") },
      "queued-sent-failed": {
        series: [{ event: "cadence.message_queued" }, ...sentAndFailed],
        trendsFilter: {
          formulaNodes: [{ formula: "A" }, { formula: "B" }, { formula: "C" }, { formula: "A - B - C" }],
        },
      },
      "fallback-share": {
        series: [{ event: "cadence.message_sent" }, { properties: [{ key: "fallback", value: ["true"] }] }],
        trendsFilter: { formulaNodes: [{ formula: "B / A" }] },
      },
      errors: { series: [{ event: "cadence.message_failed" }], breakdownFilter: by("error") },
    });
  });
});

test("an alert can be put on the ratios, by the label of their line, and not on a funnel or a text", () => {
  const alertOn = <Tile extends TrendTile>({ tileKey }: TileReference<Tile>, line: LineLabel<Tile>) => [tileKey, line];
  expect(alertOn(cadenceThroughput.tile("failure-ratio"), "Failure ratio")).toEqual(["failure-ratio", "Failure ratio"]);
  expect(alertOn(aiEngagement.tile("error-share"), "Error share")).toEqual(["error-share", "Error share"]);
  expect(alertOn(activationFunnel.tile("completions-over-time"), "Steps completed")).toHaveLength(2);
  // @ts-expect-error the funnel carries no alert
  alertOn(activationFunnel.tile("conversion"), "onboarding.stepper_open");
  // @ts-expect-error neither does the text
  alertOn(activationFunnel.tile("about"), "about");
  // @ts-expect-error there is no tile of this name
  expect(activationFunnel.tile("conversions").tile).toBeUndefined();
  expectTypeOf<LineLabel<(typeof cadenceThroughput.tiles)["queued-sent-failed"]>>().toEqualTypeOf<
    "Queued" | "Sent" | "Failed" | "Undecided"
  >();
});
