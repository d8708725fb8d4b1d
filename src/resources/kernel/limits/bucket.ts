import pLimit from "p-limit";
import type { Clock } from "../clock.ts";
import { explainedBy, Pace, type Refusal, type Refusals } from "./learn.ts";
import type { BucketLimits } from "./published.ts";
import type { Told } from "./told.ts";
import { type Allowance, nextTurn, type Passed } from "./window.ts";

/** One attempt's outcome, as far as limits are concerned. */
export interface Attempt<T> {
  /**
   * "refused" is a 429: the vendor did nothing, and the request is sent again. "unavailable" is an answer that says to come
   * back later (a 503 with Retry-After): nothing else is sent until then.
   */
  outcome: "passed" | "refused" | "unavailable";
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
/** How long a refusal that nothing explains makes careful. */
const carefulMs = 60_000;

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
  /** Requests under way at once, as the vendor's last answer allows. */
  #mostNow = Number.POSITIVE_INFINITY;
  #closedUntil = 0;
  /** Until then one request at a time: nobody knows how much is left, since somebody else uses the same limit, say. */
  #carefulUntil = 0;
  readonly #pace = new Pace();
  /** The refusals since the last request that passed. */
  #refusals: Refusals | undefined;
  #refusedAt = Number.NEGATIVE_INFINITY;
  /** The first request that passed after the last refusals: a vendor that counts by the clock counts from there. */
  #reopened: Passed | undefined;
  /** The allowance that the last refusal taught; answers to what was sent before it still come in. */
  #taught: Allowance | undefined;
  #answered = Promise.withResolvers<void>();

  constructor(limits: BucketLimits, options: BucketOptions) {
    this.#limits = limits;
    this.#options = options;
    const unknown = usualWindowsMs.map((windowMs) => ({ requests: Number.POSITIVE_INFINITY, windowMs }));
    this.#allowances = limits.allowances.length > 0 ? limits.allowances.map((one) => ({ ...one })) : unknown;
    this.#slots = pLimit(limits.concurrent ?? defaultConcurrent);
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
        if (attempt.outcome === "refused") this.#refuse(sentAt, attempt.told);
        else {
          this.#pass(sentAt, attempt.told);
          if (attempt.outcome === "unavailable") this.#close(attempt.told.waitMs ?? 0);
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
      const waitMs = turn - now;
      if (waitMs > longestWaitMs) {
        const rest = "run the same command again after that, what is done stays done";
        throw new WaitTooLong(`${this.#refusal} for ${inWords(waitMs)}: ${rest}`);
      }
      if (!announced && waitMs > longWaitMs) {
        announced = true;
        this.#announce(waitMs);
      }
      await clock.sleep(waitMs);
    }
  }

  /** Undefined when that depends on an answer to come. */
  #nextTurn(now: number): number | undefined {
    if (now < this.#closedUntil) return this.#closedUntil;
    const isCareful = now < this.#carefulUntil;
    if (this.#underWay >= Math.max(1, isCareful ? 1 : this.#mostNow)) return undefined;
    const turns = this.#allowances.map((allowance) => nextTurn(allowance, this.#passed, this.#underWay, now));
    if (isCareful) turns.push(this.#pace.nextTurn(this.#passed, now));
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

  #pass(sentAt: number, { remaining, concurrent, waitMs }: Told): void {
    const now = this.#options.clock.now();
    const passed = { sentAt, answeredAt: now };
    const longest = Math.max(...this.#allowances.map(({ windowMs }) => windowMs));
    this.#passed = this.#passed.filter(({ answeredAt }) => answeredAt > now - longest);
    this.#passed.push(passed);
    if (this.#taught && sentAt <= this.#refusedAt) this.#taught.requests += 1;
    if (this.#refusals && sentAt > this.#refusedAt) this.#reopen(this.#refusals, passed);
    else this.#refusals?.passedBefore.push(passed);
    if (remaining === 0 && waitMs !== undefined) this.#close(waitMs);
    this.#mostNow = Math.min(concurrent ?? Number.POSITIVE_INFINITY, remaining ?? Number.POSITIVE_INFINITY);
  }

  #refuse(sentAt: number, { waitMs }: Told): void {
    const now = this.#options.clock.now();
    const isSameBurst = sentAt <= this.#refusedAt;
    const known = this.#refusals ?? { inARow: 0, since: now, passedBefore: [...this.#passed] };
    const inARow = known.inARow + (isSameBurst ? 0 : 1);
    const backoffMs = Math.min(longestBackoffMs, firstBackoffMs * 2 ** (inARow - 1));
    this.#close(waitMs || backoffMs);
    if (isSameBurst) return;
    this.#refusedAt = now;
    this.#refusals = { ...known, inARow, lastSentAt: sentAt, waitMs };
    this.#taught = undefined;
    if (waitMs) {
      const reopensAt = now + waitMs;
      this.#taught = this.#learn({ at: now, passedBefore: this.#passed, reopens: { from: reopensAt, to: reopensAt } });
      if (!this.#taught) this.#pace.learn(this.#passed, this.#reopened, reopensAt);
    }
    this.#carefulUntil = this.#taught ? 0 : this.#closedUntil + carefulMs;
  }

  /** The first request that passes after refusals which said nothing tells that the window ended since the last of them. */
  #reopen({ since, passedBefore, lastSentAt, waitMs }: Refusals, passed: Passed): void {
    this.#refusals = undefined;
    const reopens = { from: lastSentAt, to: passed.answeredAt };
    if (!waitMs && this.#learn({ at: since, passedBefore, reopens })) this.#carefulUntil = 0;
    else if (!waitMs) this.#pace.learn(passedBefore, this.#reopened, passed.sentAt);
    this.#reopened = passed;
  }

  #learn(refusal: Omit<Refusal, "reopened">): Allowance | undefined {
    for (const allowance of this.#allowances) {
      const requests = explainedBy(allowance.windowMs, { ...refusal, reopened: this.#reopened });
      if (requests === undefined) continue;
      allowance.requests = requests;
      return allowance;
    }
    return undefined;
  }

  #close(forMs: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#options.clock.now() + forMs);
  }
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
