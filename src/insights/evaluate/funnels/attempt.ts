import type { FunnelsPlan } from "../plan.ts";
import type { Attributed } from "./attribution.ts";
import { hasBit, type Path } from "./events.ts";

/*
 * How far a person gets through the steps in order (PostHog: funnel-udf/src/steps.rs). Every first step begins an
 * attempt. A later step belongs to the attempt that has reached the previous step, within the window since its
 * beginning. The first attempt that gets furthest counts.
 */

/** A person's result in a funnel. */
export interface Outcome {
  /** Bit i: step i was reached. */
  readonly steps: number;
  /** The last step reached, from 0, among those that are not optional. */
  readonly last: number;
  /** Seconds between the steps that are not optional. */
  readonly durations: readonly number[];
}

export type FunnelRules = Pick<FunnelsPlan, "steps" | "order" | "windowSeconds">;

interface Attempt {
  readonly start: number;
  excluded: boolean;
  /** Times of the steps that are not optional. */
  readonly times: readonly number[];
  readonly steps: number;
  /** The events that the attempt used. */
  readonly events: readonly number[];
}

/** Null for a person who did not enter, or who is removed by an exclusion. */
export function followInOrder(path: Path, rules: FunnelRules, attributed: Attributed): Outcome | null {
  const walk = new OrderedWalk(rules, attributed, path);
  const counts = (at: number) => !attributed.onlyItsEvents || path.values[at] === attributed.value;
  let at = 0;
  while (at < path.length && !walk.isDone) {
    const instant: number[] = [];
    const time = path.times[at];
    for (; at < path.length && path.times[at] === time; at += 1) if (counts(at)) instant.push(at);
    if (instant.length > 0) walk.take(instant);
  }
  return walk.outcome();
}

class OrderedWalk {
  readonly #rules: FunnelRules;
  readonly #attributed: Attributed;
  readonly #path: Path;
  /** At index s the attempt that was the last to reach s steps. */
  readonly #reached: (Attempt | undefined)[];
  #best: { readonly count: number; readonly attempt: Attempt } | null = null;

  constructor(rules: FunnelRules, attributed: Attributed, path: Path) {
    this.#rules = rules;
    this.#attributed = attributed;
    this.#path = path;
    this.#reached = new Array<Attempt | undefined>(rules.steps.length + 1).fill(undefined);
  }

  get isDone(): boolean {
    return this.#reached[this.#rules.steps.length] !== undefined;
  }

  /** Processes all events of one instant. */
  take(events: readonly number[]): void {
    const [first = 0] = events;
    this.#reached[0] = { start: this.#path.times[first] ?? 0, excluded: false, times: [], steps: 0, events: [] };
    const isSameKind = (event: number) =>
      this.#path.steps[event] === this.#path.steps[first] &&
      this.#path.exclusions[event] === this.#path.exclusions[first];
    if (events.every(isSameKind)) {
      for (const event of events) this.#takeOne(event);
    } else {
      this.#takeTogether(events);
    }
  }

  outcome(): Outcome | null {
    const best = this.#best;
    if (best === null || best.attempt.excluded) return null;
    const optional = this.#rules.steps.slice(0, best.count).filter((step) => step.optional).length;
    const { times, steps } = best.attempt;
    const durations = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    return { steps, last: best.count - 1 - optional, durations };
  }

  /** From the last step to the first, so that one event is one step of an attempt only. */
  #takeOne(event: number): void {
    const exclusions = this.#path.exclusions[event] ?? 0;
    const steps = this.#path.steps[event] ?? 0;
    const count = this.#rules.steps.length;
    for (let step = count - 1; step >= 0; step -= 1) if (hasBit(exclusions, step)) this.#exclude(event, step);
    for (let step = count - 1; step >= 0; step -= 1) if (hasBit(steps, step)) this.#reach(event, step, false);
    if (this.#rules.order !== "strict") return;
    // An event that is not the attempt's next step ends the attempt.
    for (let step = 0; step < count; step += 1) if (!hasBit(steps, step)) this.#reached[step + 1] = undefined;
  }

  /** Different events at the same instant: in the order of the steps, exclusions and strictness set aside. */
  #takeTogether(events: readonly number[]): void {
    for (let step = 0; step < this.#rules.steps.length; step += 1) {
      for (const event of events) if (hasBit(this.#path.steps[event] ?? 0, step)) this.#reach(event, step, true);
    }
  }

  #reach(event: number, step: number, isTogether: boolean): void {
    const found = this.#attemptBefore(event, step);
    if (found === null) return;
    const { attempt, index } = found;
    const { stepWithValue, value } = this.#attributed;
    if (index === stepWithValue && this.#path.values[event] !== value) return;
    if (isTogether && attempt.events.includes(event)) return;
    const isOptional = this.#rules.steps[step]?.optional === true;
    const further: Attempt = {
      start: attempt.start,
      excluded: attempt.excluded,
      times: isOptional ? attempt.times : [...attempt.times, this.#path.times[event] ?? 0],
      events: isOptional ? attempt.events : [...attempt.events, event],
      steps: (attempt.steps | (1 << step)) >>> 0,
    };
    if (!attempt.excluded) this.#reached[step + 1] = further;
    const best = this.#best;
    if (best === null || step + 1 > best.count || (step + 1 === best.count && best.attempt.excluded)) {
      this.#best = { count: step + 1, attempt: { ...further } };
    }
  }

  #exclude(event: number, step: number): void {
    const found = this.#attemptBefore(event, step);
    if (found === null || found.attempt.excluded) return;
    found.attempt.excluded = true;
    const best = this.#best;
    if (best?.count !== found.index) return;
    if ((this.#path.times[event] ?? 0) - best.attempt.start <= this.#rules.windowSeconds) best.attempt.excluded = true;
  }

  /**
   * The attempt that the event could advance to the step: one at the previous step, or at one before optional steps.
   */
  #attemptBefore(event: number, step: number): { attempt: Attempt; index: number } | null {
    const time = this.#path.times[event] ?? 0;
    for (let index = step; index >= 0; index -= 1) {
      const attempt = this.#reached[index];
      if (attempt !== undefined && time - attempt.start <= this.#rules.windowSeconds) {
        return this.#reached[step + 1]?.start === attempt.start ? null : { attempt, index };
      }
      if (index === 0 || this.#rules.steps[index - 1]?.optional !== true) return null;
    }
    return null;
  }
}
