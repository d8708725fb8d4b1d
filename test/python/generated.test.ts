import { describe, expect, test } from "vitest";
import * as z from "zod";
import { environment } from "../../src/catalog/environment.ts";
import { event } from "../../src/catalog/event.ts";
import { events } from "../../src/catalog/events.ts";
import { booleanFlag, variantFlag } from "../../src/catalog/flag.ts";
import { pythonModules } from "../../src/runtime/build/generate-python.ts";
import { eventsModule } from "../../src/runtime/build/python/events.ts";
import { flagsModule } from "../../src/runtime/build/python/flags.ts";
import { CharacterSets, pythonPattern } from "../../src/runtime/build/python/pattern.ts";

const definition = (properties: Record<string, z.ZodType> = {}) =>
  event({
    source: "server",
    purpose: "Something happened",
    owner: "platform",
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, type]) => [name, { type, meaning: "What it says", privacy: "plain" }]),
    ),
  });

test("what is generated is the same each time", { timeout: 120_000 }, async () => {
  const [one, other] = await Promise.all([pythonModules(events, environment), pythonModules(events, environment)]);
  expect([...one]).toEqual([...other]);
});

describe("a server's event", () => {
  test("is a function with its own words, keyword-only, optional ones last", () => {
    const code = eventsModule({ "a.b_done": definition({ late: z.boolean().optional(), kind: z.enum(["x", "y"]) }) });
    expect(code).toContain(
      'def b_done(\n        distinct_id: str,\n        *,\n        kind: Literal["x", "y"],\n        late: bool | None = None,',
    );
    expect(code).toContain('"""Something happened.');
  });

  test.each([
    ["a keyword", { "a.class": definition() }, "def class_("],
    ["a leading figure", { "a.b": definition({ "2fa": z.boolean() }) }, "_2fa: bool"],
    ["PostHog's sign", { "a.b": definition({ $ip: z.string() }) }, '"$ip": ip'],
  ])("has %s spelled as Python can", (_, catalog, expected) => expect(eventsModule(catalog)).toContain(expected));

  test("of the browser is not there", () => {
    const code = eventsModule({ "a.b": definition(), "a.c": { ...definition(), source: "browser" } });
    expect(code).not.toContain("a.c");
  });

  test.each([
    ["two events", { "a.b_c": definition(), "a.b$_c": definition() }, '"a.b_c" and "a.b$_c" are both ABC'],
    [
      "an event and a group",
      { "a.b": definition(), "a.b.c": definition() },
      '"a.b" and "a.b (of a.b.c)" are both events.a.b',
    ],
    ["a group and an event", { "a.b.c": definition(), "a.b": definition() }, "are both events.a.b"],
    ["two properties", { "a.b": definition({ $x: z.string(), x: z.string() }) }, '"$x" and "x" are both x'],
    ["a property and the person", { "a.b": definition({ distinct_id: z.string() }) }, "distinct_id"],
    ["two classes", { "a.b_c": definition(), "a_b.c": definition() }, '"a.b_c" and "a_b.c" are both ABC'],
    [
      "an event and the module's own",
      { subscribe: definition() },
      '"subscribe()" and "subscribe" are both events.subscribe',
    ],
  ])("stops the generator where %s are one in Python", (_, catalog, message) =>
    expect(() => eventsModule(catalog)).toThrow(message),
  );
});

describe("a feature flag", () => {
  const head = { owner: "platform", meaning: 'Says "so"', expires: "2027-01-01", rules: [] } as const;
  const on = booleanFlag({ ...head, whenAway: true });
  const variants = variantFlag({ ...head, variants: { a: 50, "b/2": 50 }, whenAway: false });

  test("has its values and its default", () => {
    const code = flagsModule({ one: on, other: variants });
    expect(code).toContain('"one": {"values": [True, False], "when_away": True}');
    expect(code).toContain('"other": {"values": ["a", "b/2", False], "when_away": False}');
    expect(code).toContain('FlagKey = Literal["one", "other"]');
    expect(code).toContain(') -> Literal["a", "b/2", False]:');
  });

  test("that is the only one has no overloads, which type checkers would refuse", () => {
    const code = flagsModule({ one: on });
    expect(code).not.toContain("overload");
    expect(code).toContain('    def flag(\n        key: Literal["one"],');
  });

  test("cannot be asked for where there is none", () => {
    const code = flagsModule({});
    expect(code).toContain("FlagKey = str");
    expect(code).toContain("def flag(key: Never, /) -> Never: ...");
  });
});

describe("a pattern", () => {
  const source = (pattern: RegExp) => {
    const { parts, ignoreCase } = pythonPattern(pattern, new CharacterSets());
    return `${ignoreCase ? "(?i)" : ""}${parts.map((part) => (typeof part === "string" ? part : part.set)).join("")}`;
  };

  test.each([
    [/^a$/, "\\Aa\\Z"],
    [/\d\w/i, "(?i)[\\d][\\w]"],
    [/(?<!ab|c)x/, "(?<![a][b])(?<![c])x"],
    [/(?<=ab|c)x/, "(?:(?<=[a][b])|(?<=[c]))x"],
    [/(?<=a{1,2})x/, "(?:(?<=[a])|(?<=[a][a]))x"],
    [/k/iu, "[Kk\\u212a]"],
    [/./, "[^\\n\\r\\u2028\\u2029]"],
  ])("%s is said in Python", (pattern, expected) => expect(source(pattern)).toBe(expected));

  test("that looks back without a bound is an error that shows it", () => {
    expect(() => source(/(?<=a+)b/)).toThrow("/(?<=a+)b/ cannot be said in Python's re: a lookbehind has no bound");
  });
});
