import { test } from "vitest";
import { tilesOfBuilders, tilesPerWorld } from "./catalog-world.ts";
import { cases, checkAgreement, expectThorough } from "./check.ts";

const features = [
  ...["TrendsQuery", "FunnelsQuery"].map((kind) => `"kind":"${kind}"`),
  ..."total dau weekly_active monthly_active first_time_for_user unique_session avg_count_per_actor avg sum min max median p75 p90 p95 p99"
    .split(" ")
    .map((math) => `"math":"${math}"`),
  ...["minute", "hour", "day", "week", "month"].map((interval) => `"interval":"${interval}"`),
  ...["exact", "is_not", "icontains", "gt", "gte", "lt", "between", "is_set", "is_not_set"].map(
    (operator) => `"operator":"${operator}"`,
  ),
  ...[
    "breakdowns",
    "breakdown",
    "breakdown_limit",
    "formulaNodes",
    "compare",
    "compare_to",
    "exclusions",
    "binCount",
  ].map((field) => `"${field}":`),
  ...["ordered", "strict", "unordered"].map((order) => `"funnelOrderType":"${order}"`),
  ...["first_touch", "last_touch", "all_events", "step"].map((type) => `"breakdownAttributionType":"${type}"`),
  ...["minute", "hour", "day", "week"].map((unit) => `"funnelWindowIntervalUnit":"${unit}"`),
];

test("what the builders make of any options agrees with the reference", { timeout: 3_600_000 }, async () => {
  // Many are refused, because the random conditions ignore the types that the builders require.
  const fewer = Math.ceil(cases / 4);
  expectThorough(
    await checkAgreement(tilesOfBuilders, features, { asMany: fewer, perWorld: tilesPerWorld }),
    fewer,
    0.5,
  );
});
