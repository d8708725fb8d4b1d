import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../../../src/resources/kernel/clock.ts";

/** Time that passes only when everything waits for it. */
export class VirtualClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  #sleepers: { at: number; wake: () => void }[] = [];

  now = (): number => this.#now;

  sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      this.#sleepers.push({ at: this.#now + ms, wake });
    });

  /** Lets time pass until the work is done. */
  async run<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    done.catch(() => {});
    for (;;) {
      await turn();
      if (isDone) return done;
      this.#sleepers.sort((a, b) => a.at - b.at);
      const next = this.#sleepers.shift();
      if (!next) throw new Error("nothing is left that could finish the work");
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
  }
}
