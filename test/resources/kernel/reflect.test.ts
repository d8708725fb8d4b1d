import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../../../src/resources/kernel/json.ts";
import { reflect } from "../../../src/resources/kernel/reflect.ts";
import { isQueryDefault } from "../../../src/resources/posthog/defaults.ts";

const see = (defined: Json | undefined, live: Json | undefined) => reflect(defined, live, isQueryDefault);

// JavaScript does not treat a key of this name as data, and PostHog has none.
const anyJson = (fc.jsonValue() as fc.Arbitrary<Json>).filter((value) => !JSON.stringify(value).includes("__proto__"));

describe("what is live, in the words of the definition", () => {
  test("is the definition itself when nothing was changed", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(see(value, value)).toEqual(value);
      }),
    );
  });

  test("leaves out versions, nulls, empty lists and defaults that only the server added", () => {
    const defined = { kind: "TrendsQuery", series: [{ kind: "EventsNode", event: "a" }] };
    const live = {
      kind: "TrendsQuery",
      version: 5,
      interval: "day",
      filterTestAccounts: false,
      properties: [],
      compareFilter: null,
      trendsFilter: { display: "ActionsLineGraph", showLegend: false, yAxisScaleType: "linear" },
      series: [{ kind: "EventsNode", version: 2, event: "a", math: "total", math_property: null }],
    };
    expect(see(defined, live)).toEqual(defined);
  });

  test("shows a filter that was added by hand, although the definition says nothing of filters", () => {
    const added = [{ key: "plan", value: ["pro"], operator: "is_not", type: "event" }];
    expect(see({ kind: "TrendsQuery" }, { kind: "TrendsQuery", properties: added })).toEqual({
      kind: "TrendsQuery",
      properties: added,
    });
  });

  test("shows what was taken away, unless it said what is the default anyway", () => {
    expect(see({ interval: "week", display: "ActionsLineGraph" }, {})).toEqual({ display: "ActionsLineGraph" });
  });

  test("shows a series that was removed and one that was added", () => {
    const [a, b] = [{ event: "a" }, { event: "b" }];
    expect(see([a, b], [a])).toEqual([a]);
    expect(see([a], [a, b])).toEqual([a, b]);
  });

  test("keeps a default that the definition writes out when the server drops it, and shows another value in its place", () => {
    expect(see({ funnelWindowInterval: 14 }, {})).toEqual({ funnelWindowInterval: 14 });
    expect(see({ funnelWindowInterval: 7 }, { funnelWindowInterval: 14 })).toEqual({ funnelWindowInterval: 14 });
  });
});
