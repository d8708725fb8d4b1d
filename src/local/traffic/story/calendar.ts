import type { Random } from "./random.ts";

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Days that the story begins before its first run: the private beta, then the launch. */
export const daysOfBeta = 30;
export const daysSinceLaunch = 30;

/**
 * Beginning of a story that is first replayed at `now`: a midnight, so that its days are calendar days.
 * UTC: it is also the time zone of the local PostHog's project.
 */
export function beginningOfStory(now: number): number {
  return Math.floor(now / dayMs) * dayMs - (daysOfBeta + daysSinceLaunch) * dayMs;
}

/** Relative activity of salon owners by weekday, from Sunday; the average is about 1. */
const weekdays = [0.45, 0.9, 1.2, 1.2, 1.15, 1.1, 0.8];

export const busynessOf = (at: number): number => weekdays[new Date(at).getUTCDay()] ?? 1;

/** Working hours in American time zones, as UTC hours with weights. */
const workingHours = {
  ...{ "12": 1, "13": 3, "14": 6, "15": 8, "16": 9, "17": 8, "18": 8, "19": 9, "20": 8, "21": 6, "22": 4, "23": 3 },
  ...{ "0": 2, "1": 2, "2": 1, "3": 0.4, "11": 0.4 },
} as const;

/** A random time within working hours of the day that begins at `dayStart`. */
export function momentOf(dayStart: number, random: Random): number {
  const hour = Number(random.weighted(workingHours));
  return dayStart + hour * hourMs + Math.floor(random.share() * hourMs);
}
