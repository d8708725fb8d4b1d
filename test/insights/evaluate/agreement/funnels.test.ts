import { test } from "vitest";
import { askedOf, checkAgreement, expectThorough } from "./check.ts";
import { randomFunnel } from "./random-queries.ts";
import { propertyTypes, randomWorld } from "./random-world.ts";

const features = [
  ...["steps", "time_to_convert", "trends"].map((viz) => `"funnelVizType":"${viz}"`),
  ...["ordered", "strict", "unordered"].map((order) => `"funnelOrderType":"${order}"`),
  ...["second", "minute", "hour", "day", "week", "month"].map((unit) => `"funnelWindowIntervalUnit":"${unit}"`),
  ...["first_touch", "last_touch", "all_events", "step"].map((type) => `"breakdownAttributionType":"${type}"`),
  ...["first_time_for_user", "first_time_for_user_with_filters"].map((math) => `"math":"${math}"`),
  ...[
    "exclusions",
    "optionalInFunnel",
    "breakdown",
    "breakdown_limit",
    "funnelFromStep",
    "funnelToStep",
    "binCount",
  ].map((field) => `"${field}":`),
  ...['"properties.$session_id"', '"hideIncompleteConversionWindowPeriods":true', '"breakdown_type":"person"'],
  ...['"filterTestAccounts":true', '"custom_name"', '"type":"OR"', '"interval":"hour"', '"explicitDate"'],
];

test("funnels agree with the reference", { timeout: 3_600_000 }, async () => {
  expectThorough(await checkAgreement(askedOf(randomWorld, randomFunnel), features, { propertyTypes }));
});
