import { daysOfBeta, daysSinceLaunch, hourMs, minuteMs } from "./calendar.ts";
import { randomOf } from "./random.ts";

/*
 * Incidents and their times, so that each dashboard has something to find. Days count from the beginning of the story;
 * intervals are chosen so that every chart's window contains its incident on any day.
 */

/** A stretch of time, in milliseconds since 1970. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

const holds = ({ from, to }: Stretch, at: number): boolean => at >= from && at < to;

/** The day of the story's first run. */
const firstToday = daysOfBeta + daysSinceLaunch;

/** The SMS provider is down for hours two days before the first replay, and for a shorter time each week. */
export function smsOutage(day: number, dayStart: number): Stretch | null {
  if (day % 7 !== (firstToday - 2) % 7) return null;
  const isTheBigOne = day === firstToday - 2;
  const random = randomOf(`outage ${day}`);
  const from = dayStart + (isTheBigOne ? 15 : random.whole(14, 20)) * hourMs;
  return { from, to: from + (isTheBigOne ? 180 : random.whole(20, 60)) * minuteMs };
}

/** The model behind AskVX struggles for an hour and a half every fifth day. */
function modelTrouble(day: number, dayStart: number): Stretch | null {
  if (day % 5 !== (firstToday - 3) % 5) return null;
  const from = dayStart + randomOf(`model ${day}`).whole(14, 19) * hourMs;
  return { from, to: from + 90 * minuteMs };
}

export const isSmsDown = (day: number, dayStart: number, at: number): boolean => {
  const outage = smsOutage(day, dayStart);
  return outage !== null && holds(outage, at);
};

export const isModelInTrouble = (day: number, dayStart: number, at: number): boolean => {
  const trouble = modelTrouble(day, dayStart);
  return trouble !== null && holds(trouble, at);
};

/** A day on which a few answers take very long, so that the tail grows but not the median. */
export const hasSlowTail = (day: number): boolean => day % 11 === (firstToday - 6) % 11;

/** A release that cut half of the answers short; it was reverted the next day. */
export const cutsAnswers = (day: number): boolean => day % 17 === (firstToday - 9) % 17;

/** Since its last edit, the birthday template uses a variable that many contacts lack. */
export const isBirthdayTemplateBroken = (day: number): boolean => day >= firstToday - 8;

/** Since the accounting tool changed its sign-in, more people give up at connecting their tools. */
export const isConnectingHarder = (day: number): boolean => day >= firstToday - 10;

/** On Mondays, Wednesdays and Fridays BrandVX writes to its users, and they come to make campaigns. */
export const isNewsletterDay = (dayStart: number): boolean => [1, 3, 5].includes(new Date(dayStart).getUTCDay());

/** Every third night somebody's script asks for reports. */
export const hasNightlyScript = (day: number): boolean => day % 3 === (firstToday - 1) % 3;
