import { busynessOf, dayMs, daysOfBeta, momentOf } from "./calendar.ts";
import type { BrowserDeed } from "./deed.ts";
import { randomOf } from "./random.ts";

/** Somebody who signs up for BrandVX, and the salon that they do it for. */
export interface Operator {
  /** Names the random draws of everything that they do. */
  readonly seed: string;
  readonly userId: string;
  readonly tenantId: string;
  readonly person: { readonly tenant_id: string; readonly plan: string; readonly email: string };
  readonly signedUpAt: number;
  /** Share of the days on which they ask AskVX something, once they are settled. */
  readonly keenness: number;
  /** Messages that their cadences send on a day. */
  readonly messagesPerDay: number;
}

const firstNames = ["ada", "ben", "carla", "dev", "eve", "farid", "gia", "hugo", "ines", "jo", "kim", "lena"] as const;

/** Who signs up on a day of the story: few in the beta, more each week after the launch. */
export function operatorsOfDay(day: number, dayStart: number): Operator[] {
  const sinceLaunch = day - daysOfBeta;
  const mean = sinceLaunch < 0 ? 1.6 : 3.2 + 0.1 * Math.min(sinceLaunch, 45);
  const arrivals = randomOf(`sign-ups ${day}`).count(mean * busynessOf(dayStart));
  return Array.from({ length: arrivals }, (_, index) => operator(`operator ${day}/${index}`, dayStart));
}

/** Somebody who arrives on the day that begins at `dayStart`. */
export function operator(seed: string, dayStart: number): Operator {
  const random = randomOf(seed);
  const tenantId = random.uuid();
  const name = random.pick(firstNames);
  return {
    seed,
    tenantId,
    userId: random.uuid(),
    person: {
      tenant_id: tenantId,
      plan: random.weighted({ trial: 6, studio: 3, chain: 1 }),
      email: `${name}@${random.pick(["glow", "bloom", "luxe", "halo"])}-studio.example`,
    },
    signedUpAt: momentOf(dayStart, random),
    keenness: 0.08 + 0.36 * random.share() ** 2,
    messagesPerDay: Math.min(7, random.around(2, 0.6)),
  };
}

/** Operators of all days from the beginning to `to`, in no particular order. */
export function operatorsUntil(beginning: number, to: number): Operator[] {
  const days = Math.floor((to - beginning) / dayMs) + 1;
  return Array.from({ length: days }, (_, day) => operatorsOfDay(day, beginning + day * dayMs)).flat();
}

/** The app opens: their session is there, then a page. The helper does not identify the same person again. */
export function opensApp({ seed: visitor, userId, person }: Operator, at: number, path: string): BrowserDeed[] {
  return [
    { app: "browser", kind: "sign in", at: at - 2000, visitor, userId, person },
    { app: "browser", kind: "page", at: at - 1500, visitor, path },
  ];
}
