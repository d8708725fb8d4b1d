import * as z from "zod";
import { missingValue, otherValues } from "../../../model/posthog/breakdowns.ts";
import type { BreakdownValue, TrendsItem } from "./results.ts";
import type { Tone } from "./view.ts";

/** The values of a breakdown as shown to people; null where there is no breakdown. */
export function valueName(value: BreakdownValue): string | null {
  if (value === null || value === undefined) return null;
  const texts = [value].flat().map((one) => readable(String(one)));
  // "Other" is shown once, for any number of breakdowns.
  return texts.every((text) => text === texts[0]) ? (texts[0] ?? null) : texts.join(" · ");
}

function readable(text: string): string {
  if (text === missingValue || text === "") return "(none)";
  return text === otherValues ? "Other" : text;
}

export function toneOf(value: BreakdownValue): Tone {
  const texts = [value ?? "value"].flat().map(String);
  if (texts.includes(otherValues)) return "other";
  return texts.every((text) => text === missingValue || text === "") ? "missing" : "value";
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
