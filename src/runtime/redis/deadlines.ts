/** Work with a deadline. */
export interface Deadline {
  /** The work is done; cancels the deadline. */
  met(): void;
}

interface Waiting extends Deadline {
  readonly at: number;
  open: boolean;
  readonly missed: () => void;
}

/** A timer that is later than this means that the process was blocked. */
const busyMs = 25;
const graceMs = 50;

/**
 * Deadlines with one common duration over a single timer: a timer per call costs a third of a call to Redis. They are sorted,
 * since each ends later than those before it.
 */
export function createDeadlines(ms: number): (missed: () => void) => Deadline {
  let waiting: Waiting[] = [];
  let first = 0;
  let timer: NodeJS.Timeout | undefined;

  function arm(at: number): NodeJS.Timeout {
    return setTimeout(expire, Math.max(1, at - performance.now()));
  }

  /** A process that was blocked first reads what has arrived meanwhile, before deadlines expire. */
  function expire(): void {
    const now = performance.now();
    const late = now - (waiting[first]?.at ?? Number.POSITIVE_INFINITY);
    if (late > busyMs) setTimeout(tellMissed, graceMs, now);
    else setImmediate(tellMissed, now);
  }

  /** @param now when that was: what was due later gets the same. */
  function tellMissed(now: number): void {
    for (let next = waiting[first]; next && (!next.open || next.at <= now + 1); next = waiting[first]) {
      first += 1;
      if (next.open) next.missed();
    }
    if (first > 1_000 || first === waiting.length) {
      waiting = waiting.slice(first);
      first = 0;
    }
    const next = waiting[first];
    timer = next && arm(next.at);
  }

  return (missed) => {
    const deadline: Waiting = {
      at: performance.now() + ms,
      open: true,
      missed,
      met() {
        deadline.open = false;
      },
    };
    waiting.push(deadline);
    if (timer === undefined) timer = arm(deadline.at);
    return deadline;
  };
}
