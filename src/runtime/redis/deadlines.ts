/** Something that has to be done in time. */
export interface Deadline {
  /** It is done: nothing follows. */
  met(): void;
}

interface Waiting extends Deadline {
  readonly at: number;
  open: boolean;
  readonly missed: () => void;
}

/** A timer that is this late tells of a process that did something else for as long. */
const busyMs = 25;
const graceMs = 50;

/**
 * Deadlines that are all equally far away, over one timer: a timer for each call costs a third of what a call to Redis
 * does. They are in the order in which they end, since each ends later than those before it.
 */
export function createDeadlines(ms: number): (missed: () => void) => Deadline {
  let waiting: Waiting[] = [];
  let first = 0;
  let timer: NodeJS.Timeout | undefined;

  function arm(at: number): NodeJS.Timeout {
    return setTimeout(expire, Math.max(1, at - performance.now()));
  }

  /** A process that was busy itself first reads what has arrived meanwhile, before it says that nothing has. */
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
