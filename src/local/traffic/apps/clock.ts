const RealDate = Date;

/**
 * Runs `work` as if it were another time: whatever looks at the clock while it runs sees `at`. For synchronous work
 * alone, and in a thread of its own: the clock is everybody's.
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
