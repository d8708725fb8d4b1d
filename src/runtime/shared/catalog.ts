import { events } from "../../catalog/events.ts";
import type { EventRules } from "./rule.ts";
import { rulesOf } from "./rules.ts";

/*
 * The one place where the package touches the event catalog. The build puts the catalog's plain form in place of this
 * module (build/compile-catalog.ts), so that neither zod nor the catalog's sources reach an app.
 */

export type { EventName, EventNameFrom, EventProperties } from "../../catalog/events.ts";

/** What every event of the catalog may carry. */
export const eventRules: EventRules = rulesOf(events);
