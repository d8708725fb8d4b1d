import fc from "fast-check";
import type { StoredEvent } from "../../../../src/insights/evaluate/index.ts";
import type { Kind, ReferenceEvent, World } from "../reference/queries.ts";

/*
 * Random people doing random things, with the accidents that matter: the same instant twice, missing and odd values,
 * nights on which the clocks change, people with two distinct ids.
 */

export interface RandomWorld {
  readonly world: World;
  readonly stored: readonly StoredEvent[];
  readonly persons: readonly (readonly [string, string])[];
}

export const eventNames = ["open", "view", "send", "fail"] as const;

export const types: Readonly<Record<string, Kind>> = {
  "event word": "String",
  "event number": "Numeric",
  "event flag": "Boolean",
  "event many": "String",
  "event url": "String",
  "event $session_id": "String",
  "person plan": "String",
  "person seats": "Numeric",
};

const declared = (of: "event" | "person") =>
  Object.fromEntries(
    Object.entries(types).flatMap(([name, type]) =>
      name.startsWith(`${of} `) ? [[name.slice(of.length + 1), type]] : [],
    ),
  );

/** The same types for the evaluator, because the values are too odd to infer types from. */
export const propertyTypes = { event: declared("event"), person: declared("person") };

const testAccountFilters = [
  { type: "event", key: "word", operator: "not_icontains", value: "BETA" },
  { type: "person", key: "plan", operator: "is_not", value: ["free"] },
] as const;

const day = 86_400_000;

/** Days around which something happens to the clock, the week, the month or the year. */
const anchors = ["2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01", "2026-01-02", "2026-06-15"].map((text) =>
  Date.parse(text),
);

const properties = fc.record(
  {
    word: fc.constantFrom("alpha", "Beta", "beta_1", "100%", "été", 'say "hi"', null),
    /** May be empty; PostHog's storages treat the empty value differently. */
    maybe: fc.constantFrom("", "a", "b", null),
    number: fc.oneof(fc.integer({ min: -3, max: 40 }), fc.constantFrom<unknown>(2.5, "7", "abc", "", true, null, [1])),
    flag: fc.constantFrom<unknown>(true, false, "true", "no", null),
    many: fc.integer({ min: 0, max: 34 }).map((number) => `v${number}`),
    url: fc.constantFrom("https://a.example/", "https://a.example", "https://a.example/x?#", "/", "?", null),
    $session_id: fc.constantFrom("s1", "s2", "s3", "s4", "", "null", null),
  },
  { requiredKeys: [] },
);

const personProperties = fc.record(
  { plan: fc.constantFrom("free", "pro", null), seats: fc.constantFrom<unknown>(1, 3, 20, "12", null) },
  { requiredKeys: [] },
);

const randomMoment = fc.record({
  name: fc.constantFrom(...eventNames),
  person: fc.integer({ min: 0, max: 5 }),
  secondId: fc.boolean(),
  /** Half seconds are exact in floating point. */
  sinceLast: fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 40 }).map((number) => number * 500) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 400 }).map((number) => number * 30_000) },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 6 }).map((number) => number * (day / 2)) },
  ),
  properties,
  personProperties,
});

export const randomWorld: fc.Arbitrary<RandomWorld> = fc
  .record({
    anchor: fc.constantFrom(...anchors),
    nowAfter: fc.integer({ min: 0, max: 4 * 86_400 }).map((seconds) => seconds * 1000),
    timeZone: fc.constantFrom("UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland"),
    weekStart: fc.constantFrom("sunday" as const, "monday" as const),
    moments: fc.oneof(
      { weight: 30, arbitrary: fc.array(randomMoment, { minLength: 1, maxLength: 70, size: "max" }) },
      { weight: 1, arbitrary: fc.array(randomMoment, { maxLength: 0 }) },
    ),
    startsDaysBefore: fc.integer({ min: 1, max: 40 }),
  })
  .map(({ anchor, nowAfter, timeZone, weekStart, moments, startsDaysBefore }) => {
    let at = anchor - startsDaysBefore * day;
    const timed = moments.map((one) => {
      at += one.sinceLast;
      return { ...one, at };
    });
    const stored = timed.map(
      (one): StoredEvent => ({
        event: one.name,
        distinct_id: `p${one.person}${one.secondId ? "-anonymous" : ""}`,
        timestamp: new Date(one.at).toISOString(),
        properties: one.properties,
        person_properties: one.personProperties,
      }),
    );
    const events = timed.map(
      (one): ReferenceEvent => ({
        event: one.name,
        person: `p${one.person}`,
        at: one.at,
        properties: one.properties,
        personProperties: one.personProperties,
      }),
    );
    const persons = Array.from({ length: 6 }, (_, person) => [`p${person}-anonymous`, `p${person}`] as const);
    const world = { events, now: anchor + nowAfter, timeZone, weekStart, types, testAccountFilters };
    return { world, stored, persons };
  });
