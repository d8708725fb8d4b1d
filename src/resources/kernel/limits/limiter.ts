import pLimit from "p-limit";
import type { Clock } from "../clock.ts";
import type { LimitHeaders } from "./headers.ts";
import type { BucketLimits, Method, VendorLimits } from "./published.ts";

/** The part of a vendor's answer that matters for limits. */
export interface Reply<T> {
  /**
   * "refused" is a 429: the vendor did nothing, and the request is sent again. "unavailable" is a 503 with Retry-After:
   * nothing else is sent until then.
   */
  outcome: "passed" | "refused" | "unavailable";
  headers: LimitHeaders;
  value: T;
}

export interface LimiterOptions {
  /** "PostHog" */
  vendor: string;
  clock: Clock;
  /** Gets one line for each wait of more than {@link longWaitMs}. */
  progress: (line: string) => void;
}

/** A vendor requires a longer wait than {@link longestWaitMs}, or than the request may wait. */
export class WaitTooLong extends Error {}

/** A longer wait than this is reported to the person at the terminal. */
export const longWaitMs = 5000;
/** Longest wait that is accepted: two of the longest windows that vendors publish. */
export const longestWaitMs = 2 * 3_600_000;

const defaultConcurrent = 8;
/** Waits after refusals without a time: the first one doubles up to the longest. */
const backoffMs = { first: 1000, longest: 60_000 };

/** Keeps one key's requests within a vendor's limits. All clients that use the key share it. */
export class Limiter {
  readonly #limits: VendorLimits;
  readonly #options: LimiterOptions;
  readonly #buckets = new Map<string, Bucket>();

  constructor(limits: VendorLimits, options: LimiterOptions) {
    this.#limits = limits;
    this.#options = options;
  }

  /**
   * Sends the request when the vendor's limits allow it, and again after each refusal until it is accepted.
   * @param mayWaitMs from now until it is sent for the last time, all waits and refusals together
   * @throws WaitTooLong when the vendor requires a wait of more than {@link longestWaitMs}, or the request would be sent too late
   */
  run<T>(
    method: Method,
    path: string,
    send: () => Promise<Reply<T>>,
    mayWaitMs = Number.POSITIVE_INFINITY,
  ): Promise<T> {
    const limits = this.#limits(method, path);
    const key = `${limits.name} ${limits.of ?? ""}`;
    const bucket = this.#buckets.get(key) ?? new Bucket(limits, this.#options);
    this.#buckets.set(key, bucket);
    return bucket.run(send, this.#options.clock.now() + mayWaitMs);
  }
}

/**
 * Requests that a vendor counts together. They are sent in order, as many as the published windows allow, and none
 * while an answer requires a wait. Unpublished windows are not guessed: after a refusal requests are sent one at a
 * time, two at a time after eight successes, three after sixteen, and so on.
 */
class Bucket {
  readonly #limits: BucketLimits;
  readonly #options: LimiterOptions;
  readonly #line = pLimit(1);
  /** Times of the answers that the published windows still count, in order. */
  #answeredAt: number[] = [];
  #underWay = 0;
  /** Present maximum of concurrent requests; its fraction is ignored. */
  #concurrent: number;
  #closedUntil = 0;
  /** Refusals since the last success; those of concurrent requests count as one. */
  #refusals = 0;
  #refusedAt = Number.NEGATIVE_INFINITY;
  #nextAnswer = Promise.withResolvers<void>();

  constructor(limits: BucketLimits, options: LimiterOptions) {
    this.#limits = limits;
    this.#options = options;
    this.#concurrent = limits.concurrent ?? defaultConcurrent;
  }

  /** @param until when it may be sent at the latest */
  async run<T>(send: () => Promise<Reply<T>>, until: number): Promise<T> {
    for (;;) {
      const sentAt = await this.#line(() => this.#turn(until));
      try {
        const { outcome, headers, value } = await send();
        this.#note(outcome, headers, sentAt);
        if (outcome !== "refused") return value;
      } finally {
        // After the answer's limits are stored, because waiting requests use them.
        this.#underWay -= 1;
        this.#nextAnswer.resolve();
        this.#nextAnswer = Promise.withResolvers();
      }
    }
  }

  /** Waits until a request may be sent, and counts it as in flight. Returns the time. */
  async #turn(until: number): Promise<number> {
    const { clock } = this.#options;
    for (let isAnnounced = false; ; ) {
      const now = clock.now();
      const opensAt = this.#opensAt(now);
      if (Math.max(now, opensAt ?? now) > until) throw new WaitTooLong(this.#tooLate((opensAt ?? now) - now));
      if (opensAt === undefined) {
        await this.#nextAnswer.promise;
        continue;
      }
      const waitMs = opensAt - now;
      if (waitMs <= 0) {
        this.#underWay += 1;
        return now;
      }
      if (waitMs > longestWaitMs) throw new WaitTooLong(this.#tooLate(waitMs));
      if (waitMs > longWaitMs && !isAnnounced) {
        this.#announce(waitMs);
        isAnnounced = true;
      }
      await clock.sleep(waitMs);
    }
  }

  /**
   * When the next request may be sent. Undefined when that depends on the answer to one in flight: the vendor counts it
   * from its receipt, which is at the latest when it is answered.
   */
  #opensAt(now: number): number | undefined {
    if (now < this.#closedUntil) return this.#closedUntil;
    if (this.#underWay >= Math.floor(this.#concurrent)) return undefined;
    let opensAt = now;
    for (const { requests, windowMs } of this.#limits.allowances) {
      const counted = this.#answeredAt.filter((at) => at > now - windowMs);
      const tooMany = counted.length + this.#underWay + 1 - requests;
      if (tooMany <= 0) continue;
      const leaving = counted[tooMany - 1];
      if (leaving === undefined) return undefined;
      opensAt = Math.max(opensAt, leaving + windowMs);
    }
    return opensAt;
  }

  #note(outcome: Reply<unknown>["outcome"], { waitMs, remaining, concurrent }: LimitHeaders, sentAt: number): void {
    const now = this.#options.clock.now();
    // Sent before the last refusal was known: its success says nothing about the time after it.
    const isOld = sentAt <= this.#refusedAt;
    if (outcome === "refused") {
      if (!isOld) {
        this.#refusals += 1;
        this.#refusedAt = now;
        this.#concurrent = 1;
      }
      this.#close(waitMs || Math.min(backoffMs.longest, backoffMs.first * 2 ** (this.#refusals - 1)));
      return;
    }
    const longest = Math.max(0, ...this.#limits.allowances.map(({ windowMs }) => windowMs));
    this.#answeredAt = this.#answeredAt.filter((at) => at > now - longest);
    this.#answeredAt.push(now);
    if (!isOld) {
      this.#refusals = 0;
      this.#concurrent = Math.min(this.#concurrent + 1 / 8, this.#limits.concurrent ?? defaultConcurrent);
    }
    this.#concurrent = Math.max(1, Math.min(this.#concurrent, concurrent ?? Infinity, remaining ?? Infinity));
    if (waitMs !== undefined && (outcome === "unavailable" || remaining === 0)) this.#close(waitMs);
  }

  #close(forMs: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#options.clock.now() + forMs);
  }

  #announce(waitMs: number): void {
    const waiting = this.#line.pendingCount + this.#line.activeCount;
    const others = waiting > 1 ? `; ${waiting} requests wait` : "";
    this.#options.progress(`${this.#refusal} for now: going on in ${inWords(waitMs)}${others}`);
  }

  #tooLate(waitMs: number): string {
    const [time, then] = waitMs > 0 ? [`for ${inWords(waitMs)}`, "after that"] : ["for now", "later"];
    return `${this.#refusal} ${time}: run the same command again ${then}, what is done stays done`;
  }

  get #refusal(): string {
    return `${this.#options.vendor} takes no more ${this.#limits.name} requests`;
  }
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
