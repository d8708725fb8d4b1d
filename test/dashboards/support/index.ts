import { describe, expect, type TestContext, test as vitestTest } from "vitest";
import type { Dashboard } from "../../../src/insights/define/index.ts";
import { mutantsOf } from "./mutants.ts";
import { fails, tilesLookedAt } from "./mutation.ts";
import type { ChartTile } from "./shown.ts";

export { at, crowd, given, person, tenant, times } from "./given.ts";

interface DashboardTest {
  readonly name: string;
  readonly body: () => Promise<void>;
}

/** Vitest runs each file with its own modules, so these are the tests of one dashboard. */
const tests: DashboardTest[] = [];

/** A test of a dashboard: vitest's, and remembered, so that {@link mistakesAreNoticed} can ask it again. */
export function test(name: string, body: () => Promise<void>): void {
  tests.push({ name, body });
  vitestTest(name, body);
}

/**
 * To be called at the end of a dashboard's test file: each tile has a test, and each mistake that somebody could make
 * in the tile (steps in another order, numerator and denominator swapped, …) makes one of its tests fail.
 */
export function mistakesAreNoticed(dashboard: Dashboard): void {
  let looks: Promise<ReadonlySet<string>[]> | undefined;
  const testsOf = async (tileKey: string, { skip }: TestContext): Promise<DashboardTest[]> => {
    looks ??= Promise.all(tests.map(({ body }) => tilesLookedAt(body)));
    // It has failed by itself already: a hundred failures more would hide what it says.
    const lookedAt = await looks.catch(() => skip("a test of the dashboard as it is fails"));
    return tests.filter((_, index) => lookedAt[index]?.has(tileKey));
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
