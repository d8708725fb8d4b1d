import { Temporal } from "temporal-polyfill";

const units = { h: "hours", d: "days", w: "weeks", m: "months", y: "years" } as const;
const longestDate = 100;
const relative = /^-?(\d{1,4})([hdwmy])$/;

/**
 * A time of a filter or of a person in epoch milliseconds: "-7d" relative to now, a time with its own offset, or any
 * other in the project's time zone. `null` for a text that is not a time. Source:
 * rust/feature-flags/src/properties/property_matching.rs.
 */
export function instantOf(value: unknown, now: Date, timezone: string): number | null {
  if (typeof value !== "string" || value.length > longestDate) return null;
  const [, count, unit] = relative.exec(value) ?? [];
  if (count !== undefined && unit !== undefined) {
    const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timezone);
    return here.subtract({ [units[unit as keyof typeof units]]: Number(count) }).epochMilliseconds;
  }
  if (/[T ].*(Z|[+-]\d\d:?\d\d)$/i.test(value)) {
    const time = Date.parse(value);
    return Number.isNaN(time) ? null : time;
  }
  try {
    return Temporal.PlainDateTime.from(value.replace(" ", "T")).toZonedDateTime(timezone).epochMilliseconds;
  } catch {
    return null;
  }
}

/** Whether a filter may compare with this value. */
export const isDate = (value: unknown): boolean => instantOf(value, new Date(0), "UTC") !== null;
