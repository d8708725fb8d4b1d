import type { AlertThreshold, InsightAlertDefinition } from "../../../alerts/posthog/index.ts";
import { dayName, formatNumber, type View } from "../../../insights/draw/index.ts";
import type { AlertConversion } from "../../../model/posthog/alerts.ts";

/** A value that an alert checks, and the one before it. */
interface Watched {
  /** The series, if the chart has several. */
  readonly name: string;
  /** Its period; undefined for a total. */
  readonly day: string | undefined;
  readonly value: number;
  readonly before: number | undefined;
}

/**
 * Why an alert would fire now, in words; undefined when it would not. Like PostHog, it checks the last complete period
 * (`check_ongoing_interval` is off), for each value of a breakdown.
 */
export function firingWords({ when, line, conversion }: InsightAlertDefinition, view: View): string | undefined {
  const unit = "unit" in view ? view.unit : view.kind === "funnel" ? share : undefined;
  const values = view.kind === "funnel" ? conversions(view, conversion) : watched(view, line);
  const firing = values.filter((one) => isFiring(when, one));
  if (unit === undefined || firing.length === 0) return undefined;
  return firing
    .map(({ name, day, value }) => {
      const at = day === undefined ? "" : ` (${dayName(day)})`;
      return `${name}: ${formatNumber(value, unit)}${at}`;
    })
    .join("; ");
}

const share = { format: "percentage_scaled", prefix: "", postfix: "" } as const;

/** The conversion of each value of a breakdown, or of all. Nobody is 0, as PostHog has it. */
function conversions(
  { groups, steps }: Extract<View, { kind: "funnel" }>,
  watches: AlertConversion | undefined,
): Watched[] {
  if (watches === undefined) return [];
  return groups.map(({ name, counts }) => {
    const at = watches.toStep ?? counts.length - 1;
    const entered = counts[watches.from === "first step" ? 0 : at - 1] ?? 0;
    const value = entered === 0 ? 0 : (counts[at] ?? 0) / entered;
    return { name: name || (steps[at] ?? "conversion"), day: undefined, value, before: undefined };
  });
}

function watched(view: View, line: number): Watched[] {
  if (view.kind === "number") return [{ name: view.name, day: undefined, value: view.value, before: undefined }];
  if (view.kind !== "over time") return [];
  const { days, unfinishedFrom, lines } = view;
  const end = unfinishedFrom === undefined ? days.length : days.indexOf(unfinishedFrom);
  return lines
    .filter(({ series, isEarlier }) => series === line && !isEarlier)
    .flatMap(({ name, data }) => {
      const value = data[end - 1];
      return value === undefined ? [] : [{ name, day: days[end - 1], value, before: data[end - 2] }];
    });
}

function isFiring(when: AlertThreshold, { value, before }: Watched): boolean {
  switch (when.kind) {
    case "above":
      return value > when.value;
    case "below":
      return value < when.value;
    case "rises by":
      return before !== undefined && before !== 0 && (value - before) / before > when.share;
    case "falls by":
      return before !== undefined && before !== 0 && (before - value) / before > when.share;
  }
}
