import { earliestEvent, type QueryContext } from "../context.ts";
import type { FunnelsPlan } from "../plan.ts";
import type { DateRangeAnswer, FunnelStepsAnswer, FunnelTrendsAnswer, TimeToConvertAnswer } from "../results.ts";
import { bucketsOf } from "../time/buckets.ts";
import { type Range, resolveRange } from "../time/range.ts";
import { instantOf, isoOf } from "../time/wall.ts";
import { followInOrder, type Outcome } from "./attempt.ts";
import { type Attributed, attributions } from "./attribution.ts";
import { entrances } from "./entrances.ts";
import { type Path, Values, withoutRepeats } from "./events.ts";
import { forEachPath } from "./fetch.ts";
import { EntranceCounts } from "./over-time.ts";
import { StepCounts } from "./steps.ts";
import { conversionSeconds, timeToConvert } from "./time-to-convert.ts";
import { followUnordered } from "./unordered.ts";

export type FunnelsAnswer = FunnelStepsAnswer | TimeToConvertAnswer | FunnelTrendsAnswer;

/** Answers a funnel: DuckDB finds and orders the events, then each person is followed in turn. */
export async function evaluateFunnels(plan: FunnelsPlan, asked: QueryContext): Promise<FunnelsAnswer> {
  const earliest = plan.dateRange.from === "all" ? await earliestEvent(asked, [null], "funnels") : null;
  const range = resolveRange(plan.dateRange, plan.interval, asked.clock, () => earliest, "dateRange");
  const resolved = { resolved_date_range: dateRange(range, asked) };
  if (plan.viz === "trends") {
    return { kind: "funnel trends", results: await overTime(plan, range, asked), ...resolved };
  }
  if (plan.viz === "steps") {
    const counts = new StepCounts(plan);
    await forEachOutcome(plan, range, asked, (id, values, outcome) => counts.add(id, values, outcome));
    return { kind: "funnel steps", ...counts.answer(), ...resolved };
  }
  const seconds: number[] = [];
  await forEachOutcome(plan, range, asked, (_id, _values, outcome) => {
    const taken = conversionSeconds(plan, outcome);
    if (taken !== null) seconds.push(taken);
  });
  return { kind: "time to convert", results: timeToConvert(seconds, plan.binCount), ...resolved };
}

async function forEachOutcome(
  plan: FunnelsPlan,
  range: Range,
  asked: QueryContext,
  onOutcome: (id: number, values: readonly string[], outcome: Outcome) => void,
): Promise<void> {
  const values = new Values();
  await forEachPath(plan, { ...instants(range, asked), buckets: null }, asked, values, (path) => {
    const events = withoutRepeats(path);
    for (const attributed of attributions(plan, path, values)) {
      const outcome = follow(plan, events, attributed);
      if (outcome !== null) onOutcome(attributed.value, values.of(attributed.value), outcome);
    }
  });
}

function follow(plan: FunnelsPlan, path: Path, attributed: Attributed): Outcome | null {
  if (plan.order !== "unordered") return followInOrder(path, plan, attributed);
  return followUnordered(path, { stepCount: plan.steps.length, windowSeconds: plan.windowSeconds }, attributed);
}

async function overTime(plan: FunnelsPlan, range: Range, asked: QueryContext): Promise<FunnelTrendsAnswer["results"]> {
  const values = new Values();
  const buckets = bucketsOf(range, asked.clock);
  const counts = new EntranceCounts(plan, buckets, asked.clock);
  await forEachPath(plan, { ...instants(range, asked), buckets }, asked, values, (path) => {
    for (const attributed of attributions(plan, path, values)) {
      counts.add(attributed.value, values.of(attributed.value), entrances(path, plan, attributed));
    }
  });
  return counts.results();
}

function instants({ from, to }: Range, { clock }: QueryContext) {
  return { from: instantOf(from, clock.timeZone), to: instantOf(to, clock.timeZone) };
}

function dateRange({ from, to }: Range, { clock }: QueryContext): DateRangeAnswer {
  return { date_from: isoOf(from, clock.timeZone), date_to: isoOf(to, clock.timeZone) };
}
