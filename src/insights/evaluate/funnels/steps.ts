import { mean, median } from "../numbers.ts";
import type { FunnelsPlan } from "../plan.ts";
import type { FunnelStepItem, FunnelStepsAnswer } from "../results.ts";
import { compareTexts } from "../texts.ts";
import type { Outcome } from "./attempt.ts";
import { hasBit } from "./events.ts";

/*
 * The funnel as bars (PostHog: products/product_analytics/backend/hogql_queries/funnels/funnel.py).
 */

/** Sums for one breakdown value. */
interface Group {
  readonly values: readonly string[];
  /** People by step. */
  readonly counts: number[];
  /** At index i: seconds of each person between required steps i - 1 and i, from 1. */
  readonly durations: number[][];
  /** Seconds from the first step to the last, of those who finished. */
  readonly totals: number[];
}

export class StepCounts {
  readonly #plan: FunnelsPlan;
  readonly #groups = new Map<number, Group>();

  constructor(plan: FunnelsPlan) {
    this.#plan = plan;
  }

  add(id: number, values: readonly string[], { steps, last, durations }: Outcome): void {
    const group = this.#groups.get(id) ?? emptyGroup(this.#plan, values);
    this.#groups.set(id, group);
    group.counts.forEach((_, step) => {
      if (hasBit(steps, step)) group.counts[step] = (group.counts[step] ?? 0) + 1;
    });
    durations.forEach((seconds, index) => {
      // PostHog leaves out passages that take no time.
      if (seconds > 0) group.durations[index + 1]?.push(seconds);
    });
    if (last >= this.#plan.steps.length - 1) group.totals.push(durations.reduce((sum, one) => sum + one, 0));
  }

  answer(): Pick<FunnelStepsAnswer, "results" | "total_median_conversion_time"> {
    const groups = this.#limited([...this.#groups.values()].sort(byLastSteps));
    const results = groups.map((group) => this.#plan.steps.map((_, step) => stepItem(this.#plan, group, step)));
    return {
      results: this.#plan.breakdown === null ? (results[0] ?? []) : results,
      total_median_conversion_time: median(groups.flatMap(({ totals }) => totals)),
    };
  }

  /** The largest values, and the sum of the rest in the place that its size gives it. */
  #limited(sorted: readonly Group[]): readonly Group[] {
    const limit = this.#plan.breakdown?.limit ?? sorted.length;
    if (sorted.length <= limit) return sorted;
    const other = emptyGroup(this.#plan, ["Other"]);
    for (const group of sorted.slice(limit)) {
      group.counts.forEach((count, step) => {
        other.counts[step] = (other.counts[step] ?? 0) + count;
      });
      group.durations.forEach((durations, index) => {
        for (const seconds of durations) other.durations[index]?.push(seconds);
      });
      for (const seconds of group.totals) other.totals.push(seconds);
    }
    return [...sorted.slice(0, limit), other].sort(byLastSteps);
  }
}

function emptyGroup({ steps }: FunnelsPlan, values: readonly string[]): Group {
  return { values, counts: steps.map(() => 0), durations: steps.map(() => []), totals: [] };
}

/** Orders by most people at the last step, then at the one before. */
function byLastSteps(a: Group, b: Group): number {
  for (let step = a.counts.length - 1; step >= 0; step -= 1) {
    const order = (b.counts[step] ?? 0) - (a.counts[step] ?? 0);
    if (order !== 0) return order;
  }
  return compareTexts(a.values, b.values);
}

function stepItem(plan: FunnelsPlan, group: Group, step: number): FunnelStepItem {
  const durations = group.durations[step] ?? [];
  return {
    ...stepNames(plan, step),
    order: step,
    people: [],
    count: group.counts[step] ?? 0,
    type: "events",
    average_conversion_time: mean(durations),
    median_conversion_time: median(durations),
    ...(plan.breakdown === null ? {} : { breakdown: group.values, breakdown_value: group.values }),
  };
}

function stepNames({ steps, order }: FunnelsPlan, step: number) {
  if (order === "unordered") {
    return { action_id: null, name: `Completed ${step + 1} ${step === 0 ? "step" : "steps"}`, custom_name: null };
  }
  const { event = null, customName = null } = steps[step] ?? {};
  return { action_id: event, name: event, custom_name: customName };
}
