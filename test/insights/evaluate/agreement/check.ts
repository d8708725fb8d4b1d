import fc from "fast-check";
import { expect } from "vitest";
import { openEvents } from "../../../../src/insights/evaluate/index.ts";
import type { PropertyTypes } from "../../../../src/insights/evaluate/table/property-types.ts";
import type { FunnelsJson, TrendsJson } from "../reference/queries.ts";
import { agree } from "./compare.ts";
import type { RandomWorld } from "./random-world.ts";

/*
 * Compares the evaluator with a slow reference that was written independently from the rules, over thousands of random
 * cases. AGREEMENT_CASES=50000 npx vitest run test/insights/evaluate/agreement runs for longer.
 */

/** Number of cases for trends, and again for funnels. {@link expectThorough} allows few refusals, so more than 5,000 are compared. */
export const cases = Number(process.env.AGREEMENT_CASES ?? 3000);
const queriesPerWorld = 25;

/** A world and the queries over it. */
export interface Case {
  readonly random: RandomWorld;
  readonly asked: readonly (TrendsJson | FunnelsJson)[];
}

/** Combines worlds with queries that do not depend on them. */
export function askedOf(worlds: fc.Arbitrary<RandomWorld>, queries: fc.Arbitrary<TrendsJson | FunnelsJson>) {
  const length = { minLength: queriesPerWorld, maxLength: queriesPerWorld };
  return fc.record({ random: worlds, asked: fc.array(queries, length) });
}

/** Parts that the compared queries must contain, e.g. `"strict"`, with the number of queries that did. */
type Covered = Map<string, number>;

export interface Agreement {
  readonly compared: number;
  readonly refused: number;
  /** For each requested feature, the number of compared queries that had it. */
  readonly covered: Covered;
}

export interface Thoroughness {
  /** Number of queries in total, and per world. */
  readonly asMany?: number;
  readonly perWorld?: number;
  readonly propertyTypes?: PropertyTypes;
}

/** @param features parts of a query's JSON that must occur, e.g. `"math":"dau"`. */
export async function checkAgreement(
  worlds: fc.Arbitrary<Case>,
  features: readonly string[],
  { asMany = cases, perWorld = queriesPerWorld, propertyTypes = {} }: Thoroughness = {},
): Promise<Agreement> {
  const counts = { compared: 0, refused: 0 };
  const covered: Covered = new Map(features.map((feature) => [feature, 0]));
  const property = fc.asyncProperty(worlds, async ({ random: { world, stored, persons }, asked }) => {
    await using table = await openEvents({ propertyTypes, threads: 1 });
    // Half of the events exist before their persons are identified.
    table.append(stored.slice(0, stored.length / 2));
    await table.mapPersons(persons);
    table.append(stored.slice(stored.length / 2));
    const { now, timeZone, weekStart, testAccountFilters } = world;
    const context = { now: new Date(now), timeZone, weekStart, testAccountFilters };
    const answers = await Promise.all(
      asked.map(async (query) => [query, await agree(table, query, world, context)] as const),
    );
    for (const [query, answer] of answers) {
      counts[answer] += 1;
      if (answer === "refused") continue;
      const text = JSON.stringify(query);
      for (const feature of features) if (text.includes(feature)) covered.set(feature, (covered.get(feature) ?? 0) + 1);
    }
  });
  // The message names the query and the difference; shrinking the world would take minutes.
  await fc.assert(property, { numRuns: Math.ceil(asMany / perWorld), endOnFailure: true });
  return { ...counts, covered };
}

/** Expects that enough was compared, little was refused, and every feature occurred. */
export function expectThorough({ compared, refused, covered }: Agreement, asMany = cases, mostRefused = 0.15): void {
  console.log(`${compared} random cases agree with the reference, ${refused} are refused`);
  expect(compared + refused).toBeGreaterThanOrEqual(asMany);
  // Refused cases must be rare, or the comparison proves little.
  expect(refused / (compared + refused)).toBeLessThan(mostRefused);
  expect([...covered].filter(([, times]) => times === 0).map(([feature]) => feature)).toEqual([]);
}
