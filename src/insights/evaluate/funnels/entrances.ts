import type { FunnelsPlan } from "../plan.ts";
import type { Attributed } from "./attribution.ts";
import { hasBit, type Path } from "./events.ts";
import { slideOver } from "./unordered.ts";

/*
 * In which periods a person entered a funnel, and whether they converted (PostHog: funnel-udf/src/trends.rs and
 * unordered_trends.rs). A conversion belongs to the period of the entrance. Events of the same instant are taken as
 * they come.
 */

/** By index of the period; at most one entrance in each. */
export type Entrances = ReadonlyMap<number, "converted" | "only entered">;

export type EntranceRules = Pick<FunnelsPlan, "steps" | "order" | "windowSeconds" | "fromStep" | "toStep">;

export function entrances(path: Path, rules: EntranceRules, attributed: Attributed): Entrances {
  return rules.order === "unordered"
    ? unorderedEntrances(path, rules, attributed)
    : orderedEntrances(path, rules, attributed);
}

function unorderedEntrances(path: Path, rules: EntranceRules, attributed: Attributed): Entrances {
  const best = new Map<number, number>();
  const windowRules = { stepCount: rules.steps.length, windowSeconds: rules.windowSeconds };
  const { window, lastTime } = slideOver(path, windowRules, attributed, look);
  window.slide(lastTime, look, true);
  function look({ completed }: { completed: number }, { period }: { period: number }) {
    best.set(period, Math.max(best.get(period) ?? 0, completed));
  }
  const entered = [...best].filter(([, count]) => count >= rules.fromStep + 1);
  return new Map(entered.map(([period, count]) => [period, count >= rules.toStep + 1 ? "converted" : "only entered"]));
}

interface Reached {
  /** When the entrance was, in seconds. */
  readonly start: number;
  excluded: boolean;
}

/** Result of the entrances of one period. */
interface PeriodWalk {
  /** At index s: the entrance that was the last to reach s steps; index 0 is unused. */
  reached: (Reached | undefined)[];
  /** Largest number of steps reached. */
  best: number;
  /** Time of the event that reached it. */
  bestTime: number;
  /** "partly": an exclusion followed; "fully": and then the next step. */
  excluded: "no" | "partly" | "fully";
}

function orderedEntrances(path: Path, rules: EntranceRules, attributed: Attributed): Entrances {
  const walk = new EntranceWalk(rules, attributed, path);
  for (let at = 0; at < path.length; at += 1) {
    if (!attributed.onlyItsEvents || path.values[at] === attributed.value) walk.take(at);
  }
  return walk.result();
}

class EntranceWalk {
  readonly #rules: EntranceRules;
  readonly #attributed: Attributed;
  readonly #path: Path;
  readonly #open = new Map<number, PeriodWalk>();
  readonly #converted = new Set<number>();

  constructor(rules: EntranceRules, attributed: Attributed, path: Path) {
    this.#rules = rules;
    this.#attributed = attributed;
    this.#path = path;
  }

  take(event: number): void {
    const steps = this.#path.steps[event] ?? 0;
    const exclusions = this.#path.exclusions[event] ?? 0;
    const count = this.#rules.steps.length;
    for (let step = count - 1; step > 0; step -= 1) if (hasBit(exclusions, step)) this.#exclude(event, step);
    for (let step = count - 1; step >= 0; step -= 1) {
      if (!hasBit(steps, step) || this.#lacksValue(event, step)) continue;
      if (step === 0) this.#enter(event);
      else this.#advance(event, step);
    }
    if (this.#rules.order !== "strict") return;
    for (const { reached } of this.#open.values()) {
      for (let step = 0; step < count; step += 1) if (!hasBit(steps, step)) reached[step + 1] = undefined;
    }
  }

  result(): Entrances {
    const result = new Map<number, "converted" | "only entered">();
    const open = [...this.#open];
    // PostHog: one entrance that was excluded in full takes all unconverted ones with it.
    if (!open.some(([, { excluded }]) => excluded === "fully")) {
      for (const [period, { best, excluded }] of open) {
        if (best >= this.#rules.fromStep + 1 && excluded === "no") result.set(period, "only entered");
      }
    }
    for (const period of this.#converted) result.set(period, "converted");
    return result;
  }

  #lacksValue(event: number, step: number): boolean {
    const { stepWithValue, value } = this.#attributed;
    return step === stepWithValue && this.#path.values[event] !== value;
  }

  #enter(event: number): void {
    const period = this.#path.periods[event] ?? 0;
    const time = this.#path.times[event] ?? 0;
    if (this.#converted.has(period)) return;
    const entrance: Reached = { start: time, excluded: false };
    const walk = this.#open.get(period);
    if (walk !== undefined && !(walk.best === 1 && walk.excluded !== "no")) {
      walk.reached[1] = entrance;
      return;
    }
    this.#open.set(period, { reached: [undefined, entrance], best: 1, bestTime: time, excluded: "no" });
  }

  #advance(event: number, step: number): void {
    const time = this.#path.times[event] ?? 0;
    for (const [period, walk] of this.#open) {
      const before = this.#entranceBefore(walk, time, step);
      if (before === undefined) continue;
      if (!before.excluded) walk.reached[step + 1] = { start: before.start, excluded: false };
      if (walk.reached[this.#rules.toStep + 1] !== undefined) {
        this.#converted.add(period);
        this.#open.delete(period);
      } else if (step + 1 > walk.best || (step + 1 === walk.best && walk.excluded === "partly")) {
        Object.assign(walk, { best: step + 1, bestTime: time, excluded: before.excluded ? "fully" : "no" });
      }
    }
  }

  #exclude(event: number, step: number): void {
    const time = this.#path.times[event] ?? 0;
    for (const walk of this.#open.values()) {
      const before = this.#entranceBefore(walk, time, step);
      if (before === undefined || before.excluded) continue;
      before.excluded = true;
      if (walk.best === step && time - walk.bestTime <= this.#rules.windowSeconds) walk.excluded = "partly";
    }
  }

  /** The entrance that reached the previous step and not yet this one, if it is still within the window. */
  #entranceBefore({ reached }: PeriodWalk, time: number, step: number): Reached | undefined {
    const before = reached[step];
    if (before === undefined || time - before.start > this.#rules.windowSeconds) return undefined;
    return reached[step + 1]?.start === before.start ? undefined : before;
  }
}
