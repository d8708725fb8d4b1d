import * as z from "zod";
import type { BreakdownValue, TrendsItem } from "./results.ts";
import type { Tone } from "./view.ts";

/** PostHog's signs for a missing value and for all values beyond the limit. */
const missingSign = "$$_posthog_breakdown_null_$$";
const otherSign = "$$_posthog_breakdown_other_$$";

/** The values of a breakdown as a person reads them; null where there is no breakdown. */
export function valueName(value: BreakdownValue): string | null {
  if (value === null || value === undefined) return null;
  const texts = [value].flat().map((one) => readable(String(one)));
  // The rest is the rest, of however many breakdowns.
  return texts.every((text) => text === texts[0]) ? (texts[0] ?? null) : texts.join(" · ");
}

function readable(text: string): string {
  if (text === missingSign || text === "") return "(none)";
  return text === otherSign ? "Other" : text;
}

export function toneOf(value: BreakdownValue): Tone {
  const texts = [value ?? "value"].flat().map(String);
  if (texts.includes(otherSign)) return "other";
  return texts.every((text) => text === missingSign || text === "") ? "missing" : "value";
}

const breakdownFilter = z
  .object({
    breakdown: z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]).nullish(),
    breakdowns: z.array(z.object({ property: z.union([z.string(), z.number()]) })).nullish(),
  })
  .nullish()
  .catch(null);

/** The properties that a query breaks down by, as one text; "" for none. */
export function breakdownProperty(written: unknown): string {
  const filter = breakdownFilter.parse(written);
  const list = filter?.breakdowns?.map(({ property }) => property) ?? [filter?.breakdown ?? []].flat();
  return list.join(" · ");
}

/** What the query calls a series, or the formula. */
export function seriesName({ action, label }: TrendsItem): string {
  return action?.custom_name || action?.name || label || "All events";
}
