import { expect, test } from "vitest";
import { pageAt } from "../../../src/local/console/resources/objects.ts";
import type { StackResource } from "../../../src/local/pulumi.ts";

const dashboard: StackResource = {
  ...{ urn: "urn:pulumi:local::p::pulumi-nodejs:dynamic/posthog:Dashboard::ai-engagement", id: "1003", custom: true },
  type: "pulumi-nodejs:dynamic/posthog:Dashboard",
};

test.each([
  ["posthog", "/project/1/dashboard/1003", "/dashboards/ai-engagement"],
  ["posthog", "/project/1/dashboard/4", "/resources#posthog"],
  ["posthog", "/", "/resources#posthog"],
  ["sentry", "/organizations/brandvx/issues/", "/resources#sentry"],
] as const)("what %s shows at %s is in the console at %s", (vendor, path, page) => {
  expect(pageAt(vendor, path, [dashboard])).toBe(page);
});
