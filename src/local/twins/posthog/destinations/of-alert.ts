import { isObject } from "../queries/source.ts";
import type { HogFunctionRecord } from "../records.ts";
import type { World } from "../world.ts";

/** The Hog functions that run when this alert fires: those with its id in their filters. */
export const destinationsOf = (world: World, alertId: string): HogFunctionRecord[] =>
  world.hogFunctions.all().filter((it) => !it.deleted && targets(it, alertId));

function targets({ type, filters }: HogFunctionRecord, alertId: string): boolean {
  const { events, properties } = filters;
  if (type !== "internal_destination" || !Array.isArray(events) || !Array.isArray(properties)) return false;
  return (
    events.some((event) => isObject(event) && event.id === "$insight_alert_firing") &&
    properties.some((one) => isObject(one) && one.key === "alert_id" && [one.value].flat().includes(alertId))
  );
}

/**
 * Deletes an alert. Newer releases of PostHog delete its destinations, too (products/alerts/backend/api/test_alert.py,
 * test_delete_alert_cleans_up_hog_functions).
 */
export function deleteAlert(world: World, id: string): void {
  if (world.features.alertsDeleteDestinations)
    for (const it of destinationsOf(world, id)) world.hogFunctions.put({ ...it, deleted: true, enabled: false });
  world.alerts.delete(id);
}
