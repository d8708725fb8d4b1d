import { busynessOf, dayMs, daysOfBeta, momentOf } from "./calendar.ts";
import type { BrowserDeed } from "./deed.ts";
import { randomOf } from "./random.ts";

/** A person who signs up for BrandVX, and their salon. */
export interface Operator {
  /** Seed of all their random actions. */
  readonly seed: string;
  readonly userId: string;
  readonly tenantId: string;
  readonly person: { readonly tenant_id: string; readonly plan: string; readonly email: string };
  readonly signedUpAt: number;
  /** Share of days on which they use AskVX, once they are regular users. */
  readonly keenness: number;
  /** Messages per day of their cadences. */
  readonly messagesPerDay: number;
}

const firstNames = ["ada", "ben", "carla", "dev", "eve", "farid", "gia", "hugo", "ines", "jo", "kim", "lena"] as const;

/** Sign-ups on a day of the story: few in the beta, more each week after the launch. */
export function operatorsOfDay(day: number, dayStart: number): Operator[] {
  const sinceLaunch = day - daysOfBeta;
  const mean = sinceLaunch < 0 ? 1.6 : 3.2 + 0.1 * Math.min(sinceLaunch, 45);
  const arrivals = randomOf(`sign-ups ${day}`).count(mean * busynessOf(dayStart));
  return Array.from({ length: arrivals }, (_, index) => operator(`operator ${day}/${index}`, dayStart));
}

/** An operator who signs up on the day that begins at `dayStart`. */
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
