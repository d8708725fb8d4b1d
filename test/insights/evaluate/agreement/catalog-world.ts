import fc from "fast-check";
import { events as catalog, type EventName } from "../../../../src/catalog/events.ts";
import type { InsightTile } from "../../../../src/insights/define/definition.ts";
import type { InsightVizNode } from "../../../../src/insights/define/query.ts";
import { anyFunnel, anyTimeToConvert, anyTrend } from "../../define/arbitrary.ts";
import type { FunnelsJson, Kind, NodeJson, ReferenceEvent, TrendsJson } from "../reference/queries.ts";
import type { Case } from "./check.ts";

/*
 * Tiles that the builders create, and people who send the events that the tiles query.
 */

const day = 86_400_000;

/** Few: each tile queries other events than the next one, and its people send some of each. */
export const tilesPerWorld = 10;

type Query = TrendsJson | FunnelsJson;

/** PostHog's JSON and the part of it that the reference reads are the same thing under two types. */
const sourceOf = ({ query }: InsightTile): Query => (query as InsightVizNode).source as unknown as Query;

/** Reduces the number of points where a slow reference would take too long. */
function bearable(query: Query): Query {
  const from = /^-(\d+)([hdwm])$/.exec(query.dateRange?.date_from ?? "");
  const days =
    from === null ? 30 : Number(from[1]) * { h: 1 / 24, d: 1, w: 7, m: 30 }[from[2] as "h" | "d" | "w" | "m"];
  const interval = query.interval ?? "day";
  const most = { minute: 1 / 24, hour: 4, day: 90, week: 400, month: 1000 }[interval as "day"];
  return days <= most ? query : { ...query, dateRange: { date_from: interval === "minute" ? "-1h" : `-${most}d` } };
}

const tile = fc.oneof({ weight: 3, arbitrary: anyTrend }, anyFunnel, anyTimeToConvert).map(sourceOf).map(bearable);

/** Values that filters of {@link anyTrend} look for, and others. */
const anyValue = (isNumber: boolean, isFlag: boolean): fc.Arbitrary<unknown> => {
  if (isNumber) return fc.constantFrom(0, 1, 2, 2.5, 3, 4, 70);
  return isFlag ? fc.boolean() : fc.constantFrom("a", "b", "bA", "c", "profile");
};

const isFlag = (values: readonly unknown[]) => values.every((value) => typeof value === "boolean");

function propertiesOf(event: EventName) {
  return Object.entries(catalog[event].properties)
    .filter(([, { privacy }]) => privacy !== "forbidden")
    .map(([name, property]) => ({ name, isNumber: "unit" in property, isFlag: property.type.type === "boolean" }));
}

/** An event with one of these names, or another one. */
function moment(names: readonly EventName[]) {
  return fc.constantFrom<EventName>(...names, "$pageview").chain((event) => {
    const properties = propertiesOf(event).map((one) => [one.name, anyValue(one.isNumber, one.isFlag)] as const);
    return fc.record({
      event: fc.constant(event),
      person: fc.integer({ min: 0, max: 4 }),
      sinceLast: fc.oneof(
        fc.constantFrom(0, 500, 1000),
        fc.integer({ min: 1, max: 60 }).map((minutes) => minutes * 60_000),
        fc.integer({ min: 1, max: 3 }).map((days) => days * day),
      ),
      session: fc.constantFrom("s1", "s2", undefined),
      properties: fc.record(Object.fromEntries(properties), { requiredKeys: [] }),
    });
  });
}

/** The type of each property is that of its first value, as PostHog has it. */
function typesOf(events: readonly ReferenceEvent[]): Record<string, Kind> {
  const types: Record<string, Kind> = {};
  for (const { properties } of events) {
    for (const [key, value] of Object.entries(properties)) {
      types[`event ${key}`] ??= typeof value === "number" ? "Numeric" : isFlag([value]) ? "Boolean" : "String";
    }
  }
  return types;
}

export const tilesOfBuilders: fc.Arbitrary<Case> = fc
  .array(tile, { minLength: tilesPerWorld, maxLength: tilesPerWorld })
  .chain((asked) => {
    const names = asked.flatMap(({ series }) => series.map(({ event }: NodeJson) => event as EventName));
    return fc.record({
      asked: fc.constant(asked),
      moments: fc.array(moment(names), { minLength: 10, maxLength: 90, size: "max" }),
      timeZone: fc.constantFrom("UTC", "America/New_York", "Australia/Lord_Howe"),
      weekStart: fc.constantFrom("sunday" as const, "monday" as const),
      hoursAfter: fc.integer({ min: 0, max: 72 }),
    });
  })
  .map(({ asked, moments, timeZone, weekStart, hoursAfter }) => {
    let at = Date.UTC(2026, 9, 20, 9);
    const events = moments.map(({ event, person, sinceLast, session, properties }): ReferenceEvent => {
      at += sinceLast;
      const all = session === undefined ? properties : { ...properties, $session_id: session };
      return { event, person: `p${person}`, at, properties: all, personProperties: {} };
    });
    const stored = events.map(({ event, person, at: timestamp, properties }) => ({
      ...{ event, distinct_id: person, timestamp, properties },
    }));
    const now = at + hoursAfter * 3_600_000;
    const world = { events, now, timeZone, weekStart, types: typesOf(events), testAccountFilters: [] };
    return { asked, random: { world, stored, persons: [] } };
  });
