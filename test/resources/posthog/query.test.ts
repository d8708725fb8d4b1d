import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/resources/kernel/json.ts";
import { reflectQuery } from "../../../src/resources/posthog/query.ts";
import { anyInsight } from "../../insights/define/arbitrary.ts";

const trend = (series: object[], more: object = {}) =>
  ({ kind: "InsightVizNode", source: { kind: "TrendsQuery", series, ...more } }) as unknown as JsonObject;

const views = { kind: "EventsNode", event: "landing_view", math: "total" };

describe("what somebody added to a query by hand", () => {
  test.for([
    ["sum", { kind: "EventsNode", event: "billing.invoice_paid", math: "sum", math_property: "amount" }],
    ["dau", { kind: "EventsNode", event: "landing_view", math: "dau" }],
  ] as const)("is told with its own way to count: %s", ([, added]) => {
    expect(reflectQuery(trend([views]), trend([views, added]))).toEqual(trend([views, added]));
  });

  test.for(["is_not", "icontains", "gt", "is_set"])("is told with its own way to compare: %s", (operator) => {
    const properties = [{ type: "event", key: "plan", operator, value: ["pro"] }];
    expect(reflectQuery(trend([views]), trend([views], { properties }))).toEqual(trend([views], { properties }));
  });

  test("is told with the words that a builder would use, where PostHog leaves them out", () => {
    const live = trend([views, { kind: "EventsNode", event: "other" }], {
      properties: [{ key: "plan", value: "pro" }],
    });
    expect(reflectQuery(trend([views]), live)).toEqual(
      trend([views, { kind: "EventsNode", event: "other", math: "total" }], {
        properties: [{ key: "plan", value: "pro", operator: "exact" }],
      }),
    );
  });
});

test("a query that nobody defined is told in words that mean the same, without the server's versions", () => {
  fc.assert(
    fc.property(anyInsight, ({ query }) => {
      const { source, ...node } = query as unknown as JsonObject;
      const live = { ...node, version: 2, source: { ...(source as JsonObject), version: 5 } };
      const told = reflectQuery(undefined, live);
      expect(reflectQuery(told, live)).toEqual(told);
      expect(reflectQuery(live, told)).toEqual(live);
      expect(JSON.stringify(told)).not.toContain('"version"');
    }),
  );
});

test("whatever somebody made of a query is told in words that mean the same", () => {
  fc.assert(
    fc.property(anyInsight, anyInsight, (before, after) => {
      const [defined, live] = [before.query, after.query] as unknown as [JsonObject, JsonObject];
      const told = reflectQuery(defined, live);
      expect(reflectQuery(told, live)).toEqual(told);
      expect(reflectQuery(live, told)).toEqual(live);
    }),
    { numRuns: 300 },
  );
});
