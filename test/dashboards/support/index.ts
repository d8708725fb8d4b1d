import { describe, expect, type TestContext, test as vitestTest } from "vitest";
import type { Dashboard } from "../../../src/insights/define/index.ts";
import { mutantsOf } from "./mutants.ts";
import { fails, tilesLookedAt } from "./mutation.ts";
import type { ChartTile } from "./shown.ts";

export { at, crowd, given, type Person, person, tenant, times } from "./given.ts";

interface DashboardTest {
  readonly name: string;
  readonly body: () => Promise<void>;
  /** Whether it has started with the unchanged dashboard. */
  isBegun: boolean;
  /** Keys of the tiles that it looked at; undefined until it has passed. */
  lookedAt?: ReadonlySet<string>;
}

/** Vitest runs each file with its own modules, so these are the tests of one dashboard. */
const tests: DashboardTest[] = [];

/** Registers a test of a dashboard with vitest, and remembers it so that {@link mistakesAreNoticed} can run it again. */
export function test(name: string, body: () => Promise<void>): void {
  const one: DashboardTest = { name, body, isBegun: false };
  tests.push(one);
  vitestTest(name, () => look(one));
}

async function look(one: DashboardTest): Promise<void> {
  one.isBegun = true;
  one.lookedAt = await tilesLookedAt(one.body);
}

/**
 * To be called at the end of a dashboard's test file. Checks that each tile has a test, and that each mistake that
 * somebody could make in the tile (steps in another order, numerator and denominator swapped, …) fails one of its
 * tests.
 */
export function mistakesAreNoticed(dashboard: Dashboard): void {
  const testsOf = async (tileKey: string, { skip }: TestContext): Promise<DashboardTest[]> => {
    // The other tests have not run only if vitest was started for this test alone.
    for (const one of tests) if (!one.isBegun) await look(one).catch(() => {});
    // A test has already failed without a mistake: a hundred more failures would hide its message.
    if (tests.some(({ lookedAt }) => lookedAt === undefined)) skip("a test of the dashboard as it is fails");
    return tests.filter(({ lookedAt }) => lookedAt?.has(tileKey));
  };

  const charts = Object.entries(dashboard.tiles).filter(
    (entry): entry is [string, ChartTile] => entry[1].kind === "insight",
  );
  describe.each(charts)("a mistake in the tile %s is noticed", (tileKey, tile) => {
    vitestTest("for there is a test of it", async (context) => {
      expect(await testsOf(tileKey, context)).not.toEqual([]);
    });

    vitestTest.for(mutantsOf(tile))("when it $mistake", async ({ tile: mutated }, context) => {
      const failing: string[] = [];
      for (const { name, body } of await testsOf(tileKey, context)) {
        if (failing.length === 0 && (await fails(body, { tileKey, tile: mutated }))) failing.push(name);
      }
      expect(failing, "no test of the tile fails").toHaveLength(1);
    });
  });
}
