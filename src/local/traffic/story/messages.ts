import type { StoryDay } from "./asking.ts";
import { busynessOf, hourMs, minuteMs } from "./calendar.ts";
import { type BackendDeed, capture } from "./deed.ts";
import { isBirthdayTemplateBroken, isSmsDown, smsOutage } from "./incidents.ts";
import type { Operator } from "./operators.ts";
import { type Random, randomOf } from "./random.ts";

/** Templates and their relative use by cadences; the empty one means a message written by hand. */
const templates = {
  "reminder-24h": 30,
  "reminder-2h": 14,
  "welcome-series": 12,
  "review-request": 11,
  "win-back-60d": 9,
  "no-show-follow-up": 6,
  birthday: 5,
  "": 7,
  "rebooking-nudge": 4,
  "product-restock": 2,
  "holiday-hours": 1.5,
  "gift-card": 1,
} as const;

/** The messages that a tenant's cadences send on a day, and their results. */
export function messagesOf({ seed, tenantId, messagesPerDay }: Operator, { day, dayStart }: StoryDay): BackendDeed[] {
  const random = randomOf(`${seed} sends ${day}`);
  const count = random.count(messagesPerDay * busynessOf(dayStart));
  return Array.from({ length: count }).flatMap(() =>
    message(tenantId, sendingMoment(dayStart, random), random, { day, dayStart }),
  );
}

/** Cadences send nothing at night. */
function sendingMoment(dayStart: number, random: Random): number {
  return dayStart + quietUntilHour * hourMs + Math.floor((random.share() + random.share()) * 5 * hourMs);
}

const quietUntilHour = 13;

/** Milliseconds from the queue to the provider's answer. */
export function message(tenant: string, at: number, random: Random, { day, dayStart }: StoryDay): BackendDeed[] {
  const channel = random.weighted({ sms: 66, email: 34 });
  const template_id = random.weighted(templates);
  const about = { template_id, contact_id: `ct_${random.uuid().slice(0, 8)}` };
  const queued = capture(at, tenant, "cadence.message_queued", { channel, ...about });
  const decidedAt = at + Math.ceil(random.around(9000, 0.7));

  if (template_id === "birthday" && isBirthdayTemplateBroken(day) && random.chance(0.45)) {
    const error = "template error: no value for client_birthday";
    return [queued, capture(decidedAt, tenant, "cadence.message_failed", { channel, ...about, error })];
  }
  if (channel === "sms" && isSmsDown(day, dayStart, at) && random.chance(0.88)) {
    return [queued, afterTheOutage(tenant, at, random, { day, dayStart }, about)];
  }
  if (channel === "sms" && random.chance(0.02)) {
    const sent = { channel: "email", ...about, fallback: true } as const;
    return [queued, capture(decidedAt + 20_000, tenant, "cadence.message_sent", sent)];
  }
  if (random.chance(channel === "sms" ? 0.016 : 0.009)) {
    const error = channel === "sms" ? refusedNumber(random) : refusedAddress(random);
    return [queued, capture(decidedAt, tenant, "cadence.message_failed", { channel, ...about, error })];
  }
  return [queued, capture(decidedAt, tenant, "cadence.message_sent", { channel, ...about })];
}

/** A third of the messages is sent by e-mail after a while, some wait until the provider is back, the rest fails. */
function afterTheOutage(
  tenant: string,
  at: number,
  random: Random,
  { day, dayStart }: StoryDay,
  about: { template_id: string; contact_id: string },
): BackendDeed {
  const isOver = smsOutage(day, dayStart)?.to ?? at;
  const outcome = random.weighted({ fallback: 30, "sent later": 12, failed: 58 });
  if (outcome === "fallback") {
    const sent = { channel: "email", ...about, fallback: true } as const;
    return capture(at + Math.ceil(random.around(3 * minuteMs, 0.5)), tenant, "cadence.message_sent", sent);
  }
  if (outcome === "sent later") {
    const later = isOver + Math.ceil(random.around(6 * minuteMs, 0.6));
    return capture(later, tenant, "cadence.message_sent", { channel: "sms", ...about });
  }
  const error = random.pick(["sms gateway unreachable (503)", "sms gateway timed out after 30 s"]);
  return capture(at + random.whole(31, 95) * 1000, tenant, "cadence.message_failed", {
    ...{ channel: "sms", ...about },
    error,
  });
}

/** Providers quote numbers and addresses, which the runtime's redactor must remove. */
function refusedNumber(random: Random): string {
  const number = `+1 (415) 555-01${random.whole(10, 99)}`;
  return random.pick([`${number} is not a mobile number`, `${number} opted out`, "carrier filtered the message"]);
}

function refusedAddress(random: Random): string {
  const address = `client${random.whole(100, 999)}@mail.example`;
  return random.pick([`550 mailbox full: ${address}`, `550 no such user ${address}`]);
}
