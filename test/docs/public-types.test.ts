import { beforeAll, expect, test } from "vitest";
import { type PublicTypes, readPublicTypes } from "./public-types.ts";

let types: PublicTypes;
beforeAll(() => {
  types = readPublicTypes();
}, 180_000);

test("each builder, resource and helper says what it does and shows one use of it", () => {
  const silent = types.callables.filter(({ isInternal, example, text }) => !isInternal && !(example && text));
  expect(types.callables.length).toBeGreaterThan(80);
  expect(silent.map(({ entry, name }) => `${entry} ${name}`)).toEqual([]);
});

test("the examples compile", () => {
  expect(types.problems).toEqual([]);
});

/** Matches a unit in the name or in the text. Numbers that identify something (an id, a row, a step) have no unit. */
const unit =
  /(Ms|Seconds|Minutes|Hours|Days|Bytes|_s|_count|[cC]ount)$|\b(seconds?|minutes?|milliseconds|ms|days?|bytes|characters|columns?|rows?|share|per cent|dollars|number of|numbers? of|how many|unit|from 0|events?|errors?|requests?|values?|keys?|failures?|takes?|bars|whole)\b/i;

test("each number says its unit", () => {
  const bare = types.properties.filter(({ isNumber, name, text }) => isNumber && !unit.test(`${name} ${text}`));
  expect(types.properties.filter(({ isNumber }) => isNumber).length).toBeGreaterThan(20);
  expect(bare.map(({ name }) => name)).toEqual([]);
});

test("each option that may be left out says what then holds, and each part of an answer when it is absent", () => {
  const open = types.properties.filter(
    ({ isOptional, hasDefault, text }) => isOptional && !hasDefault && !/\babsent\b/i.test(text),
  );
  expect(open.map(({ name }) => name)).toEqual([]);
});
