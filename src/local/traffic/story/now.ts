import { exchange } from "./asking.ts";
import { dayMs } from "./calendar.ts";
import { type BrowserDeed, capture, type Deed } from "./deed.ts";
import { message } from "./messages.ts";
import { onboardingOf } from "./onboarding.ts";
import { type Operator, opensApp, operator, operatorsUntil } from "./operators.ts";
import { type Random, randomOf } from "./random.ts";

/*
 * Live traffic while somebody watches. It has more events than the story, in which one waits minutes for one, but not so many
 * that the last hour would dwarf all others in the charts.
 */

/** An action that a person can trigger. */
export type Happening = "sign-up" | "burst of prompts" | "SMS outage";

export interface Cast {
  readonly beginning: number;
  /** Operators who finished onboarding: they use AskVX, and their tenants send messages. */
  readonly settled: readonly [Operator, ...Operator[]];
}

export function castAt(beginning: number, now: number): Cast {
  const [first, ...others] = operatorsUntil(beginning, now).filter(
    (one) => (onboardingOf(one, beginning).finishedAt ?? now) < now,
  );
  if (first === undefined) throw new Error("nobody in the story has finished onboarding: it began too late");
  return { beginning, settled: [first, ...others] };
}

/** One of the small things that happen all the time, beginning at `at`. `seed` distinguishes it from others. */
export function somethingAt(at: number, seed: string, cast: Cast): Deed[] {
  const random = randomOf(seed);
  switch (random.weighted({ message: 58, prompt: 39, "sign-up": 3 })) {
    case "message":
      return message(random.pick(cast.settled).tenantId, at, random, dayOf(cast, at));
    case "prompt":
      return promptAt(at, random, cast, random.weighted({ chat: 6, campaign: 2, report: 2 }));
    case "sign-up":
      return signUpAt(at, seed, cast);
  }
}

export function happeningAt(what: Happening, at: number, seed: string, cast: Cast): Deed[] {
  const random = randomOf(seed);
  const several = (count: number, lengthMs: number, one: (at: number) => Deed[]): Deed[] =>
    Array.from({ length: count }, (_, index) => one(at + Math.floor((index * lengthMs) / count))).flat();
  switch (what) {
    case "sign-up":
      return signUpAt(at, seed, cast);
    case "burst of prompts":
      return several(24, 15_000, (then) => promptAt(then, random, cast, "campaign"));
    case "SMS outage":
      return several(16, 20_000, (then) => undeliverable(random.pick(cast.settled).tenantId, then, random));
  }
}

function promptAt(at: number, random: Random, cast: Cast, mode: string): Deed[] {
  const asking = random.pick(cast.settled);
  return [...opensApp(asking, at, "/workspace"), ...exchange(asking, at, mode, false, dayOf(cast, at))];
}

/** Speeds up an onboarding for a watcher: minutes become seconds, and visits of the next day are dropped. */
function signUpAt(at: number, seed: string, { beginning }: Cast): BrowserDeed[] {
  const newcomer = { ...operator(seed, at), signedUpAt: at };
  return onboardingOf(newcomer, beginning)
    .deeds.filter((deed) => Math.abs(deed.at - at) < dayMs / 4)
    .map((deed) => ({ ...deed, at: at + Math.max(0, Math.floor((deed.at - at) / 40)) }));
}

function undeliverable(tenant: string, at: number, random: Random): Deed[] {
  const about = { template_id: "reminder-24h", contact_id: `ct_${random.uuid().slice(0, 8)}` };
  const queued = capture(at, tenant, "cadence.message_queued", { channel: "sms", ...about });
  const decidedAt = at + random.whole(800, 3000);
  return [
    queued,
    random.chance(0.4)
      ? capture(decidedAt, tenant, "cadence.message_sent", { channel: "email", ...about, fallback: true })
      : capture(decidedAt, tenant, "cadence.message_failed", {
          ...{ channel: "sms", ...about },
          error: "sms gateway unreachable (503)",
        }),
  ];
}

function dayOf({ beginning }: Cast, at: number) {
  const day = Math.floor((at - beginning) / dayMs);
  return { day, dayStart: beginning + day * dayMs };
}
