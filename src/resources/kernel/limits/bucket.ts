import pLimit from "p-limit";
import type { Clock } from "../clock.ts";
import type { BucketLimits } from "./published.ts";
import type { Told } from "./told.ts";
import { type Allowance, nextTurn, type Passed } from "./window.ts";

/** One attempt's outcome, as far as limits are concerned. */
export interface Attempt<T> {
  /** True for a 429: the vendor did nothing. */
  refused: boolean;
  told: Told;
  value: T;
}

export interface BucketOptions {
  /** "PostHog" */
  vendor: string;
  clock: Clock;
  /** Takes one line for each wait of more than {@link longWaitMs}. */
  progress: (line: string) => void;
}

/** A vendor wants a wait that nobody sits through. */
export class WaitTooLong extends Error {}

/** A wait that a person wonders about. */
export const longWaitMs = 5000;
/** A vendor that says to come back later than this is not waited for. Two of the longest windows that vendors publish. */
export const longestWaitMs = 2 * 3_600_000;

const defaultConcurrent = 8;
const firstBackoffMs = 1000;
const longestBackoffMs = 60_000;
/** Windows that vendors count in, where they publish none. */
const usualWindowsMs = [60_000, 3_600_000];
/** Retry-After is rounded up to whole seconds. */
const roundingMs = 1000;

/**
 * Requests that a vendor counts together: lets them pass in order, as many as its numbers allow, and none while it is
 * known that the vendor would refuse. Refusals teach it what the numbers are.
 */
export class Bucket {
  readonly #limits: BucketLimits;
  readonly #options: BucketOptions;
  readonly #allowances: Allowance[];
  readonly #slots: ReturnType<typeof pLimit>;
  /** Holds the order: whoever is first in line waits for the next turn, the others wait for it. */
  readonly #line = pLimit(1);
  #passed: Passed[] = [];
  #underWay = 0;
  #closedUntil = 0;
  /** Until then one request at a time: somebody else uses the same limit, so that nobody knows how much is left. */
  #carefulUntil = 0;
  #refusedAt = Number.NEGATIVE_INFINITY;
  #refusalsInARow = 0;
  /** The allowance that the last refusal taught; answers to what was sent before it still come in. */
  #taught: Allowance | undefined;
  #answered = Promise.withResolvers<void>();

  constructor(limits: BucketLimits, options: BucketOptions) {
    this.#limits = limits;
    this.#options = options;
    const unknown = usualWindowsMs.map((windowMs) => ({ requests: Number.POSITIVE_INFINITY, windowMs }));
    this.#allowances = limits.allowances.length > 0 ? limits.allowances.map((one) => ({ ...one })) : unknown;
    this.#slots = pLimit(this.#mostAtOnce);
  }

  get #mostAtOnce(): number {
    return this.#limits.concurrent ?? defaultConcurrent;
  }

  /**
   * Sends a request when its turn has come, and again after each refusal, until it is let pass.
   * @throws WaitTooLong when the vendor wants a wait of more than {@link longestWaitMs}
   */
  run<T>(send: () => Promise<Attempt<T>>): Promise<T> {
    return this.#slots(async () => {
      for (;;) {
        const sentAt = await this.#line(() => this.#turn());
        const attempt = await send().catch((error: unknown) => {
          this.#answer();
          throw error;
        });
        // In one step with what it tells: whoever waits for an answer must not go before that is noted.
        this.#answer();
        if (attempt.refused) this.#refuse(sentAt, attempt.told);
        else {
          this.#pass(sentAt, attempt.told);
          return attempt.value;
        }
      }
    });
  }

  async #turn(): Promise<number> {
    const { clock } = this.#options;
    for (let announced = false; ; ) {
      const now = clock.now();
      const turn = this.#nextTurn(now);
      if (turn !== undefined && turn <= now) {
        this.#underWay += 1;
        return now;
      }
      if (turn === undefined) {
        await this.#answered.promise;
        continue;
      }
      if (!announced && turn - now > longWaitMs) {
        announced = true;
        this.#announce(turn - now);
      }
      await clock.sleep(turn - now);
    }
  }

  #nextTurn(now: number): number | undefined {
    if (now < this.#closedUntil) return this.#closedUntil;
    const turns = this.#allowances.map((allowance) => nextTurn(allowance, this.#passed, this.#underWay, now));
    return turns.reduce((latest, turn) =>
      latest === undefined || turn === undefined ? undefined : Math.max(latest, turn),
    );
  }

  #announce(waitMs: number): void {
    const waiting = this.#slots.pendingCount + this.#slots.activeCount - this.#underWay;
    const others = waiting > 1 ? `; ${waiting} requests wait` : "";
    this.#options.progress(`${this.#refusal} for now: going on in ${inWords(waitMs)}${others}`);
  }

  get #refusal(): string {
    return `${this.#options.vendor} takes no more ${this.#limits.name} requests`;
  }

  #answer(): void {
    this.#underWay -= 1;
    this.#answered.resolve();
    this.#answered = Promise.withResolvers();
  }

  #pass(sentAt: number, told: Told): void {
    const now = this.#options.clock.now();
    const longest = Math.max(...this.#allowances.map(({ windowMs }) => windowMs));
    this.#passed = this.#passedSince(now - longest);
    this.#passed.push({ sentAt, answeredAt: now });
    this.#refusalsInARow = 0;
    if (this.#taught && sentAt <= this.#refusedAt) this.#taught.requests += 1;
    if (told.remaining === 0 && told.waitMs !== undefined) this.#close(now + told.waitMs);
    const most = Math.min(
      this.#mostAtOnce,
      told.concurrent ?? Number.POSITIVE_INFINITY,
      told.remaining ?? Number.POSITIVE_INFINITY,
    );
    this.#slots.concurrency = now < this.#carefulUntil ? 1 : Math.max(1, most);
  }

  #refuse(sentAt: number, told: Told): void {
    const now = this.#options.clock.now();
    const isSameBurst = sentAt <= this.#refusedAt;
    if (!isSameBurst) {
      this.#refusalsInARow += 1;
      this.#refusedAt = now;
    }
    const backoffMs = Math.min(longestBackoffMs, firstBackoffMs * 2 ** (this.#refusalsInARow - 1));
    const waitMs = told.waitMs || backoffMs;
    if (waitMs > longestWaitMs) {
      const rest = "run the same command again after that, what is done stays done";
      throw new WaitTooLong(`${this.#refusal} for ${inWords(waitMs)}: ${rest}`);
    }
    this.#close(now + waitMs);
    if (isSameBurst) return;
    this.#taught = told.waitMs === undefined ? undefined : this.#learn(told.waitMs, now);
    if (this.#taught) return;
    this.#carefulUntil = this.#closedUntil + (usualWindowsMs[0] ?? 0);
    this.#slots.concurrency = 1;
  }

  /**
   * When the vendor wants a wait that ends as the first of our own requests leaves a window, then what we sent is all
   * that it counted, and the number of it is the limit.
   */
  #learn(waitMs: number, now: number): Allowance | undefined {
    const reopensAt = now + waitMs;
    const allowance = this.#allowances.find(({ windowMs }) => {
      const oldest = this.#passedSince(now - windowMs)[0];
      if (!oldest) return false;
      const latencyMs = oldest.answeredAt - oldest.sentAt;
      const leavesAt = oldest.answeredAt + windowMs;
      return reopensAt >= leavesAt - latencyMs - roundingMs && reopensAt <= leavesAt + latencyMs + roundingMs;
    });
    if (allowance) allowance.requests = this.#passedSince(now - allowance.windowMs).length;
    return allowance;
  }

  #passedSince = (since: number): Passed[] => this.#passed.filter(({ answeredAt }) => answeredAt > since);

  #close(until: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, until);
  }
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
