import type { StackResource } from "../pulumi.ts";
import { vendorObjects } from "./resources/objects.ts";
import type { Vendor } from "./resources/vendor-api.ts";

/**
 * The console's page of what a vendor's own app would show at an address: `/project/1/dashboard/5` of PostHog is the page of
 * that dashboard, everything else the vendor's part of the resources.
 */
export function pageAt(vendor: Vendor, path: string, resources: readonly StackResource[]): string {
  const [, id] = /^\/project\/\d+\/dashboard\/(\d+)/.exec(path) ?? [];
  const dashboard = vendorObjects(resources).find((one) => one.kind === "Dashboard" && one.id === id);
  return vendor === "posthog" && dashboard ? `/dashboards/${dashboard.name}` : `/resources#${vendor}`;
}
