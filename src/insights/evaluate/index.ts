export { isNotEvaluable, isQueryRejected } from "./errors.ts";
export { type EvaluationContext, evaluate, evaluateTiles, type TileAnswer } from "./evaluate.ts";
export type * from "./results.ts";
export type { StoredEvent } from "./table/event.ts";
export { type OpenOptions, openEvents } from "./table/open.ts";
export type { PropertyType, PropertyTypes } from "./table/property-types.ts";
export type { EventTable } from "./table/table.ts";
