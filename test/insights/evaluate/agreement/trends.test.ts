import { expect, test } from "vitest";
import { cases, checkAgreement } from "./check.ts";
import { randomTrends } from "./random-queries.ts";

test("trends agree with the reference", { timeout: 3_600_000 }, async () => {
  const { compared, refused } = await checkAgreement(randomTrends);
  expect(compared + refused).toBeGreaterThanOrEqual(cases);
  // What cannot be told is rare, or the comparison says little.
  expect(compared).toBeGreaterThan(4 * refused);
});
