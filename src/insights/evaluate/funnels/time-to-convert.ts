import { mean, median } from "../numbers.ts";
import type { FunnelsPlan } from "../plan.ts";
import type { TimeToConvertAnswer } from "../results.ts";
import type { Outcome } from "./attempt.ts";

/*
 * How long people take, as a histogram (PostHog: …/funnels/funnel_time_to_convert.py).
 */

const mostBins = 90;
const mostAutomaticBins = 60;

/** Bin width in seconds when everyone takes the same time. */
const fallbackWidth = 60;

/** Seconds from one step to the other; null for people who did not get there. */
export function conversionSeconds({ fromStep, toStep }: FunnelsPlan, { last, durations }: Outcome): number | null {
  if (last < toStep) return null;
  return durations.slice(fromStep, toStep).reduce((sum, seconds) => sum + seconds, 0);
}

export function timeToConvert(seconds: readonly number[], binCount: number | null): TimeToConvertAnswer["results"] {
  const count =
    binCount === null
      ? clamp(Math.ceil(Math.cbrt(seconds.length)), mostAutomaticBins)
      : clamp(Math.trunc(binCount), mostBins);
  const shortest = Math.floor(seconds.reduce((least, one) => Math.min(least, one), seconds[0] ?? 0));
  const longest = Math.ceil(seconds.reduce((most, one) => Math.max(most, one), seconds[0] ?? 0));
  const width = Math.ceil((longest - shortest) / count) || fallbackWidth;
  // One bin more than requested: the longest time may be exactly the end of the last one.
  const people = new Array<number>(count + 1).fill(0);
  for (const one of seconds) {
    const bin = Math.floor((one - shortest) / width);
    people[bin] = (people[bin] ?? 0) + 1;
  }
  return {
    bins: people.slice(0, count + 1).map((number, index) => [shortest + index * width, number] as const),
    average_conversion_time: mean(seconds),
    median_conversion_time: median(seconds),
  };
}

const clamp = (value: number, most: number) => Math.min(most, Math.max(1, value));
