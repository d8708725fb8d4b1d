import { NotEvaluable } from "../errors.ts";
import { sumOf } from "../numbers.ts";
import type { FunnelsPlan } from "../plan.ts";
import type { FunnelTrendsItem } from "../results.ts";
import { compareTexts } from "../texts.ts";
import type { Buckets } from "../time/buckets.ts";
import { later } from "../time/intervals.ts";
import type { Clock } from "../time/range.ts";
import { hourMicros, instantOf, minuteMicros, secondMicros, type Wall } from "../time/wall.ts";
import type { Entrances } from "./entrances.ts";

/*
 * Conversion by the period of the entrance (PostHog: …/funnels/funnel_trends.py).
 */

/** Maximum number of rows that PostHog returns for a funnel without breakdown. */
const mostPeriods = 1000;

interface Group {
  readonly values: readonly string[];
  /** People by period. */
  readonly entered: number[];
  readonly converted: number[];
}

export class EntranceCounts {
  readonly #plan: FunnelsPlan;
  readonly #buckets: Buckets;
  readonly #clock: Clock;
  readonly #groups = new Map<number, Group>();

  constructor(plan: FunnelsPlan, buckets: Buckets, clock: Clock) {
    if (buckets.starts.length > mostPeriods)
      throw new NotEvaluable(`a funnel over ${buckets.starts.length} periods`, "dateRange");
    this.#plan = plan;
    this.#buckets = buckets;
    this.#clock = clock;
  }

  add(id: number, values: readonly string[], entrances: Entrances): void {
    if (entrances.size === 0) return;
    const group = this.#groups.get(id) ?? this.#empty(values);
    this.#groups.set(id, group);
    for (const [period, how] of entrances) {
      group.entered[period] = (group.entered[period] ?? 0) + 1;
      if (how === "converted") group.converted[period] = (group.converted[period] ?? 0) + 1;
    }
  }

  results(): FunnelTrendsItem[] {
    const { breakdown } = this.#plan;
    if (breakdown === null) return [this.#item([...this.#groups.values()][0] ?? this.#empty([]))];
    const ranked = [...this.#groups.values()].sort(
      (a, b) => sumOf(b.entered) - sumOf(a.entered) || compareTexts(b.values, a.values),
    );
    if (ranked.length > breakdown.limit && this.#plan.hideIncompletePeriods) {
      throw new NotEvaluable("hidden periods with more values than the limit", "breakdownFilter.breakdown_limit");
    }
    const shown = ranked.slice(0, breakdown.limit).sort((a, b) => compareTexts(a.values, b.values));
    return shown.map((group) => ({ ...this.#item(group), breakdown_value: group.values }));
  }

  #empty(values: readonly string[]): Group {
    const zeros = () => this.#buckets.starts.map(() => 0);
    return { values, entered: zeros(), converted: zeros() };
  }

  #item({ entered, converted }: Group): FunnelTrendsItem {
    const { starts, days, labels } = this.#buckets;
    const shown = starts.flatMap((start, index) => (this.#isShown(start) ? [index] : []));
    const pick = <Value>(list: readonly Value[]) => shown.flatMap((index) => list[index] ?? []);
    return {
      count: shown.length,
      data: shown.map((index) => rate(converted[index] ?? 0, entered[index] ?? 0)),
      // PostHog writes the time of day for hours only.
      days: this.#plan.interval === "minute" ? pick(days).map((day) => day.slice(0, 10)) : pick(days),
      labels: pick(labels),
    };
  }

  /** Whether the window is over even for the last who could enter in the period, when unfinished periods are hidden. */
  #isShown(start: Wall): boolean {
    if (!this.#plan.hideIncompletePeriods) return true;
    const { now, timeZone } = this.#clock;
    const wholeSeconds = Math.floor(instantOf(now, timeZone) / secondMicros);
    return this.#endOf(start) <= (wholeSeconds - this.#plan.windowSeconds) * secondMicros;
  }

  #endOf(start: Wall): number {
    const { interval } = this.#plan;
    const { timeZone } = this.#clock;
    if (interval === "hour") return instantOf(start, timeZone) + hourMicros;
    if (interval === "minute") return instantOf(start, timeZone) + minuteMicros;
    return instantOf(later(interval, start, 1), timeZone);
  }
}

/** Per cent with two digits. */
function rate(converted: number, entered: number): number {
  return entered === 0 ? 0 : Math.round((converted / entered) * 10_000) / 100;
}
