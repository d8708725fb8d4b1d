import { addMonths, day, hour, instantOf, midnight, parts, wallOf } from "./clock.ts";
import { type Dates, startOf } from "./dates.ts";
import type { IntervalJson, World } from "./queries.ts";

export interface Bucket {
  readonly wall: number;
  readonly instant: number;
  readonly day: string;
  readonly label: string;
}

export function makeBuckets(dates: Dates, interval: IntervalJson, world: World): Bucket[] {
  const { timeZone, weekStart } = world;
  const buckets: Bucket[] = [];
  const last = startOf(interval, dates.to, weekStart);
  if (interval === "hour" || interval === "minute") {
    const step = interval === "hour" ? hour : hour / 60;
    const lastInstant = instantOf(last, timeZone);
    let instant = instantOf(startOf(interval, dates.from, weekStart), timeZone);
    for (; instant <= lastInstant; instant += step) {
      const wall = wallOf(instant, timeZone);
      buckets.push({
        wall,
        instant,
        day: `${isoDay(wall)} ${time(wall)}:00`,
        label: `${dayMonth(wall)} ${time(wall)}`,
      });
    }
    return buckets;
  }
  for (let wall = startOf(interval, dates.from, weekStart); wall <= last; wall = next(wall, interval)) {
    buckets.push({ wall, instant: instantOf(wall, timeZone), day: isoDay(wall), label: label(wall, interval, dates) });
  }
  return buckets;
}

function next(wall: number, interval: IntervalJson): number {
  if (interval === "month") return addMonths(wall, 1);
  if (interval === "quarter") return addMonths(wall, 3);
  if (interval === "year") return addMonths(wall, 12);
  return wall + (interval === "week" ? 7 : 1) * day;
}

/** Index of the bucket that an instant lies in; -1 for none. */
export function bucketOf(instant: number, buckets: readonly Bucket[], interval: IntervalJson, world: World): number {
  if (interval === "hour" || interval === "minute") {
    for (let index = buckets.length - 1; index >= 0; index -= 1)
      if (instant >= (buckets[index]?.instant ?? 0)) return index;
    return -1;
  }
  const start = startOf(interval, wallOf(instant, world.timeZone), world.weekStart);
  return buckets.findIndex(({ wall }) => wall === start);
}

const names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const two = (number: number) => String(number).padStart(2, "0");
const isoDay = (wall: number) => new Date(wall).toISOString().slice(0, 10);
const time = (wall: number) => `${two(parts(wall).hours)}:${two(parts(wall).minutes)}`;
const dayMonth = (wall: number) => `${parts(wall).date}-${names[parts(wall).month]}`;
const dayMonthYear = (wall: number) => `${dayMonth(wall)}-${parts(wall).year}`;

function label(wall: number, interval: IntervalJson, dates: Dates): string {
  if (interval === "month") return `${names[parts(wall).month]} ${parts(wall).year}`;
  if (interval !== "week") return dayMonthYear(wall);
  const first = Math.max(wall, midnight(dates.from));
  const last = Math.max(first, Math.min(wall + 6 * day, midnight(dates.to)));
  if (first === last) return dayMonthYear(first);
  if (parts(first).year !== parts(last).year) return `${dayMonthYear(first)} – ${dayMonthYear(last)}`;
  if (parts(first).month !== parts(last).month) return `${dayMonth(first)} – ${dayMonth(last)}`;
  return `${parts(first).date}–${parts(last).date} ${names[parts(last).month]}`;
}
