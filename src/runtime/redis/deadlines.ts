/** Work with a deadline. */
export interface Deadline {
  /** The work is done; cancels the deadline. */
  met(): void;
}

/** A timer that is later than this means that the process was blocked. */
const busyMs = 25;
const graceMs = 50;

/**
 * Deadlines with one common duration over a single timer: a timer per call costs a third of a call to Redis. They are sorted,
 * since each ends later than those before it.
 */
export function createDeadlines(ms: number): (missed: () => void) => Deadline {
  const list = new Waiting(Number.POSITIVE_INFINITY, () => {});
  let timer: NodeJS.Timeout | undefined;

  function arm(at: number): NodeJS.Timeout {
    return setTimeout(expire, Math.max(1, at - performance.now()));
  }

  /** A process that was blocked first reads what has arrived meanwhile, before deadlines expire. */
  function expire(): void {
    const now = performance.now();
    const late = now - list.next.at;
    if (late > busyMs) setTimeout(tellMissed, graceMs, now);
    else setImmediate(tellMissed, now);
  }

  /** @param now when that was: what was due later gets the same. */
  function tellMissed(now: number): void {
    for (let first = list.next; first.at <= now + 1; first = list.next) {
      first.met();
      first.missed();
    }
    timer = list.next === list ? undefined : arm(list.next.at);
  }

  return (missed) => {
    const deadline = new Waiting(performance.now() + ms, missed);
    deadline.insertBefore(list);
    if (timer === undefined) timer = arm(deadline.at);
    return deadline;
  };
}

/**
 * A member of a ring. One that is met leaves it at once: references to thousands of answered calls, held until their deadlines,
 * cost the garbage collector a part of each call.
 */
class Waiting implements Deadline {
  readonly at: number;
  readonly missed: () => void;
  next: Waiting = this;
  private previous: Waiting = this;

  constructor(at: number, missed: () => void) {
    this.at = at;
    this.missed = missed;
  }

  insertBefore(other: Waiting): void {
    this.previous = other.previous;
    this.next = other;
    other.previous.next = this;
    other.previous = this;
  }

  met(): void {
    this.previous.next = this.next;
    this.next.previous = this.previous;
    this.next = this;
    this.previous = this;
  }
}
