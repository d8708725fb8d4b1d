/*
 * A period's name, on an axis and in words. PostHog names it by its start, in the project's time zone.
 */

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const dateOf = (day: string): string => {
  const [, month = "1", date = "1"] = /^\d+-(\d+)-(\d+)/.exec(day) ?? [];
  return `${Number(date)} ${months[Number(month) - 1]}`;
};

const timeOf = (day: string): string => day.slice(11, 16);

/** "1 Nov" for a day, "1 Nov" for its midnight, "13:00" for its other hours. */
export function dayLabel(day: string): string {
  const time = timeOf(day);
  return time === "" || time === "00:00" ? dateOf(day) : time;
}

/** A date or time that is shown alone: "1 Nov", "1 Nov 13:00". */
export const dayName = (day: string): string => [dateOf(day), timeOf(day)].filter((part) => part !== "").join(" ");
