import fc from "fast-check";
import type { InsightAlertDefinition } from "../../src/alerts/posthog/index.ts";
import { text } from "../../src/insights/define/index.ts";
import { anyInsight } from "../insights/define/arbitrary.ts";

export interface Definition {
  readonly dashboard: Record<string, unknown> & {
    readonly key: string;
    readonly tiles: Readonly<Record<string, AnyTile>>;
  };
  readonly alerts: readonly InsightAlertDefinition[];
}

/** A tile without any type checks. */
// biome-ignore lint/suspicious/noExplicitAny: random changes do not follow its type
type AnyTile = Record<string, any>;

const some = <Value>(...values: Value[]) => fc.constantFrom(...values);
const trendNode = (...maths: string[]): AnyTile => ({
  kind: "InsightVizNode",
  source: {
    kind: "TrendsQuery",
    series: maths.map((math) => ({
      kind: "EventsNode",
      event: "ask.response_stream_complete",
      math,
      ...(math === "median" ? { math_property: "duration_ms" } : {}),
    })),
    interval: "day",
  },
});

const place = { column: 0, row: 0, width: 12, height: 5 } as const;
/** A tile that can have an alert. */
const watched: AnyTile = { kind: "insight", title: "Watched", reading: "As it is.", query: trendNode("total"), place };

const tile: fc.Arbitrary<AnyTile> = fc.oneof(
  { weight: 4, arbitrary: anyInsight as fc.Arbitrary<AnyTile> },
  { weight: 1, arbitrary: fc.string({ minLength: 1 }).map((words) => text({ markdown: `# ${words}`, place })) },
);

const alert: InsightAlertDefinition = {
  ...{ dashboardKey: "a-dashboard", tileKey: "watched", tileTitle: "Watched", line: 0, name: "Too many" },
  ...{ when: { kind: "above", value: 5 }, check: "daily", notify: ["platform"], because: "It is too much." },
};

/** A dashboard that the builders accept. */
const right: fc.Arbitrary<Definition> = fc
  .record({ tiles: fc.array(tile, { minLength: 1, maxLength: 2 }), isWatched: fc.boolean() })
  .map(({ tiles, isWatched }) => {
    const placed = tiles.map((one, index) => [
      `tile-${index}`,
      {
        ...one,
        ...(one.kind === "insight" ? { title: `Tile ${index}` } : {}),
        place: { column: (index % 2) * 6, row: 5 + Math.floor(index / 2) * 5, width: 6, height: 5 },
      },
    ]);
    return {
      dashboard: {
        ...{ key: "a-dashboard", title: "A dashboard", owner: "platform", question: "Is it right?" },
        tiles: { watched, ...Object.fromEntries(placed) },
      },
      alerts: isWatched ? [alert] : [],
    };
  });

/** One change to a definition: most are mistakes, some are borderline cases. */
type Change = (definition: Definition) => Definition;

const changed =
  (change: Partial<Definition["dashboard"]>): Change =>
  ({ dashboard, alerts }) => ({
    dashboard: { ...dashboard, ...change } as Definition["dashboard"],
    alerts,
  });
const changedTile =
  (change: (tile: AnyTile) => AnyTile): Change =>
  ({ dashboard, alerts }) => ({
    dashboard: { ...dashboard, tiles: { ...dashboard.tiles, "tile-0": change(dashboard.tiles["tile-0"] ?? watched) } },
    alerts,
  });
const changedSource = (source: AnyTile): Change =>
  changedTile(() => ({
    ...watched,
    title: "Changed",
    place: { ...place, row: 40 },
    query: { kind: "InsightVizNode", source },
  }));
const withAlert =
  (change: object): Change =>
  ({ dashboard, alerts }) => ({
    dashboard,
    alerts: [
      ...alerts,
      { ...alert, dashboardKey: dashboard.key, key: "other", name: "Another", ...change } as InsightAlertDefinition,
    ],
  });

const texts = fc.oneof(
  some("", " ", "\t\n", "a\0b", "a\ud800b", "\ufeff", "\x1c"),
  some(254, 255, 256, 399, 400, 401, 3999, 4000, 4001).chain((length) =>
    some("a", "é", "😀").map((letter) => letter.repeat(length)),
  ),
  fc.string().map((words) => `  ${words}  `),
);

const looks = fc.oneof(
  texts.map((title) => changed({ title })),
  texts.map((question) => changed({ question })),
  texts.map((owner) => changed({ owner: owner.slice(0, 260) })),
  some("", "A", "a--b", "a b", "a_b", "-a", "constructor", "a1-2b").map(
    (key): Change =>
      ({ dashboard, alerts }) => ({
        dashboard: { ...dashboard, key },
        alerts: alerts.map((one) => ({ ...one, dashboardKey: key })),
      }),
  ),
  fc.constant(changed({ tiles: {} })),
  texts.map((title) => changedTile((one) => (one.kind === "insight" ? { ...one, title } : one))),
  texts.map((reading) => changedTile((one) => (one.kind === "insight" ? { ...one, reading } : one))),
  texts.map((markdown) => changedTile(() => ({ kind: "text", markdown, place: { ...place, row: 40 } }))),
  some("blue", "", "a".repeat(400), "a".repeat(401)).map((color) => changedTile((one) => ({ ...one, color }))),
);

const places = fc
  .record({
    column: some<number>(-1, 0, 0, 5, 6, 11, 12, 0.5),
    row: some<number>(-1, 0, 4, 5, 6, 40, 1.5),
    width: some<number>(0, 1, 6, 6, 7, 12, 13),
    height: some<number>(0, 1, 5, 5, 6),
  })
  .chain((spot) => fc.boolean().map((handPlaced) => ({ place: spot, ...(handPlaced ? { handPlaced: true } : {}) })))
  .map((change) => changedTile((one) => ({ ...one, ...change })));

const node = (event: string | null, more: object = {}) => ({ kind: "EventsNode", event, ...more });
const asked = node("ask.prompt_submitted");
const answered = node("ask.response_stream_complete");

const trends = fc
  .record({
    series: fc.array(
      some(
        ...[asked, answered, node(null), node("no.such_event"), node("constructor")],
        ...[node("ask.prompt_submitted", { math: "median", math_property: "duration_ms" })],
        ...[node("ask.response_stream_complete", { math: "median", math_property: "duration_ms" })],
        ...[node("ask.response_stream_complete", { math: "p75" }), node("ask.prompt_submitted", { math: "mode" })],
      ),
      { maxLength: 3 },
    ),
    trendsFilter: some<object | undefined>(
      ...[undefined, undefined, { formula: "A / B" }, { formulaNodes: [{ formula: "A" }] }],
      ...[{ formulas: ["A +"] }, { formula: " " }, { display: "BoldNumber" }, { display: "NoSuchChart" }],
      { aggregationAxisFormat: "percentage_scaled", goalLines: [{ label: "Goal", value: 5 }] },
      { aggregationAxisFormat: "percentage_scaled", goalLines: [{ label: "Goal", value: 0.05 }] },
      { aggregationAxisFormat: "duration_ms", goalLines: [{ label: "Goal", value: 3 }] },
      { goalLines: [{ label: "Goal", value: 5 }] },
    ),
    breakdownFilter: some<object | undefined>(
      ...[undefined, undefined, { breakdown: "no_such_property", breakdown_type: "event" }],
      ...[{ breakdowns: [{ property: "duration_ms", type: "event" }], breakdown_limit: 0 }, { breakdown_limit: 5 }],
    ),
    dateRange: some<object | undefined>(undefined, { date_from: "-7d" }, { date_from: "last week" }),
  })
  .map((source) => changedSource(withoutUndefined({ kind: "TrendsQuery", interval: "day", ...source })));

const funnels = fc
  .record({
    series: fc.array(some<object>(asked, answered, { ...answered, optionalInFunnel: true }), {
      minLength: 1,
      maxLength: 3,
    }),
    funnelsFilter: some<object | undefined>(
      ...[undefined, undefined, { funnelWindowInterval: 0 }, { funnelWindowInterval: 1.5 }, { binCount: 91 }],
      ...[
        { funnelVizType: "time_to_convert", binCount: 0 },
        { funnelFromStep: 1, funnelToStep: 1 },
        { funnelToStep: 9 },
      ],
      { exclusions: [{ ...node("client_error"), funnelFromStep: 0, funnelToStep: 1 }] },
      { exclusions: [{ ...node("client_error"), funnelFromStep: 1, funnelToStep: 0 }] },
      { exclusions: [{ ...asked, funnelFromStep: 0, funnelToStep: 1 }] },
      { funnelOrderType: "unordered", breakdownAttributionType: "step", breakdownAttributionValue: 1 },
    ),
    breakdownFilter: some<object | undefined>(
      ...[undefined, undefined, { breakdowns: [{ property: "duration_ms", type: "event" }] }],
    ),
  })
  .map((source) => changedSource(withoutUndefined({ kind: "FunnelsQuery", ...source })));

const threshold = fc.oneof(
  fc.record({ kind: some("above", "below"), value: some(5, 1, 0, -1, 0.5) }),
  fc.record({ kind: some("rises by", "falls by"), share: some(0.5, 0, -1, 1, 2, 50) }),
);
const alerts = fc.oneof(
  threshold.map((when) => withAlert({ when })),
  texts.map((name) => withAlert({ name })),
  texts.map((because) => withAlert({ because })),
  some<object>(
    ...[{}, { line: 1 }, { line: -1 }, { check: "hourly" }, { check: "weekly" }, { key: "A" }, { key: undefined }],
    ...[{ tileKey: "none", tileTitle: "None" }, { name: alert.name }, { notify: [] }],
  ).map(withAlert),
);

/** A dashboard with its alerts, as it should be or with one or two changes. */
export const anyDefinition = fc
  .record({
    definition: right,
    changes: fc.array(fc.oneof(looks, places, trends, funnels, alerts), { maxLength: 2 }),
  })
  .map(({ definition, changes }) => changes.reduce((before, change) => change(before), definition));

const withoutUndefined = (value: object): AnyTile =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
