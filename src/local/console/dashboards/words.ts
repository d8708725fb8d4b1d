import type { InsightAlertDefinition } from "../../../alerts/posthog/index.ts";
import { isObject, list, object } from "../../../insights/define/check/json.ts";
import { formatNumber } from "../../../insights/draw/index.ts";
import { own } from "../../../model/json.ts";
import type { Definitions } from "../../edits/definitions.ts";

/** An event that a tile counts, as the catalog describes it. */
export interface NeededEvent {
  readonly name: string;
  readonly purpose: string;
  readonly source: "browser" | "server" | "unknown";
}

/** The events that a query counts, each once, in its order. */
export function eventsOf(query: unknown, events: Definitions["events"]): NeededEvent[] {
  const { source } = object(query);
  const names = list(object(isObject(source) ? source : query).series).map((node) => String(object(node).event ?? ""));
  return [...new Set(names)].filter((name) => name !== "").map((name) => neededEvent(name, events));
}

function neededEvent(name: string, events: Definitions["events"]): NeededEvent {
  const entry = own(events, name);
  return { name, purpose: entry?.purpose ?? "It is not in the catalog.", source: entry?.source ?? "unknown" };
}

/**
 * How a tile's goals relate to its alert, if it has both: readers might otherwise take the two numbers for the
 * same. @param format of the tile's values
 */
export function goalWords(query: unknown, alert: InsightAlertDefinition): string | undefined {
  const { source } = object(query);
  const { goalLines, aggregationAxisFormat } = object(object(isObject(source) ? source : query).trendsFilter);
  const goals = list(goalLines).map((goal) => object(goal));
  const { when } = alert;
  if (goals.length === 0 || !("value" in when)) return undefined;
  const formatted = (value: number) => formatNumber(value, unitOf(aggregationAxisFormat));
  const named = goals.map(({ label, value }) => `${String(label)}, ${formatted(Number(value))}`).join("; ");
  const lines = goals.length === 1 ? `The dashed line is the goal (${named})` : `The dashed lines are goals (${named})`;
  return goals.some(({ value }) => value === when.value)
    ? `${lines}, and where the alert fires.`
    : `${lines}: what we want. The alert has a threshold of its own, which is not drawn: ${when.kind} ${formatted(when.value)}.`;
}

const unitOf = (format: unknown) => (format === "percentage_scaled" ? share : { ...share, format: "numeric" as const });

/** "above 5 %, looked at hourly": when an alert fires. @param format of the tile's values */
export function alertWords({ when, check, conversion }: InsightAlertDefinition, format: unknown): string {
  if (conversion && "value" in when) {
    const { toStep, from } = conversion;
    const of = `conversion from the ${from}${toStep === undefined ? "" : ` to step ${toStep + 1}`}`;
    return `${of} ${when.kind} ${formatNumber(when.value, share)}, looked at ${check}`;
  }
  if ("share" in when) return `${when.kind} ${formatNumber(when.share, share)}, looked at ${check}`;
  return `${when.kind} ${formatNumber(when.value, unitOf(format))}, looked at ${check}`;
}

const share = { format: "percentage_scaled", prefix: "", postfix: "" } as const;
