import { test } from "vitest";
import { askedOf, checkAgreement, expectThorough } from "./check.ts";
import { randomTrends } from "./random-queries.ts";
import { propertyTypes, randomWorld } from "./random-world.ts";

const features = [
  ..."total dau weekly_active monthly_active unique_session first_time_for_user first_matching_event_for_user avg sum min max median p75 p90 p95 p99 avg_count_per_actor p90_count_per_actor"
    .split(" ")
    .map((math) => `"math":"${math}"`),
  ...["minute", "hour", "day", "week", "month", "quarter", "year"].map((interval) => `"interval":"${interval}"`),
  ..."exact is_not in not_in icontains not_icontains regex not_regex gt gte lt lte min max between not_between is_set is_not_set"
    .split(" ")
    .map((operator) => `"operator":"${operator}"`),
  ..."ActionsLineGraph ActionsLineGraphCumulative ActionsAreaGraph ActionsBar ActionsUnstackedBar ActionsBarValue ActionsPie ActionsTable BoldNumber"
    .split(" ")
    .map((display) => `"display":"${display}"`),
  ...["-1w", "-1m", "-1y"].map((offset) => `"compare_to":"${offset}"`),
  ...["breakdown", "breakdowns", "breakdown_limit", "breakdown_hide_other_aggregation", "breakdown_normalize_url"].map(
    (field) => `"${field}":`,
  ),
  ...["histogram_bin_count", "formula", "formulas", "formulaNodes", "smoothingIntervals", "explicitDate"].map(
    (field) => `"${field}":`,
  ),
  ...['"type":"OR"', '"type":"person"', '"filterTestAccounts":true', '"person_properties"', '"math_multiplier"'],
];

test("trends agree with the reference", { timeout: 3_600_000 }, async () => {
  expectThorough(await checkAgreement(askedOf(randomWorld, randomTrends), features, { propertyTypes }));
});
