import { createTroubles } from "../shared/troubles.ts";

/** Log lines of a sink: one when sending begins to fail, one when it works again, one when it is full. */
export interface Sink {
  failing(why: string): void;
  working(): void;
  full(what: string): void;
  /** Why it fails now; undefined while it works. */
  readonly reason: string | undefined;
}

/**
 * @param what beginning of the line, e.g. "Events do not reach PostHog"
 * @param again beginning of the line when it works again, e.g. "Events reach PostHog again"
 */
export function createSink(what: string, again: string, warn: (message: string) => void): Sink {
  const troubles = createTroubles<string>({ tell: warn, now: () => performance.now() });
  let reason: string | undefined;
  let isFull = false;
  return {
    failing(why) {
      reason = why;
      troubles.begin(what, `${what}: ${why}.`);
    },
    working() {
      if (reason === undefined) return;
      reason = undefined;
      troubles.end(what, (seconds) => `${again}, after ${seconds} s.`);
    },
    full(message) {
      if (isFull) return;
      isFull = true;
      warn(`${message}, and health() counts them.`);
    },
    get reason() {
      return reason;
    },
  };
}
