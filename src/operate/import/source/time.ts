import { defaultLastDays, defaultWindowDays } from "../../../insights/define/range.ts";
import type { Json, JsonObject } from "../../../resources/kernel/json.ts";
import { type Code, json } from "./code.ts";
import { number, type Reader, words } from "./reader.ts";

const units = { h: "lastHours", d: "lastDays", w: "lastWeeks", m: "lastMonths" } as const;

/** `lastDays: 7`; undefined for 30 days, the builders' default. */
export function timeCode({ date_from }: JsonObject, reader: Reader): Record<string, Code> {
  const from = words(date_from);
  if (from === undefined) {
    reader.cannot("it leaves the time to PostHog");
    return {};
  }
  const [, length = "", unit = ""] = /^-([1-9]\d*)([hdwm])$/.exec(from) ?? [];
  const field = units[unit as keyof typeof units];
  if (field !== undefined) return from === `-${defaultLastDays}d` ? {} : { [field]: json(Number(length)) };
  if (/^\d{4}-\d{2}-\d{2}$/.test(from)) return { since: json(from) };
  reader.cannot(`the time from ${from}`);
  return {};
}

const windows = { minute: "windowMinutes", hour: "windowHours", day: "windowDays", week: "windowWeeks" } as const;

/** `windowDays: 14`: always written, since a funnel's window decides who counts. */
export function windowCode({
  funnelWindowInterval,
  funnelWindowIntervalUnit = "day",
}: JsonObject): Record<string, Code> {
  const length = number(funnelWindowInterval) ?? defaultWindowDays;
  const field = windows[funnelWindowIntervalUnit as keyof typeof windows];
  return field === undefined ? {} : { [field]: json(length as Json) };
}
