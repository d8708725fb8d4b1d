import { expect, test } from "vitest";
import { eventSchemasType } from "../../../src/operate/changes/event-schemas.ts";
import { otherChanges } from "../../../src/operate/changes/others.ts";
import { planOf } from "../support/plans.ts";

const rating = { type: "Numeric", required: true, meaning: "1 to 5", rules: { minimum: 1, maximum: 5 } };
const target = { type: "String", required: false, meaning: "Where to", rules: { enum: ["copy", "link"] } };
const asked = { properties: { rating, target }, enforcement: "allow" };

const stated = (events: object) => ({ type: eventSchemasType, name: "schemas", inputs: { projectId: 1, events } });
const wordsOf = (before: object | undefined, after: object | undefined): string[] => {
  const plan = planOf({ before: before ? [stated(before)] : [], after: after ? [stated(after)] : [] });
  return otherChanges(plan.changes).flatMap(({ words }) => words.map(String));
};

test("new schemas say how many they are and what they refuse, and those that go how many", () => {
  expect(wordsOf(undefined, { asked, seen: { properties: {}, enforcement: "reject" } })).toEqual([
    "schemas of 2 events",
    "refuses seen when it is not as its schema says",
  ]);
  expect(wordsOf({ asked }, undefined)).toEqual(["schemas of 1 event go"]);
});

test.for<[string, object, string[]]>([
  ["a schema gone", {}, ["asked has its schema no more"]],
  ["a schema more", { asked, seen: asked }, ["seen gets a schema"]],
  ["enforcement", { asked: { ...asked, enforcement: "reject" } }, ["refuses asked when it is not as its schema says"]],
  ["a join gone", { asked: { ...asked, notJoined: true } }, ["asked is not joined to its schema any more"]],
  ["a name", { asked: { ...asked, groupName: "Ours" } }, ["the schema of asked is called “Ours”"]],
  ["a text", { asked: { ...asked, groupDescription: "" } }, ["the schema of asked has another description"]],
  [
    "a property gone and one more",
    { asked: { ...asked, properties: { rating, more: { type: "Object", required: true } } } },
    ["more of asked is in the schema, as required Object", "target of asked is in the schema no more"],
  ],
  [
    "everything about a property",
    {
      asked: {
        ...asked,
        properties: {
          rating: { type: "DateTime", required: false, meaning: "Else" },
          target: { ...target, rules: { enum: ["copy"] } },
        },
      },
    },
    [
      "rating of asked is DateTime (before: Numeric)",
      "rating of asked is required no more",
      "rating of asked may be anything (before: at least 1 and at most 5)",
      "rating of asked has another meaning",
      "target of asked may be copy (before: copy or link)",
    ],
  ],
])("%s is named", ([, after, words]) => {
  expect(wordsOf({ asked }, after)).toEqual(words);
});

test("many differences are shortened, and how many there are is said", () => {
  const events = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`event${index}`, asked]));
  const words = wordsOf(events, {});
  expect(words).toHaveLength(13);
  expect(words.at(-1)).toBe("8 more");
});
