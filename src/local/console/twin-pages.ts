import type { StackResource } from "../pulumi.ts";
import { vendorObjects } from "./resources/objects.ts";
import type { Vendor } from "./resources/vendor-api.ts";

/**
 * Maps an address of a vendor's own app to a page of the console: PostHog's `/project/1/dashboard/5` to that dashboard's page,
 * any other address to the vendor's section on the resources' page.
 */
export function pageAt(vendor: Vendor, path: string, resources: readonly StackResource[]): string {
  const [, id] = /^\/project\/\d+\/dashboard\/(\d+)/.exec(path) ?? [];
  const dashboard = vendorObjects(resources).find((one) => one.kind === "Dashboard" && one.id === id);
  return vendor === "posthog" && dashboard ? `/dashboards/${dashboard.name}` : `/resources#${vendor}`;
}
