import { setTimeout as delay } from "node:timers/promises";

/** The time, and waiting. A parameter, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<unknown>;
}

export const systemClock: Clock = { now: Date.now, sleep: (ms) => delay(ms) };
