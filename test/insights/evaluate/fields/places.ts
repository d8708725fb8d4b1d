import type { StoredEvent } from "../../../../src/insights/evaluate/index.ts";
import { january } from "../fixture.ts";
import { does, node } from "../support.ts";

/*
 * Where the objects of PostHog's query schema occur in queries that can be evaluated, and events for which every
 * evaluated field makes a difference in one of them.
 */

export type Json = Record<string, unknown>;

export interface FieldPlace {
  /** A name of PostHog's schema, without "Schemas.". */
  readonly definition: string;
  readonly path: readonly (string | number)[];
  /** The field is tried in each query, because many fields only work together with others. */
  readonly queries: readonly Json[];
}

const range = { date_from: "2020-01-09", date_to: "2020-01-19" };
const trend = (more: Json): Json => ({ kind: "TrendsQuery", series: [node("$pageview")], dateRange: range, ...more });
const filtered = (...properties: Json[]) => properties.map((one) => trend({ properties: [one] }));
const broken = (...filters: Json[]) => filters.map((breakdownFilter) => trend({ breakdownFilter }));

const steps = (...names: string[]) => names.map((name) => node(name));
const funnel = (funnelsFilter: Json, more: Json = {}): Json => ({
  kind: "FunnelsQuery",
  series: steps("$pageview", "$pageleave"),
  dateRange: range,
  funnelsFilter: { funnelVizType: "steps", ...funnelsFilter },
  ...more,
});
const byBrowser = { breakdownFilter: { breakdown: "$browser", breakdown_type: "event" } };
const longer = { series: steps("$pageview", "$pageleave", "$pageview") };

export const places: readonly FieldPlace[] = [
  { definition: "InsightVizNode", path: [], queries: [{ kind: "InsightVizNode", source: trend({}) }] },
  { definition: "TrendsQuery", path: [], queries: [trend({}), trend(byBrowser)] },
  {
    definition: "TrendsFilter",
    path: ["trendsFilter"],
    queries: [trend({ trendsFilter: {} }), trend({ ...byBrowser, trendsFilter: { display: "ActionsTable" } })],
  },
  {
    definition: "TrendsFormulaNode",
    path: ["trendsFilter", "formulaNodes", 0],
    queries: [trend({ trendsFilter: { formulaNodes: [{ formula: "A" }] } })],
  },
  {
    definition: "CompareFilter",
    path: ["compareFilter"],
    queries: [trend({ compareFilter: {} }), trend({ compareFilter: { compare: true } })],
  },
  { definition: "DateRange", path: ["dateRange"], queries: [trend({})] },
  { definition: "HogQLQueryModifiers", path: ["modifiers"], queries: [trend({ modifiers: {} })] },
  {
    definition: "EventsNode",
    path: ["series", 0],
    queries: [trend({}), trend({ series: [node("$pageview", { math: "sum", math_property: "prop" })] })],
  },
  {
    definition: "BreakdownFilter",
    path: ["breakdownFilter"],
    queries: broken({}, { breakdown: "prop" }, { breakdown: "prop", breakdown_limit: 3 }, { breakdown: "url" }),
  },
  {
    definition: "Breakdown",
    path: ["breakdownFilter", "breakdowns", 0],
    queries: broken({ breakdowns: [{ property: "prop" }] }, { breakdowns: [{ property: "url" }] }),
  },
  {
    definition: "EventPropertyFilter",
    path: ["properties", 0],
    queries: filtered(
      { type: "event", key: "$browser", operator: "is_not", value: "Chrome" },
      { type: "event", key: "$browser", value: ["Chrome"] },
      { type: "event", key: "prop", operator: "lt", value: 20 },
      { type: "event", key: "prop", operator: "not_between", value: [15, 35] },
      { type: "event", key: "prop", operator: "between", value: [15, 35] },
    ),
  },
  {
    definition: "PersonPropertyFilter",
    path: ["properties", 0],
    queries: filtered(
      { type: "person", key: "team", operator: "is_not", value: "one" },
      { type: "person", key: "team", operator: "is_not", value: ["one"] },
      { type: "person", key: "seats", operator: "lt", value: 2 },
      { type: "person", key: "seats", operator: "gt", value: 2 },
      { type: "person", key: "seats", operator: "not_between", value: [2, 3] },
      { type: "person", key: "seats", operator: "between", value: [2, 3] },
    ),
  },
  {
    definition: "PropertyGroupFilter",
    path: ["properties"],
    queries: ["AND", "OR"].map((type) =>
      trend({
        properties: {
          type,
          values: ["Chrome", "Safari"].map((value) => ({ type: "event", key: "$browser", operator: "exact", value })),
        },
      }),
    ),
  },
  { definition: "FunnelsQuery", path: [], queries: [funnel({}), funnel({ funnelVizType: "trends" })] },
  {
    definition: "FunnelsFilter",
    path: ["funnelsFilter"],
    queries: [
      funnel({}),
      funnel({}, byBrowser),
      funnel({ breakdownAttributionType: "step", breakdownAttributionValue: 0 }, byBrowser),
      funnel({ funnelVizType: "time_to_convert" }),
      funnel({ funnelVizType: "time_to_convert" }, longer),
      funnel({ funnelWindowInterval: 1 }, { dateRange: { date_from: "2019-11-01", date_to: "2020-01-19" } }),
    ],
  },
  { definition: "EventsNode", path: ["series", 1], queries: [funnel({})] },
  {
    definition: "FunnelExclusionEventsNode",
    path: ["funnelsFilter", "exclusions", 0],
    queries: [
      funnel(
        { exclusions: [{ ...node("other"), funnelFromStep: 0, funnelToStep: 3 }] },
        { series: steps("$pageview", "$pageleave", "$pageview", "$pageleave") },
      ),
      funnel({ exclusions: [{ ...node("never"), funnelFromStep: 0, funnelToStep: 1 }] }, longer),
    ],
  },
  {
    definition: "BreakdownFilter",
    path: ["breakdownFilter"],
    queries: [funnel({}, { breakdownFilter: {} }), funnel({}, byBrowser)],
  },
];

const long = { $browser: "Chrome", prop: 10, url: "/b", plan: "pro", $session_id: "long ago" };

export const events: readonly StoredEvent[] = [
  ...january.map((event) => ({
    ...event,
    properties: {
      ...event.properties,
      url: "/a",
      other: 3,
      plan: "free",
      $session_id: `${event.timestamp}`.slice(0, 10),
    },
    person_properties: {
      team: event.distinct_id === "p1" ? "one" : "two",
      seats: Number(event.distinct_id[1]),
      plan: "pro",
      prop: 7,
      $browser: "a browser",
    },
  })),
  ...does("p1", "other", ["2020-01-12 13:00"], { url: "/a/", prop: 20, plan: "pro" }),
  ...does("p2", "other", ["2020-01-12 11:00", "2020-01-12 13:00"], { url: "/a/", prop: 20, plan: "pro" }),
  ...does("p2", "$pageview", ["2020-01-10 13:00"], { url: "/a/", prop: 5, plan: "pro" }).map((event) => ({
    ...event,
    person_properties: { seats: 2, plan: "free" },
  })),
  // A person who left before the first view that counts, and again after it.
  ...does("p5", "$pageleave", ["2020-01-10 09:00", "2020-01-11 11:00"], { prop: 50, $browser: "Opera" }),
  ...does("p5", "$pageview", ["2020-01-11 09:00"], { prop: 50, $browser: "Opera" }),
  // Three days, three weeks and two months to the second step.
  ...["2019-11-05", "2019-11-23", "2019-12-15"].flatMap((second, index) => [
    ...does(`slow ${index}`, "$pageview", ["2019-11-02 09:00"], long),
    ...does(`slow ${index}`, "$pageleave", [`${second} 09:00`], long),
  ]),
];
