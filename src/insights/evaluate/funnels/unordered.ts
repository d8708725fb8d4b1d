import type { Outcome } from "./attempt.ts";
import type { Attributed } from "./attribution.ts";
import { hasBit, type Path } from "./events.ts";

/*
 * Steps in any order (PostHog: funnel-udf/src/unordered_steps.rs). A window slides over the events. The result is the
 * largest number of steps in it at once, checked when its oldest event leaves and at the end. An exclusion empties the
 * window without a check.
 */

interface WindowEvent {
  readonly time: number;
  readonly period: number;
}

/** Called each time before the oldest event leaves the window. */
export type OnLook = (window: UnorderedWindow, oldest: WindowEvent) => void;

export interface UnorderedRules {
  readonly stepCount: number;
  readonly windowSeconds: number;
}

export class UnorderedWindow {
  readonly #queues: WindowEvent[][];
  readonly #rules: UnorderedRules;

  constructor(rules: UnorderedRules) {
    this.#rules = rules;
    this.#queues = Array.from({ length: rules.stepCount }, () => []);
  }

  /** Number of steps that have an event in the window. */
  get completed(): number {
    return this.#queues.filter((queue) => queue.length > 0).length;
  }

  /** Times of the oldest event of each step, in order. */
  get times(): number[] {
    return this.#queues.flatMap(([oldest]) => oldest?.time ?? []).sort((a, b) => a - b);
  }

  /** Removes events that are too old at that time, and the oldest of a finished funnel; `empties`: all events. */
  slide(time: number, look: OnLook, empties: boolean): void {
    for (;;) {
      const queue = this.#oldest();
      const [oldest] = queue ?? [];
      if (queue === undefined || oldest === undefined) return;
      const isTooOld = oldest.time + this.#rules.windowSeconds < time;
      if (!empties && !isTooOld && this.completed < this.#rules.stepCount) return;
      look(this, oldest);
      queue.shift();
    }
  }

  clear(): void {
    for (const queue of this.#queues) queue.length = 0;
  }

  /** Assigns the event to the step that has waited longest for one. */
  add(steps: number, event: WindowEvent): void {
    let chosen: WindowEvent[] | undefined;
    for (const [step, queue] of this.#queues.entries()) {
      if (hasBit(steps, step) && (chosen === undefined || lastTime(queue) < lastTime(chosen))) chosen = queue;
    }
    chosen?.push(event);
  }

  #oldest(): WindowEvent[] | undefined {
    let found: WindowEvent[] | undefined;
    for (const queue of this.#queues) {
      const [first] = queue;
      if (first !== undefined && (found?.[0] === undefined || first.time < found[0].time)) found = queue;
    }
    return found;
  }
}

const lastTime = (queue: readonly WindowEvent[]) => queue.at(-1)?.time ?? 0;

/** Runs a person's events through a window and returns it after the last event. */
export function slideOver(
  path: Path,
  rules: UnorderedRules,
  attributed: Attributed,
  look: OnLook,
  isFinished: () => boolean = () => false,
): { window: UnorderedWindow; lastTime: number } {
  const window = new UnorderedWindow(rules);
  let lastTime = 0;
  for (let at = 0; at < path.length && !isFinished(); at += 1) {
    const value = path.values[at];
    if (attributed.onlyItsEvents && value !== attributed.value) continue;
    const time = path.times[at] ?? 0;
    const steps = path.steps[at] ?? 0;
    lastTime = time;
    window.slide(time, look, false);
    if (steps === 0) window.clear();
    else if (window.completed !== attributed.stepWithValue || value === attributed.value) {
      window.add(steps, { time, period: path.periods[at] ?? 0 });
    }
  }
  return { window, lastTime };
}

/** Null for a person who did none of the steps, or whose steps were all excluded. */
export function followUnordered(path: Path, rules: UnorderedRules, attributed: Attributed): Outcome | null {
  let best: readonly number[] = [];
  const look = (window: UnorderedWindow) => {
    if (window.completed > best.length) best = window.times;
  };
  const isFinished = () => best.length === rules.stepCount;
  const { window } = slideOver(path, rules, attributed, look, isFinished);
  if (!isFinished()) look(window);
  if (best.length === 0) return null;
  const durations = best.slice(1).map((time, index) => time - (best[index] ?? 0));
  return { steps: 2 ** best.length - 1, last: best.length - 1, durations };
}
