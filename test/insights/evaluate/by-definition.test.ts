import fc from "fast-check";
import { expect, test } from "vitest";
import { followInOrder } from "../../../src/insights/evaluate/funnels/attempt.ts";
import type { Path } from "../../../src/insights/evaluate/funnels/events.ts";

/*
 * The definition of a funnel without an algorithm: a person has reached a step if some of their events, each used once,
 * match the steps up to it, in the order of time and all within the window. Events of one instant may have any order,
 * except in a funnel that contains an event twice: there PostHog's replay of an instant begins a new attempt first.
 */

const names = ["A", "B", "C"] as const;
type Name = (typeof names)[number];

interface Story {
  readonly steps: readonly Name[];
  readonly windowSeconds: number;
  readonly events: readonly { readonly name: Name; readonly time: number }[];
}

const aName = fc.constantFrom(...names);

const stories = (steps: fc.Arbitrary<Name[]>, shortestPause: number): fc.Arbitrary<Story> =>
  fc.record({
    steps,
    windowSeconds: fc.integer({ min: 1, max: 8 }),
    events: fc
      .array(fc.record({ name: aName, sinceLast: fc.integer({ min: shortestPause, max: 4 }) }), { maxLength: 9 })
      .map((moments) => {
        let time = 0;
        return moments.map(({ name, sinceLast }) => {
          time += sinceLast;
          return { name, time };
        });
      }),
  });

/** The largest number of steps for which such events exist; all choices are tried. */
function deepest({ steps, windowSeconds, events }: Story): number {
  const from = (used: readonly number[]): number => {
    const step = steps[used.length];
    const [start, last] = [events[used[0] ?? -1]?.time, events[used.at(-1) ?? -1]?.time];
    const further = events.map(({ name, time }, index) => {
      const isLate = start !== undefined && time - start > windowSeconds;
      const isEarlier = last !== undefined && time < last;
      return name !== step || isLate || isEarlier || used.includes(index) ? used.length : from([...used, index]);
    });
    return Math.max(used.length, ...further);
  };
  return from([]);
}

function followed({ steps, windowSeconds, events }: Story): number {
  const path: Path = {
    length: events.length,
    times: events.map(({ time }) => time),
    steps: events.map(({ name }) => steps.reduce((bits, step, index) => bits + (step === name ? 2 ** index : 0), 0)),
    exclusions: events.map(() => 0),
    values: events.map(() => 0),
    periods: events.map(() => 0),
  };
  const plan = steps.map((event) => ({
    ...{ event, customName: null, filter: { type: "all", filters: [] }, firstOnly: "no", optional: false, where: "" },
  })) as Parameters<typeof followInOrder>[1]["steps"];
  const attributed = { value: 0, onlyItsEvents: false, stepWithValue: null };
  const outcome = followInOrder(path, { steps: plan, order: "ordered", windowSeconds }, attributed);
  return outcome === null ? 0 : outcome.last + 1;
}

test.each([
  ["of different steps, with events at the same instant", stories(fc.uniqueArray(aName, { minLength: 2 }), 0)],
  ["of repeated steps, with an event at a time", stories(fc.array(aName, { minLength: 2, maxLength: 4 }), 1)],
])("a person comes as far in a funnel %s, as any choice of their events does", (_, story) => {
  fc.assert(
    fc.property(story, (one) => {
      expect(followed(one)).toBe(deepest(one));
    }),
    { numRuns: 5000 },
  );
});
