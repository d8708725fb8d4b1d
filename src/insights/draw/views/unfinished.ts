/*
 * Which periods of a chart are not over: their numbers still grow, and a line through them would look like a fall.
 */

/** What is known of an answer besides its results. PostHog writes the project's distance from UTC into the range. */
export interface AnswerContext {
  /** When it was asked. Without it, no period is known to be unfinished. */
  readonly askedAt?: Date;
  /** As PostHog resolved it: "2026-11-27T23:59:59.999999-05:00". Default: a project in UTC. */
  readonly resolved_date_range?: { readonly date_to: string };
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const lengthsMs: Readonly<Record<string, number>> = {
  second: 1000,
  minute: minuteMs,
  hour: hourMs,
  day: dayMs,
  week: 7 * dayMs,
};
const months: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

/** A number of units of time. */
export interface Span {
  readonly count: number;
  /** "hour", "day", …, as PostHog writes intervals. */
  readonly unit: string;
}

/**
 * The first day of `days` whose period is not over when it is asked; undefined where all are.
 * @param interval of the chart: how long a period is
 * @param window until which those of a period may still convert; none for counts
 */
export function unfinishedFrom(
  days: readonly string[],
  interval: string,
  { askedAt, resolved_date_range: range }: AnswerContext,
  window: Span = { count: 0, unit: "day" },
): string | undefined {
  if (askedAt === undefined) return undefined;
  const now = askedAt.getTime() + offsetMs(range?.date_to ?? "Z");
  return days.find((day) => later(later(timeOf(day), { count: 1, unit: interval }), window) > now);
}

/** "2026-11-27", "2026-11-27 13:00:00": what the clock on the wall shows, as if it were in UTC. */
const timeOf = (day: string): number => Date.parse(`${day.slice(0, 10)}T${day.slice(11, 19) || "00:00:00"}Z`);

function later(time: number, { count, unit }: Span): number {
  const byMonths = months[unit];
  if (byMonths === undefined) return time + count * (lengthsMs[unit] ?? dayMs);
  const date = new Date(time);
  return date.setUTCMonth(date.getUTCMonth() + count * byMonths);
}

/** "…+05:30", "…-05:00", "…Z": how far ahead of UTC. */
function offsetMs(iso: string): number {
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)$/.exec(iso) ?? [];
  if (sign === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * hourMs + Number(minutes) * minuteMs);
}
