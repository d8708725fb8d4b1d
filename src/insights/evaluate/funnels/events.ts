/** The events of one person, or of one session, that a funnel looks at: in order of time, then of arrival. */
export interface Path {
  length: number;
  /** Seconds since 1970; PostHog calculates with the same floating point numbers. */
  readonly times: number[];
  /** Bit i: the event is step i. */
  readonly steps: number[];
  /** Bit i, from 1: the event excludes whoever is between step i - 1 and step i. */
  readonly exclusions: number[];
  /** Index of the event's breakdown value in {@link Values}. */
  readonly values: number[];
  /** Index of the event's period; 0 throughout when periods are not needed. */
  readonly periods: number[];
}

export function emptyPath(): Path {
  return { length: 0, times: [], steps: [], exclusions: [], values: [], periods: [] };
}

export const hasBit = (bits: number, index: number): boolean => ((bits >>> index) & 1) === 1;

/** Breakdown values as numbers, so that events are compared without their texts. */
export class Values {
  readonly #ids = new Map<string, number>();
  readonly #lists: (readonly string[])[] = [];
  /** Stands for all events where there is no breakdown. */
  readonly none = this.idOf([]);

  idOf(list: readonly string[]): number {
    const key = JSON.stringify(list);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    this.#ids.set(key, this.#lists.length);
    this.#lists.push(list);
    return this.#lists.length - 1;
  }

  of(id: number): readonly string[] {
    return this.#lists[id] ?? [];
  }

  /** Whether it has no text at all. */
  isBlank(id: number): boolean {
    return this.of(id).every((text) => text === "");
  }
}

/**
 * Leaves out events between two of the same kind, as PostHog does before it follows a person (…/funnels/funnel.py,
 * event_array_filter). In unordered funnels this decides which of many equal events the time is taken from.
 */
export function withoutRepeats(path: Path): Path {
  const kept = emptyPath();
  for (let at = 0; at < path.length; at += 1) {
    if (isBetweenEqual(path, at)) continue;
    kept.times.push(path.times[at] ?? 0);
    kept.steps.push(path.steps[at] ?? 0);
    kept.exclusions.push(path.exclusions[at] ?? 0);
    kept.values.push(path.values[at] ?? 0);
    kept.periods.push(path.periods[at] ?? 0);
    kept.length += 1;
  }
  return kept;
}

function isBetweenEqual(path: Path, at: number): boolean {
  const { times, steps, exclusions, values } = path;
  if (at === 0 || at === path.length - 1) return false;
  if (bitCount(steps[at] ?? 0) + bitCount(exclusions[at] ?? 0) > 1) return false;
  const isEqual = (other: number) =>
    steps[other] === steps[at] && exclusions[other] === exclusions[at] && values[other] === values[at];
  const time = times[at] ?? 0;
  return isEqual(at - 1) && isEqual(at + 1) && time > (times[at - 1] ?? 0) && time < (times[at + 1] ?? 0);
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest = (rest & (rest - 1)) >>> 0) count += 1;
  return count;
}
