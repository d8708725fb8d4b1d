import type { InsightAlertDefinition } from "../../../alerts/posthog/index.ts";
import { events as catalog } from "../../../catalog/events.ts";
import { isObject, list, object } from "../../../insights/define/check/json.ts";
import { formatNumber } from "../../../insights/draw/index.ts";

/** An event that a tile counts, as the catalog describes it. */
export interface NeededEvent {
  readonly name: string;
  readonly purpose: string;
  readonly source: "browser" | "server" | "unknown";
}

/** The events that a query counts, each once, in its order. */
export function eventsOf(query: unknown): NeededEvent[] {
  const { source } = object(query);
  const names = list(object(isObject(source) ? source : query).series).map((node) => String(object(node).event ?? ""));
  return [...new Set(names)].filter((name) => name !== "").map(neededEvent);
}

function neededEvent(name: string): NeededEvent {
  const entry = Object.hasOwn(catalog, name) ? catalog[name as keyof typeof catalog] : undefined;
  return { name, purpose: entry?.purpose ?? "It is not in the catalog.", source: entry?.source ?? "unknown" };
}

/** "above 5 %, looked at hourly": when an alert fires. @param format of the tile's values */
export function alertWords({ when, check }: InsightAlertDefinition, format: unknown): string {
  if ("share" in when) return `${when.kind} ${formatNumber(when.share, share)}, looked at ${check}`;
  const unit = format === "percentage_scaled" ? share : { ...share, format: "numeric" as const };
  return `${when.kind} ${formatNumber(when.value, unit)}, looked at ${check}`;
}

const share = { format: "percentage_scaled", prefix: "", postfix: "" } as const;
