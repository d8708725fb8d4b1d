import fc from "fast-check";
import { openEvents } from "../../../../src/insights/evaluate/index.ts";
import type { FunnelsJson, TrendsJson } from "../reference/queries.ts";
import { agree } from "./compare.ts";
import { randomWorld, types } from "./random-world.ts";

/*
 * Holds the evaluator against a slow reference that was written from the rules by themselves, over thousands of random cases.
 * AGREEMENT_CASES=50000 npx vitest run test/insights/evaluate/agreement goes on for longer.
 */

/** Of each kind of query. */
export const cases = Number(process.env.AGREEMENT_CASES ?? 2550);
const queriesPerWorld = 25;

const propertyTypes = {
  event: Object.fromEntries(
    Object.entries(types).flatMap(([key, type]) => (key.startsWith("event ") ? [[key.slice(6), type]] : [])),
  ),
  person: Object.fromEntries(
    Object.entries(types).flatMap(([key, type]) => (key.startsWith("person ") ? [[key.slice(7), type]] : [])),
  ),
};

/** Counts of queries that were compared, and of those that were refused. */
export async function checkAgreement(
  queries: fc.Arbitrary<TrendsJson | FunnelsJson>,
): Promise<Record<"compared" | "refused", number>> {
  const counts = { compared: 0, refused: 0 };
  const worlds = Math.ceil(cases / queriesPerWorld);
  const property = fc.asyncProperty(
    randomWorld,
    fc.array(queries, { minLength: queriesPerWorld, maxLength: queriesPerWorld }),
    async ({ world, stored, persons }, asked) => {
      using table = await openEvents({ propertyTypes, threads: 1 });
      // Half of the events are there before it is known who is who.
      table.append(stored.slice(0, stored.length / 2));
      await table.mapPersons(persons);
      table.append(stored.slice(stored.length / 2));
      const context = { now: new Date(world.now), timeZone: world.timeZone, weekStart: world.weekStart };
      const answers = await Promise.all(asked.map((query) => agree(table, query, world, context)));
      for (const answer of answers) counts[answer] += 1;
    },
  );
  // The message names query and difference; making the world smaller would take minutes.
  await fc.assert(property, { numRuns: worlds, endOnFailure: true });
  return counts;
}
