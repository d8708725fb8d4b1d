import type { FunnelsPlan } from "../plan.ts";
import { hasBit, type Path, type Values } from "./events.ts";

/** How an event's value affects one funnel of a person. */
export interface Attributed {
  readonly value: number;
  /** This funnel ignores events with other values. */
  readonly onlyItsEvents: boolean;
  /** Step, from 0, that requires an event with the value; null when every step accepts any. */
  readonly stepWithValue: number | null;
}

/** The breakdown values for which a person goes through the funnel; often one, sometimes none. */
export function attributions(plan: FunnelsPlan, path: Path, values: Values): Attributed[] {
  const { breakdown } = plan;
  if (breakdown === null) return [{ value: values.none, onlyItsEvents: false, stepWithValue: null }];
  const any = (value: number): Attributed => ({ value, onlyItsEvents: false, stepWithValue: null });
  const { attribution } = breakdown;
  switch (attribution.type) {
    case "first touch":
      return [any(firstTouch(path, values) ?? values.idOf(breakdown.by.map(() => "")))];
    case "last touch":
      return [any(lastTouch(path, values) ?? values.idOf(breakdown.by.map(() => "")))];
    case "all events":
      return distinct(path.values).map((value) => ({ ...any(value), onlyItsEvents: true }));
    case "step": {
      const { step } = attribution;
      // In an unordered funnel any event may turn out to be the first step.
      const seen = path.values.filter((_, at) => plan.order === "unordered" || hasBit(path.steps[at] ?? 0, step));
      return distinct(seen).map((value) => ({ ...any(value), stepWithValue: step }));
    }
  }
}

function firstTouch(path: Path, values: Values): number | undefined {
  return path.values.find((value) => !values.isBlank(value));
}

/** The value at the latest instant that has one; of several events then, the one that arrived first. */
function lastTouch({ values: seen, times }: Path, values: Values): number | undefined {
  const last = seen.findLastIndex((value) => !values.isBlank(value));
  return seen.find((value, at) => times[at] === times[last] && !values.isBlank(value));
}

const distinct = (values: readonly number[]) => [...new Set(values)];
