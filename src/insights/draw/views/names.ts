import * as z from "zod";
import type { BreakdownValue, TrendsItem } from "./results.ts";
import type { Tone } from "./view.ts";

/** PostHog's markers for a missing value and for all values beyond the limit. */
const missingSign = "$$_posthog_breakdown_null_$$";
const otherSign = "$$_posthog_breakdown_other_$$";

/** The values of a breakdown as shown to people; null where there is no breakdown. */
export function valueName(value: BreakdownValue): string | null {
  if (value === null || value === undefined) return null;
  const texts = [value].flat().map((one) => readable(String(one)));
  // "Other" is shown once, for any number of breakdowns.
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

/** The properties of the query's breakdowns, as one text; "" for none. */
export function breakdownProperty(written: unknown): string {
  const filter = breakdownFilter.parse(written);
  const list = filter?.breakdowns?.map(({ property }) => property) ?? [filter?.breakdown ?? []].flat();
  return list.join(" · ");
}

/** The query's name for a series or a formula. */
export function seriesName({ action, label }: TrendsItem): string {
  return action?.custom_name || action?.name || label || "All events";
}
