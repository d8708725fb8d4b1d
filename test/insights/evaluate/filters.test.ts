import { describe, expect, test } from "vitest";
import type { OpenOptions } from "../../../src/insights/evaluate/index.ts";
import { askTrend, node } from "./support.ts";

const dateRange = { date_from: "2026-01-01", date_to: "2026-01-01" };

/** The values among these that pass; `undefined` is a missing property. */
async function pass(
  values: readonly unknown[],
  operator: string,
  value?: unknown,
  options: OpenOptions = {},
): Promise<unknown[]> {
  const events = values.map((one, index) => ({
    event: "A",
    distinct_id: `${index}`,
    timestamp: "2026-01-01T12:00:00Z",
    properties: one === undefined ? { index } : { value: one, index },
  }));
  const properties = [{ type: "event", key: "value", operator, ...(value === undefined ? {} : { value }) }];
  const query = {
    series: [node("A")],
    dateRange,
    properties,
    breakdownFilter: { breakdown: "index", breakdown_limit: 99 },
  };
  const lines = await askTrend(
    events,
    query,
    {},
    { ...options, propertyTypes: { event: { index: "Numeric", ...options.propertyTypes?.event } } },
  );
  return lines.map(({ label }) => values[Number(label)]).sort((a, b) => values.indexOf(a) - values.indexOf(b));
}

describe("texts", () => {
  const words = ["alpha", "Beta", "100%", undefined] as const;

  test.each([
    ["exact", "alpha", ["alpha"]],
    ["exact", ["alpha", "Beta"], ["alpha", "Beta"]],
    ["in", ["Beta"], ["Beta"]],
    ["is_not", "alpha", ["Beta", "100%", undefined]],
    ["not_in", ["alpha", "Beta"], ["100%", undefined]],
    ["icontains", "BET", ["Beta"]],
    ["icontains", "a_p", ["alpha"]],
    ["icontains", "%", ["alpha", "Beta", "100%"]],
    ["icontains", ["lph", "00"], ["alpha", "100%"]],
    ["not_icontains", "a", ["100%", undefined]],
    ["not_icontains", ["lph", "00"], ["Beta", undefined]],
    ["regex", "^[a-z]+$", ["alpha"]],
    ["regex", "beta", []],
    ["regex", ["^a", "%$"], ["alpha", "100%"]],
    ["not_regex", ["^a", "%$"], ["Beta", undefined]],
    ["not_regex", "a$", ["100%", undefined]],
    ["gt", "alpha", []],
    ["gte", "alpha", ["alpha"]],
    ["lt", "B", ["100%"]],
    ["is_set", "is_set", ["alpha", "Beta", "100%"]],
    ["is_not_set", "is_not_set", [undefined]],
  ])("%s %j", async (operator, value, expected) => {
    expect(await pass(words, operator, value)).toEqual(expected);
  });

  test("are compared as texts, not as numbers", async () => {
    expect(await pass(["9", "10"], "gt", "10", { propertyTypes: { event: { value: "String" } } })).toEqual(["9"]);
  });

  test("keep their escapes", async () => {
    expect(await pass(['say "hi"'], "exact", 'say \\"hi\\"')).toEqual(['say "hi"']);
  });

  test("a dot matches a line break", async () => {
    expect(await pass(["a\\nb"], "regex", "a..n")).toEqual(["a\\nb"]);
  });
});

describe("numbers", () => {
  const numbers = [5, "10", "abc", undefined] as const;
  const numeric = { propertyTypes: { event: { value: "Numeric" } } } as const;

  test.each([
    ["gt", 5, ["10"]],
    ["gte", "5", [5, "10"]],
    ["min", 5, [5, "10"]],
    ["min", 6, ["10"]],
    ["lt", 10, [5]],
    ["max", 10, [5, "10"]],
    ["exact", ["5"], [5]],
    ["is_not", 5, ["10", "abc", undefined]],
    ["between", [5, 9], [5]],
    ["not_between", [5, 9], ["10"]],
    ["icontains", "1", ["10"]],
    ["is_set", undefined, [5, "10"]],
    ["is_not_set", undefined, ["abc", undefined]],
  ])("%s %j", async (operator, value, expected) => {
    expect(await pass(numbers, operator, value, numeric)).toEqual(expected);
  });
});

describe("true and false", () => {
  const flags = [true, "false", "perhaps", undefined] as const;

  test.each([
    ["exact", true, [true]],
    ["exact", ["false"], ["false"]],
    ["is_not", "true", ["false", "perhaps", undefined]],
    ["is_set", undefined, [true, "false"]],
  ])("%s %j", async (operator, value, expected) => {
    expect(await pass(flags, operator, value)).toEqual(expected);
  });

  test("on a property that is a text, true is the text", async () => {
    expect(await pass(["true", "yes"], "exact", true, { propertyTypes: { event: { value: "String" } } })).toEqual([
      "true",
    ]);
  });
});

describe("a type that was detected from the first value, without a definition", () => {
  test.each<[readonly unknown[], string, unknown, readonly unknown[]]>([
    [["true", "yes", "no"], "exact", "yes", ["yes"]],
    [["true", "yes", "no"], "exact", ["true", "yes"], ["true", "yes"]],
    [["true", "yes", undefined], "is_not", "yes", ["true", undefined]],
    [["true", "false"], "exact", "yes", []],
    [[true, "yes"], "exact", ["yes"], ["yes"]],
    [["FALSE", "maybe"], "exact", "FALSE", ["FALSE"]],
    [["false", "maybe"], "gt", "kale", ["maybe"]],
    [[5, "many"], "exact", "many", ["many"]],
    [[5, "many", undefined], "is_not", ["many", "few"], [5, undefined]],
    [["2026-01-01", "unknown"], "exact", "unknown", ["unknown"]],
    [["2026-01-01", "unknown"], "is_not", ["unknown"], ["2026-01-01"]],
  ])("%j %s %j: a text that is not of the type is compared as a text", async (values, operator, value, expected) => {
    expect(await pass(values, operator, value)).toEqual(expected);
  });

  test("a value of the type is compared as the type", async () => {
    expect(await pass([9, "10", "many"], "gt", "9")).toEqual(["10"]);
    expect(await pass([true, "false", "yes"], "is_not", "false")).toEqual([true, "yes"]);
    await expect(pass(["2026-01-01", "x"], "exact", "2026-01-01")).rejects.toThrow("PostHog reads it as a time");
  });

  test("where no value was ever a text, there is no doubt, and the comparison is refused", async () => {
    await expect(pass([true, false], "exact", "yes")).rejects.toThrow("the property is true or false");
    await expect(pass([1, 2], "exact", "many")).rejects.toThrow("the property is a number");
  });

  test.each([
    ["Boolean", "yes", "the property is true or false"],
    ["Numeric", "many", "the property is a number"],
    ["DateTime", "unknown", "PostHog reads it as a time"],
  ] as const)("a definition that says %s holds: the comparison with %s is refused", async (type, value, reason) => {
    const options = { propertyTypes: { event: { value: type } } };
    await expect(pass(["true"], "exact", value, options)).rejects.toThrow(reason);
  });
});

describe("groups", () => {
  const one = (key: string, value: string) => ({ type: "event", key, operator: "exact", value });
  const group = (type: string, ...values: unknown[]) => ({ type, values });

  async function passing(properties: unknown): Promise<string[]> {
    const events = ["ax", "ay", "bx"].map((name) => ({
      event: "A",
      distinct_id: name,
      timestamp: "2026-01-01T12:00:00Z",
      properties: { first: name[0], second: name[1], name },
    }));
    const lines = await askTrend(events, {
      series: [node("A")],
      dateRange,
      properties,
      breakdownFilter: { breakdown: "name" },
    });
    return lines.map(({ label }) => label).sort();
  }

  test("all, any, and one within another", async () => {
    expect(await passing([one("first", "a"), one("second", "x")])).toEqual(["ax"]);
    expect(await passing(group("OR", one("first", "b"), one("second", "y")))).toEqual(["ay", "bx"]);
    expect(await passing(group("AND", group("OR", one("first", "a"), one("first", "b")), one("second", "x")))).toEqual([
      "ax",
      "bx",
    ]);
  });

  test("an empty one lets everything through", async () => {
    expect(await passing(group("OR"))).toEqual(["ax", "ay", "bx"]);
  });
});

test("a person's property is read as it was when the event came in", async () => {
  const event = (plan: string, hour: number) => ({
    event: "A",
    distinct_id: "ada",
    timestamp: `2026-01-01T${hour}:00:00Z`,
    person_properties: { plan },
  });
  const properties = [{ type: "person", key: "plan", operator: "exact", value: "pro" }];
  const [line] = await askTrend([event("free", 10), event("pro", 11)], { series: [node("A")], dateRange, properties });
  expect(line?.count).toBe(1);
});

test("the project's filters for internal users apply where a query asks for them", async () => {
  const events = ["ada", "test"].map((name) => ({
    event: "A",
    distinct_id: name,
    timestamp: "2026-01-01T12:00:00Z",
    properties: { name },
  }));
  const testAccountFilters = [{ type: "event", key: "name", operator: "is_not", value: "test" }];
  const query = { series: [node("A")], dateRange, filterTestAccounts: true };
  expect((await askTrend(events, query, { testAccountFilters }))[0]?.count).toBe(1);
  expect((await askTrend(events, query, { testAccountFilters: [] }))[0]?.count).toBe(2);
});
