import * as fc from "fast-check";
import type { Setting } from "./support.ts";

/** A tile as PostHog has it, for somebody who works on it in the app. */
export interface LiveTile {
  id: number;
  dashboardId: string;
  insight: { id: number; query: Record<string, unknown> } | undefined;
  text: { id: number } | undefined;
}

/** Something that a person does to a tile in PostHog's app. */
export interface HandEdit {
  what: string;
  /** "insight", "text", or either. */
  on: "insight" | "text" | "any";
  edit: (at: Setting, tile: LiveTile) => Promise<unknown>;
}

const source = (tile: LiveTile): Record<string, unknown> => tile.insight?.query.source as Record<string, unknown>;

const onTile =
  (fields: Record<string, unknown>) =>
  (at: Setting, { id, dashboardId }: LiveTile): Promise<unknown> =>
    at.byHand("patch", `dashboards/${dashboardId}/`, { tiles: [{ id, ...fields }] });

const onInsight =
  (fields: (tile: LiveTile) => Record<string, unknown>) =>
  (at: Setting, tile: LiveTile): Promise<unknown> =>
    at.byHand("patch", `insights/${tile.insight?.id}/`, fields(tile));

const query = (change: (tile: LiveTile) => Record<string, unknown>) =>
  onInsight((tile) => ({ query: { ...tile.insight?.query, source: { ...source(tile), ...change(tile) } } }));

/** Changes the display of a trend or of a funnel. */
const shown = (trend: (filter: Fields) => Fields, funnel: (filter: Fields) => Fields) =>
  query((tile) => {
    const key = source(tile).kind === "TrendsQuery" ? "trendsFilter" : "funnelsFilter";
    const filter = (source(tile)[key] ?? {}) as Fields;
    return { [key]: { ...filter, ...(key === "trendsFilter" ? trend : funnel)(filter) } };
  });

const firstSeries = (change: (series: Fields) => Fields) =>
  query((tile) => {
    const [first, ...others] = source(tile).series as Fields[];
    return { series: [{ ...first, ...change(first ?? {}) }, ...others] };
  });

type Fields = Record<string, unknown>;
const other = (value: unknown, one: unknown, another: unknown): unknown => (value === one ? another : one);

/** What a person who looks at the dashboard sees afterwards. */
export const visible: HandEdit[] = [
  {
    what: "shows it as another chart",
    on: "insight",
    edit: shown(
      ({ display }) => ({ display: other(display, "BoldNumber", "ActionsPie") }),
      ({ layout }) => ({ layout: other(layout, "horizontal", "vertical") }),
    ),
  },
  {
    what: "changes its axis, or its window",
    on: "insight",
    edit: shown(
      ({ aggregationAxisFormat }) => ({
        aggregationAxisFormat: other(aggregationAxisFormat, "duration", "percentage"),
      }),
      ({ funnelWindowInterval }) => ({ funnelWindowInterval: other(funnelWindowInterval, 3, 5) }),
    ),
  },
  {
    what: "draws a logarithmic axis, or takes the steps in any order",
    on: "insight",
    edit: shown(
      ({ yAxisScaleType }) => ({ yAxisScaleType: other(yAxisScaleType, "log10", "linear") }),
      ({ funnelOrderType }) => ({ funnelOrderType: other(funnelOrderType, "unordered", "strict") }),
    ),
  },
  {
    what: "colours a line",
    on: "insight",
    edit: shown(
      () => ({ resultCustomizations: { "0": { assignmentBy: "value", color: "preset-9" } } }),
      () => ({ resultCustomizations: { "0": { assignmentBy: "value", color: "preset-9" } } }),
    ),
  },
  {
    what: "draws a goal, or leaves events out",
    on: "insight",
    edit: shown(
      () => ({ goalLines: [{ label: "By hand", value: 7 }] }),
      () => ({ exclusions: [{ kind: "EventsNode", event: "by_hand", funnelFromStep: 0, funnelToStep: 1 }] }),
    ),
  },
  {
    what: "compares with the time before",
    on: "insight",
    edit: query((tile) => ({
      compareFilter: {
        compare: (source(tile).compareFilter as Fields | undefined)?.compare !== true,
        compare_to: "-1w",
      },
    })),
  },
  {
    what: "looks at it in other intervals",
    on: "insight",
    edit: query((tile) => ({ interval: other(source(tile).interval, "month", "week") })),
  },
  {
    what: "counts its first line in another way",
    on: "insight",
    edit: firstSeries(({ math }) => ({ math: other(math, "dau", "weekly_active") })),
  },
  { what: "names its first line", on: "insight", edit: firstSeries(() => ({ custom_name: "Named by hand" })) },
  {
    what: "filters its first line",
    on: "insight",
    edit: firstSeries(() => ({ properties: [{ type: "person", key: "by_hand", operator: "is_not", value: ["1"] }] })),
  },
  {
    what: "takes its first line away",
    on: "insight",
    edit: query((tile) => {
      const series = source(tile).series as Fields[];
      return { series: series.length > 1 ? series.slice(1) : [{ kind: "EventsNode", event: "by_hand" }] };
    }),
  },
  {
    what: "asks in SQL instead",
    on: "insight",
    edit: onInsight(() => ({
      query: { kind: "DataVisualizationNode", source: { kind: "HogQLQuery", query: "select 1" } },
    })),
  },
  { what: "retitles it", on: "insight", edit: onInsight(() => ({ name: "Retitled by hand" })) },
  { what: "rewrites its description", on: "insight", edit: onInsight(() => ({ description: "Rewritten by hand" })) },
  { what: "empties its description", on: "insight", edit: onInsight(() => ({ description: "" })) },
  { what: "deletes it", on: "insight", edit: onInsight(() => ({ deleted: true })) },
  { what: "takes it off the dashboard", on: "insight", edit: onInsight(() => ({ dashboards: [] })) },
  { what: "looks at another time", on: "insight", edit: query(() => ({ dateRange: { date_from: "-99d" } })) },
  {
    what: "adds a filter",
    on: "insight",
    edit: query(() => ({ properties: [{ type: "event", key: "by_hand", operator: "exact", value: ["1"] }] })),
  },
  {
    what: "adds a filter as the app groups them",
    on: "insight",
    edit: query(() => ({
      properties: {
        type: "AND",
        values: [{ type: "AND", values: [{ type: "event", key: "by_hand", operator: "is_set", value: "is_set" }] }],
      },
    })),
  },
  {
    what: "adds a breakdown",
    on: "insight",
    edit: query(() => ({ breakdownFilter: { breakdown: "by_hand", breakdown_type: "event" } })),
  },
  { what: "leaves out test accounts", on: "insight", edit: query(() => ({ filterTestAccounts: true })) },
  {
    what: "adds a series",
    on: "insight",
    edit: query((tile) => ({
      series: [...(source(tile).series as unknown[]), { kind: "EventsNode", event: "by_hand" }],
    })),
  },
  { what: "samples", on: "insight", edit: query(() => ({ samplingFactor: 0.1 })) },
  {
    what: "takes its team's tag away",
    on: "insight",
    edit: onInsight(() => ({ tags: ["managed-by-code", "code:brandvx/test"] })),
  },
  { what: "takes all its tags away", on: "insight", edit: onInsight(() => ({ tags: [] })) },
  { what: "hides its description", on: "insight", edit: onTile({ show_description: false }) },
  { what: "colours it", on: "any", edit: onTile({ color: "blue" }) },
  { what: "makes its background transparent", on: "any", edit: onTile({ transparent_background: true }) },
  { what: "gives it filters of its own", on: "insight", edit: onTile({ filters_overrides: { date_from: "-1d" } }) },
  { what: "moves it", on: "any", edit: onTile({ layouts: { sm: { x: 1, y: 900, w: 3, h: 2 } } }) },
  { what: "removes it", on: "any", edit: onTile({ deleted: true }) },
  {
    what: "rewrites it",
    on: "text",
    edit: (at, tile) => onTile({ text: { id: tile.text?.id, body: "Rewritten by hand" } })(at, tile),
  },
];

/** Edits that change the data but nothing that a person sees. */
export const invisible: HandEdit[] = [
  {
    what: "opens and saves it",
    on: "insight",
    edit: onInsight((tile) => ({ query: asSaved(tile.insight?.query ?? {}) })),
  },
  { what: "marks it as a favourite", on: "insight", edit: onInsight(() => ({ favorited: true })) },
  {
    what: "adds a tag",
    on: "insight",
    edit: onInsight(() => ({ tags: ["zebra", "managed-by-code", "Owner:Growth", "code:brandvx/test"] })),
  },
  {
    what: "drags it and puts it back",
    on: "any",
    edit: async (at, tile) => {
      const { tiles } = (await at.byHand("get", `dashboards/${tile.dashboardId}/`)) as {
        tiles: { id: number; layouts: object }[];
      };
      const { sm } = (tiles.find(({ id }) => id === tile.id)?.layouts ?? {}) as { sm?: object };
      const layouts = {
        sm: { ...sm, i: String(tile.id), minW: 2, moved: false, static: false },
        xs: { x: 0, y: 1, w: 1, h: 4 },
      };
      await onTile({ layouts })(at, tile);
    },
  },
];

/** A query as the app writes it back: with nulls, empty lists, defaults and generated names. */
export function asSaved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asSaved);
  if (typeof value !== "object" || value === null) return value;
  const node: Record<string, unknown> = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, asSaved(inner)]),
  );
  switch (node.kind) {
    case "EventsNode":
      return {
        math_property: null,
        name: node.event,
        properties: [],
        custom_name: null,
        optionalInFunnel: false,
        ...node,
      };
    case "TrendsQuery":
      return {
        ...{ version: 5, filterTestAccounts: false, properties: [], conversionGoal: null, samplingFactor: null },
        ...{ breakdownFilter: { breakdown_type: "event" }, compareFilter: { compare: false, compare_to: null } },
        ...node,
        dateRange: { date_to: null, explicitDate: false, ...(node.dateRange as object) },
        trendsFilter: {
          ...{ display: "ActionsLineGraph", showLegend: false, yAxisScaleType: "linear", smoothingIntervals: 1 },
          ...(node.trendsFilter as object),
        },
      };
    case "FunnelsQuery":
      return {
        ...{
          version: 2,
          filterTestAccounts: false,
          properties: { type: "AND", values: [] },
          aggregation_group_type_index: null,
        },
        ...node,
        funnelsFilter: {
          ...{
            exclusions: [],
            funnelStepReference: "total",
            layout: "vertical",
            breakdownAttributionType: "first_touch",
          },
          ...(node.funnelsFilter as object),
        },
      };
    case "InsightVizNode":
      return { full: true, ...node };
    default:
      return node;
  }
}

/** One of these edits that suits a kind of tile. */
export const editOf = (edits: HandEdit[], kind: "insight" | "text"): fc.Arbitrary<HandEdit> =>
  fc.constantFrom(...edits.filter(({ on }) => on === "any" || on === kind));
