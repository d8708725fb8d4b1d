import { events } from "../../catalog/events.ts";
import type { EventRules } from "./rule.ts";
import { rulesOf } from "./rules.ts";

/*
 * The only module that uses the event catalog. The build replaces it by the catalog as plain data
 * (build/compile-catalog.ts), so that neither zod nor the catalog's sources become part of an app.
 */

export type { EventName, EventNameFrom, EventProperties } from "../../catalog/events.ts";

/** The allowed properties of every event in the catalog. */
export const eventRules: EventRules = rulesOf(events);
