/*
 * Which periods of a chart are not over: their numbers still grow, and a line through them would look like a fall.
 */

/** Metadata of an answer. PostHog writes the project's offset from UTC into the range. */
export interface AnswerContext {
  /** When the query ran. Absent: no period is known to be unfinished. */
  readonly askedAt?: Date;
  /** The end as PostHog resolved it: "2026-11-27T23:59:59.999999-05:00". Default: a project in UTC. */
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

/** A number of time units. */
export interface Span {
  readonly count: number;
  /** "hour", "day", …, as PostHog writes intervals. */
  readonly unit: string;
}

/**
 * The first of `days` whose period was not over when the query ran; undefined when all were.
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

/** "2026-11-27", "2026-11-27 13:00:00": local time, parsed as if it were UTC. */
const timeOf = (day: string): number => Date.parse(`${day.slice(0, 10)}T${day.slice(11, 19) || "00:00:00"}Z`);

function later(time: number, { count, unit }: Span): number {
  const byMonths = months[unit];
  if (byMonths === undefined) return time + count * (lengthsMs[unit] ?? dayMs);
  const date = new Date(time);
  return date.setUTCMonth(date.getUTCMonth() + count * byMonths);
}

/** "…+05:30", "…-05:00", "…Z": the offset from UTC. */
function offsetMs(iso: string): number {
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)$/.exec(iso) ?? [];
  if (sign === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * hourMs + Number(minutes) * minuteMs);
}
