import type { Clock } from "../../src/resources/kernel/clock.ts";

/** The system's clock, accelerated by this factor. */
export function fastClock(times: number): Clock {
  const start = Date.now();
  const now = () => start + (Date.now() - start) * times;
  return { now, sleep: (ms) => new Promise((wake) => setTimeout(wake, ms / times)) };
}
