import type { Clock } from "../../resources/kernel/clock.ts";

const pauseMs = 2000;

/** How long something may take to arrive. */
export interface Patience {
  readonly patienceMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Polls until there is an answer or `patienceMs` has passed. Undefined: there was none. */
export async function eventually<T>(
  { clock, patienceMs, signal }: Patience,
  ask: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const until = clock.now() + patienceMs;
  for (;;) {
    signal.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined) return answer;
    const left = until - clock.now();
    if (left <= 0) return undefined;
    await clock.sleep(Math.min(pauseMs, left));
  }
}

/** "7 s" */
export const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;
