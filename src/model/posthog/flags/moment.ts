import { Undetermined } from "./undetermined.ts";

/** The date of a condition in milliseconds since 1970: "-7d" is relative to `nowMs`; anything else as JavaScript reads it. */
export function filterMomentMs(value: unknown, nowMs: number): number {
  if (typeof value === "boolean") throw new Undetermined("needs PostHog", "a truth value is no date");
  return relativeMs(String(value), nowMs) ?? momentMs(value, "needs PostHog");
}

/** The date of a person's property in milliseconds since 1970. */
export function momentMs(value: unknown, reason: Undetermined["reason"]): number {
  const ms = typeof value === "string" || typeof value === "number" ? new Date(value).getTime() : Number.NaN;
  if (Number.isNaN(ms)) throw new Undetermined(reason, `${JSON.stringify(value)} is no date`);
  return ms;
}

/** Undefined for a text that is not a number of hours, days, weeks, months or years. */
function relativeMs(text: string, nowMs: number): number | undefined {
  const [, digits, unit] = /^-?(\d+)([hdwmy])$/.exec(text) ?? [];
  const count = Number(digits);
  if (digits === undefined || count >= 10_000) return undefined;
  const date = new Date(nowMs);
  if (unit === "h") date.setUTCHours(date.getUTCHours() - count);
  if (unit === "d") date.setUTCDate(date.getUTCDate() - count);
  if (unit === "w") date.setUTCDate(date.getUTCDate() - 7 * count);
  if (unit === "m") back(date, count, 1);
  if (unit === "y") back(date, count, 12);
  return date.getTime();
}

/** Goes back step by step and shortens the day in each: March 31 minus two months is January 28, as PostHog counts. */
function back(date: Date, steps: number, monthsPerStep: number): void {
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  let day = date.getUTCDate();
  for (let step = 1; step <= steps && day > 28; step++) {
    day = Math.min(day, new Date(Date.UTC(year, month - step * monthsPerStep + 1, 0)).getUTCDate());
  }
  date.setUTCFullYear(year, month - steps * monthsPerStep, day);
}
