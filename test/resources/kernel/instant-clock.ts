import type { Clock } from "../../../src/resources/kernel/clock.ts";

/** A clock that does not wait, and records how many milliseconds it was asked to wait. */
export function instantClock(): Clock & { slept: () => number } {
  const start = Date.UTC(2026, 0, 1);
  let now = start;
  return {
    now: () => now,
    async sleep(ms) {
      now += ms;
    },
    slept: () => now - start,
  };
}
