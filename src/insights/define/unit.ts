import type { AxisFormat } from "./query.ts";

interface Scale {
  readonly from: number;
  readonly to: number;
  readonly problem: string;
  readonly fix: string;
}

/** Units of values, as the axis shows them. Counts are missing here: a formula over them may have any unit. */
const scales: Readonly<Partial<Record<AxisFormat, Scale>>> = {
  percentage_scaled: { from: 0, to: 1, problem: "where the values are shares from 0 to 1", fix: "5 % is 0.05" },
  percentage: { from: 0, to: 100, problem: "where the values are per cent from 0 to 100", fix: "5 % is 5" },
  duration: { from: 0, to: Number.POSITIVE_INFINITY, problem: "where the values are seconds", fix: "a minute is 60" },
  duration_ms: {
    from: 0,
    to: Number.POSITIVE_INFINITY,
    problem: "where the values are milliseconds",
    fix: "3 seconds are 3000",
  },
};

/** People never wait for less than this: a smaller number of milliseconds was meant as seconds. */
export const leastMilliseconds = 10;

/**
 * What is wrong with a threshold or a goal line for values of this unit: a number that they never reach, because it is
 * in another unit. Undefined when it is fine.
 *
 * @internal
 */
export function unitProblem(format: unknown, value: unknown): { problem: string; fix: string } | undefined {
  if (typeof value !== "number" || !Number.isFinite(value))
    return { problem: `${String(value)}, which is no number`, fix: "give it a number" };
  const scale = Object.hasOwn(scales, String(format)) ? scales[format as AxisFormat] : undefined;
  if (scale === undefined) return undefined;
  const isSeconds = format === "duration_ms" && value > 0 && value < leastMilliseconds;
  if (value >= scale.from && value <= scale.to && !isSeconds) return undefined;
  return { problem: `${value}, ${scale.problem}`, fix: scale.fix };
}
