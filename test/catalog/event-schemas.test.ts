import { describe, expect, test } from "vitest";
import * as z from "zod";
import { type EventProperty, event } from "../../src/catalog/event.ts";
import { enforcedEvents, eventSchemasOf } from "../../src/catalog/event-schemas.ts";
import { events } from "../../src/catalog/events.ts";
import { eventSchemasInputs } from "../../src/resources/posthog/event-schemas/inputs.ts";

const propertyOf = (property: Partial<EventProperty> & Pick<EventProperty, "type">) =>
  eventSchemasOf({
    asked: event({
      ...{ source: "server", purpose: "Asked", owner: "ai" },
      properties: { it: { meaning: "It", privacy: "plain", ...property } },
    }),
  }).asked?.properties.it;

describe("the schemas that follow from the catalog", () => {
  const all = eventSchemasOf(events);

  test("are of each of its events, good for PostHog, and refuse none until one is named", () => {
    expect(Object.keys(all)).toEqual(Object.keys(events));
    expect(enforcedEvents).toEqual([]);
    expect(Object.values(all).every(({ enforcement }) => enforcement === "allow")).toBe(true);
    const inputs = { projectId: 1, managedBy: "brandvx/test/schemas", events: JSON.parse(JSON.stringify(all)) };
    expect(eventSchemasInputs.parse(inputs)).toEqual(inputs);
    const strict = eventSchemasOf(events, ["ask.rated"]);
    expect(strict["ask.rated"]?.enforcement).toBe("reject");
    expect(strict["ask.shared"]?.enforcement).toBe("allow");
  });

  test("have the types, what is required, the values and the meanings of the properties", () => {
    expect(all["ask.rated"]?.properties).toEqual({
      onboard: {
        ...{ type: "Boolean", required: true },
        meaning: "true while the operator is being onboarded, false in everyday use",
      },
      answer_id: { type: "String", required: true, meaning: "The answer, by its key in BrandVX's database" },
      rating: {
        ...{ type: "Numeric", required: true, rules: { minimum: 1 } },
        meaning: "1 is useless, 5 is just what was needed (stars, 1 to 5)",
      },
    });
    expect(all["ask.shared"]?.properties.target).toMatchObject({
      type: "String",
      rules: { enum: ["copy", "link", "email", "cadence"] },
    });
    expect(all.client_error?.properties.line).toMatchObject({ type: "Numeric", required: false });
  });

  test("do not ask for what is never sent", () => {
    expect(events.client_error.properties.stack.privacy).toBe("forbidden");
    expect(all.client_error?.properties).not.toHaveProperty("stack");
    expect(JSON.stringify(all)).not.toContain("Stack traces");
  });
});

test.for<[string, z.ZodType, object]>([
  ["a text", z.string().max(5), { type: "String", required: true, meaning: "It" }],
  ["one of several texts", z.literal(["a", "b"]), { type: "String", rules: { enum: ["a", "b"] } }],
  ["one text", z.literal("a"), { type: "String", rules: { enum: ["a"] } }],
  ["a number above a bound", z.number().gt(0).lte(1), { type: "Numeric", rules: { exclusiveMinimum: 0, maximum: 1 } }],
  ["any whole number", z.int(), { type: "Numeric", required: true, meaning: "It" }],
  ["true or false, or nothing", z.boolean().optional(), { type: "Boolean", required: false }],
  ["a list", z.array(z.string()), { type: "Object" }],
  ["an object", z.object({ a: z.string() }), { type: "Object" }],
])("%s has PostHog's type for it", ([, type, schema]) => {
  expect(propertyOf({ type })).toMatchObject(schema);
});

test("what leaves as a hash is a text, whatever it is before", () => {
  expect(propertyOf({ type: z.int().min(3), privacy: "hashed" })).toEqual({
    ...{ type: "String", required: true },
    meaning: "It (a salted hash of it)",
  });
});
