const RealDate = Date;

/**
 * Runs `work` with the clock set to `at`. Only for synchronous work in its own thread, since the clock is global to the
 * thread.
 */
export function runAt<Result>(at: number, work: () => Result): Result {
  const offset = at - RealDate.now();
  class ShiftedDate extends RealDate {
    constructor(...given: [] | [number | string | Date]) {
      super(...((given.length === 0 ? [RealDate.now() + offset] : given) as [number]));
    }
    static override now(): number {
      return RealDate.now() + offset;
    }
  }
  globalThis.Date = ShiftedDate as DateConstructor;
  try {
    return work();
  } finally {
    globalThis.Date = RealDate;
  }
}
