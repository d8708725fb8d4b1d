import type { Passed } from "./window.ts";

/** Refusals without a request that passed between them. */
export interface Refusals {
  inARow: number;
  /** When the first of them came. */
  since: number;
  /** When the last refused one was sent. */
  lastSentAt: number;
  /** What had passed before them. */
  passedBefore: Passed[];
  /** How long the vendor wanted to be waited for; undefined when it did not say. */
  waitMs: number | undefined;
}

/** Retry-After is rounded up to whole seconds. */
const roundingMs = 1000;

/** A refusal and what is known of it. */
export interface Refusal {
  at: number;
  passedBefore: readonly Passed[];
  /** The first request that passed after the refusals before this one. */
  reopened: Passed | undefined;
  /** The vendor takes requests again at a time between these two. */
  reopens: { from: number; to: number };
}

/**
 * How many requests a window of this length holds, when what is known of a refusal says so: the vendor takes requests
 * again when the first of our own requests leaves such a window. Then ours are all that it counted, and the number of them
 * is the limit. A sliding window is left by the first that passed in it, one that goes by the clock by the first since it
 * was opened last.
 */
export function explainedBy(windowMs: number, { at, passedBefore, reopened, reopens }: Refusal): number | undefined {
  const { from, to } = reopens;
  const since = Math.max(at, from - roundingMs) - windowMs;
  const counted = passedBefore.filter(({ answeredAt }) => answeredAt > since);
  const sinceReopened = reopened ? counted.filter(({ sentAt }) => sentAt >= reopened.sentAt) : [];
  const explains = ([first]: Passed[]): boolean => {
    if (!first) return false;
    const slackMs = first.answeredAt - first.sentAt + roundingMs;
    const leavesAt = first.answeredAt + windowMs;
    return leavesAt >= from - slackMs && leavesAt <= to + slackMs;
  };
  // The fewer where either may be: they are never refused.
  return [sinceReopened, counted].find(explains)?.length;
}

/**
 * How fast a vendor goes on that does not open a window at once but lets through one after the other (a token bucket, or
 * a limit that somebody else uses, too): so many requests in the time between two of its refusals.
 */
export class Pace {
  #requests = 0;
  #windowMs = 0;

  /** A refusal that lasts until `reopensAt`, after those that passed since `reopened`. */
  learn(passed: readonly Passed[], reopened: Passed | undefined, reopensAt: number): void {
    if (!reopened) return;
    this.#requests = passed.filter(({ sentAt }) => sentAt >= reopened.sentAt).length;
    this.#windowMs = reopensAt - reopened.sentAt;
  }

  /** To be asked when none is under way. */
  nextTurn(passed: readonly Passed[], now: number): number {
    const counted = this.#requests > 0 ? passed.at(-this.#requests) : undefined;
    return counted ? Math.max(now, counted.sentAt + this.#windowMs) : now;
  }
}
