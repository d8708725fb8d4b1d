import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { events } from "../../src/catalog/events.ts";
import { queryProblems } from "../../src/insights/define/check/query.ts";
import { isNotEvaluable, isQueryRejected } from "../../src/insights/evaluate/index.ts";
import { readQuery } from "../../src/insights/evaluate/read/query.ts";
import { startPosthogTwin } from "../../src/local/twins/posthog/index.ts";
import { httpClient } from "../local/twins/http-client.ts";

/*
 * Three readers of one rule: the check of definitions, the evaluator, and the local PostHog, which was written
 * independently from PostHog's sources. A definition that one of them refuses and another one accepts must be listed
 * here with its reason, or the test fails.
 */

type Query = Record<string, unknown>;
type Verdict = "taken" | "refused";

const twin = await startPosthogTwin({ evaluate: () => ({ results: [] }) });
const client = httpClient(twin.url, { Authorization: `Bearer ${twin.personalApiKey}` });
afterAll(() => twin.stop());

const readers: Record<string, (query: Query) => Verdict | Promise<Verdict>> = {
  check: (query) => (queryProblems(query, events).length > 0 ? "refused" : "taken"),
  evaluator(query) {
    try {
      readQuery(query, { testAccountFilters: [] } as never);
    } catch (error) {
      // A query that PostHog can answer and the table of events cannot is not one that PostHog refuses.
      if (isNotEvaluable(error)) return "taken";
      if (isQueryRejected(error)) return "refused";
      throw error;
    }
    return "taken";
  },
  async twin(query) {
    const { status } = await client.post(`/api/projects/${twin.projectId}/query/`, { query });
    return status === 200 ? "taken" : "refused";
  },
};

interface Case {
  readonly query: Query;
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

interface Exception {
  readonly reason: string;
  readonly is: (one: Case) => boolean;
}

async function expectAgreement(queries: fc.Arbitrary<Query>, exceptions: readonly Exception[], numRuns: number) {
  const seen = { taken: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(queries, async (query) => {
      const verdicts = await Promise.all(
        Object.entries(readers).map(async ([name, read]) => [name, await read(query)] as const),
      );
      const one: Case = { query, verdicts: Object.fromEntries(verdicts) };
      const [first] = verdicts;
      const isSame = verdicts.every(([, verdict]) => verdict === first?.[1]);
      if (first && (isSame || exceptions.some(({ is }) => is(one)))) seen[first[1]] += 1;
      else throw new Error(JSON.stringify(one));
    }),
    { numRuns },
  );
  // If all queries were good, or all bad, the test would compare nothing.
  expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(numRuns / 20);
}

const some = <Value>(...values: Value[]) => fc.constantFrom(...values);
const given = (value: object): Query =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));

const eventNames = ["onboarding.step_completed", "client_error"] as const;
const filter = some(
  { type: "event", key: "step", operator: "exact", value: ["x"] },
  { key: "step", value: ["x"] },
  { type: "event", key: "step", operator: "exact", value: "x" },
  { type: "event", key: "step", operator: "is_not", value: ["x"] },
  { type: "person", key: "plan", operator: "exact", value: ["x"] },
);
const node = fc
  .record({
    event: some(...eventNames),
    properties: fc.option(fc.array(filter, { maxLength: 2 }), { nil: undefined }),
    optionalInFunnel: some(undefined, undefined, undefined, false, true),
  })
  // The catalog's property of one event is not a property of the other.
  .map((one) => given({ kind: "EventsNode", ...one, event: one.properties?.length ? eventNames[0] : one.event }));

const stepNumber = some<number | undefined | null>(undefined, undefined, null, 0, 1, 2, 3);
const exclusion = fc
  .record({
    event: some(...eventNames),
    properties: fc.array(filter, { maxLength: 2 }),
    from: some(0, 0, 1, 2),
    to: some(0, 1, 2, 3),
  })
  .map(({ event, properties, from, to }) =>
    given({
      kind: "EventsNode",
      event: properties.length > 0 ? eventNames[0] : event,
      properties: properties.length > 0 ? properties : undefined,
      funnelFromStep: from,
      funnelToStep: to,
    }),
  );

const funnels = fc
  .record({
    series: fc.array(node, { minLength: 1, maxLength: 4 }),
    funnelVizType: some(undefined, "steps", "time_to_convert", "trends"),
    funnelOrderType: some(undefined, "ordered", "strict", "unordered"),
    exclusions: some(false, true).chain((has) =>
      has ? fc.array(exclusion, { maxLength: 2 }) : fc.constant(undefined),
    ),
    funnelFromStep: stepNumber,
    funnelToStep: stepNumber,
    attribution: some(
      {},
      {},
      {},
      { breakdownAttributionType: "step", breakdownAttributionValue: 0 },
      {
        breakdownAttributionType: "step",
        breakdownAttributionValue: 1,
      },
    ),
    breakdown: some(undefined, { breakdown: "step", breakdown_type: "event" }),
  })
  .map(({ series, attribution, breakdown, ...filter }) =>
    given({
      kind: "FunnelsQuery",
      series,
      funnelsFilter: given({ ...filter, ...attribution }),
      breakdownFilter: series.some(({ event }) => event === eventNames[0]) ? breakdown : undefined,
    }),
  );

const attributedTo = ({ query: { funnelsFilter, series } }: Case) =>
  Number((funnelsFilter as Query).breakdownAttributionValue ?? -1) >= (series as unknown[]).length;

test("funnels are refused by all three or by none", async () => {
  await expectAgreement(
    funnels,
    [
      {
        reason:
          "PostHog only looks at the step of an attribution in an unordered funnel; a step that is not there is a column that ClickHouse does not know",
        is: attributedTo,
      },
    ],
    1500,
  );
}, 120_000);

const series = fc
  .record({
    event: some("ask.response_stream_complete"),
    math: some(undefined, "total", "dau", "sum", "avg", "median", "p75", "p90", "p95", "p99"),
  })
  .map((one) =>
    given({
      kind: "EventsNode",
      ...one,
      math_property: /^(?:sum|avg|median|p)/.test(one.math ?? "") ? "duration_ms" : undefined,
    }),
  );

const trends = fc
  .record({
    series: fc.array(series, { maxLength: 3 }),
    breakdownFilter: some<object | undefined>(
      undefined,
      { breakdown: "duration_ms", breakdown_histogram_bin_count: 3 },
      { breakdown: "duration_ms", breakdown_type: "event" },
      { breakdown_histogram_bin_count: 3 },
      { breakdowns: [{ property: "duration_ms", type: "event", histogram_bin_count: 4 }] },
      { breakdowns: [{ property: "duration_ms", type: "event" }], breakdown_histogram_bin_count: 3 },
    ),
    trendsFilter: some<object | undefined>(
      undefined,
      { smoothingIntervals: 1 },
      { smoothingIntervals: 7 },
      { smoothingIntervals: 0 },
    ),
    dateRange: some<object | undefined>(
      undefined,
      { date_from: "-7d", daysOfWeek: [1, 2] },
      { daysOfWeek: [1, 2, 3, 4, 5, 6, 7] },
      { daysOfWeek: [] },
    ),
  })
  .map((one) => given({ kind: "TrendsQuery", ...one }));

test("trends are refused by all three or by none", async () => {
  await expectAgreement(trends, [], 1000);
}, 120_000);

const formulaText = fc
  .array(some("A", "b", "C", "AB", "1", "2.5", "+", "-", "*", "/", "**", "(", ")", " ", "%", "#", "."), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(""));
const wellFormed = some("A", "A / B", "B / (A + B)", "-A ** 2", "(a + b) * 1.5", "C", "A + C / D");

const formulas = fc
  .record({
    count: some(1, 2, 3),
    text: fc.oneof(wellFormed, formulaText),
    as: some("formula", "formulas", "formulaNodes"),
  })
  .map(({ count, text, as }) => ({
    kind: "TrendsQuery",
    series: Array.from({ length: count }, () => ({ kind: "EventsNode", event: "client_error", math: "total" })),
    trendsFilter: { [as]: as === "formula" ? text : as === "formulas" ? [text] : [{ formula: text }] },
  }));

test("formulas are refused by the check and the evaluator or by neither", async () => {
  await expectAgreement(
    formulas,
    [
      {
        reason:
          "PostHog reads a formula when it has numbers to calculate with: the local one leaves it to the evaluator",
        is: ({ verdicts }) => verdicts.twin === "taken" && verdicts.check === verdicts.evaluator,
      },
    ],
    1500,
  );
}, 120_000);

const moment = some<string | null | undefined>(
  ...[undefined, null, "-7d", "-1mStart", "mStart", "dStart", "all", "-24h", "-2w", "-1y", "-1q", "2026-11-01"],
  ...[
    "2026-11-01T10:00:00",
    "2026-11-01 10:00",
    "-d",
    "7d",
    "yesterday",
    "",
    "-1.5d",
    "2026/11/01",
    "-3x",
    "11-01-2026",
  ],
);
const dates = fc.record({ date_from: moment, date_to: moment }).map((dateRange) => ({
  kind: "TrendsQuery",
  series: [{ kind: "EventsNode", event: "client_error", math: "total" }],
  dateRange: given(dateRange),
}));

test("times that the check takes are refused by nobody", async () => {
  await expectAgreement(
    dates,
    [
      {
        reason:
          "a time is read when the question is asked, by a clock: the evaluator and the local PostHog keep it until then",
        is: ({ verdicts }) => verdicts.check === "refused" && verdicts.evaluator === verdicts.twin,
      },
    ],
    600,
  );
}, 120_000);

const value = some<unknown>("x", ["x"], 3, [3], true, ["a", "b"], null, undefined, [], "3", [1, 5], [5, 1], ["1", "5"]);
const filters = fc
  .record({
    key: some("step", "duration_ms", "no_such_property"),
    type: some<string | undefined>("event", undefined, "person"),
    operator: some<string | undefined>(
      ...[undefined, "exact", "is_not", "icontains", "not_icontains", "gt", "gte", "lt", "lte", "between", "is_set"],
      ...["is_not_set", "regex", "not_regex", "not_between", "is_date_before", "in", "no_such_operator"],
    ),
    value,
  })
  .map((filter) => ({
    kind: "TrendsQuery",
    series: [
      {
        kind: "EventsNode",
        event: filter.key === "duration_ms" ? "ask.response_stream_complete" : "onboarding.step_completed",
        math: "total",
        properties: [given(filter)],
      },
    ],
  }));

const isNonsense = ({ series }: Query): boolean =>
  (series as { properties: { key: string; operator?: string; value?: unknown }[] }[]).some(({ properties }) =>
    properties.some(
      ({ key, operator = "", value }) =>
        key === "no_such_property" ||
        (Array.isArray(value) && value.length === 0) ||
        (key === "step" && /^(?:gte?|lte?|(?:not_)?between)$/.test(operator)),
    ),
  );

test("filters are refused by all three or by none, but for what the catalog says of them", async () => {
  await expectAgreement(
    filters,
    [
      {
        reason:
          "PostHog reads the values of a filter when it writes its SQL: the local one leaves that to the evaluator",
        is: ({ verdicts }) => verdicts.twin === "taken" && verdicts.check === verdicts.evaluator,
      },
      {
        reason:
          "the check knows the catalog: a property that the event has not, a text that is compared as a number, and a filter without values would be answered, with what nobody means",
        is: ({ query, verdicts }) => verdicts.check === "refused" && isNonsense(query),
      },
    ],
    2000,
  );
}, 120_000);

describe("the exclusion of an event that is a step, too", () => {
  const only = [{ type: "event", key: "step", operator: "exact", value: ["x"] }];
  const step = (properties?: object[]) => given({ kind: "EventsNode", event: "onboarding.step_completed", properties });
  const funnel = (inStep: object[] | undefined, inExclusion: object[] | undefined): Query => ({
    kind: "FunnelsQuery",
    series: [{ kind: "EventsNode", event: "client_error" }, step(inStep)],
    funnelsFilter: { exclusions: [{ ...step(inExclusion), funnelFromStep: 0, funnelToStep: 1 }] },
  });

  test.each<[string, Query, Verdict]>([
    ["without filters, of a step without filters", funnel(undefined, undefined), "refused"],
    ["without filters, of a step that is filtered", funnel(only, undefined), "taken"],
    ["with a filter, of a step without", funnel(undefined, only), "refused"],
    ["with the step's own filter", funnel(only, only), "refused"],
    ["with the step's own filter, its defaults left out", funnel(only, [{ key: "step", value: ["x"] }]), "refused"],
    ["with the step's filter and one more", funnel(only, [...only, { key: "step", operator: "is_set" }]), "refused"],
    ["with another filter", funnel(only, [{ key: "step", operator: "is_not", value: ["x"] }]), "taken"],
    ["with the step's filter once, of a step that has it twice", funnel([...only, ...only], only), "taken"],
  ])("%s", async (_, query, verdict) => {
    const verdicts = await Promise.all(Object.entries(readers).map(async ([name, read]) => [name, await read(query)]));
    expect(Object.fromEntries(verdicts)).toEqual({ check: verdict, evaluator: verdict, twin: verdict });
  });
});
