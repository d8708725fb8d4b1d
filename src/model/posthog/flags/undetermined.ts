/**
 * Why a flag cannot be evaluated without PostHog:
 * - `property missing`: a condition asks for a property that was not given, or whose value it cannot compare;
 * - `needs PostHog`: the definition itself, e.g. a cohort, a pattern that JavaScript reads differently.
 */
export type UndeterminedReason = "property missing" | "needs PostHog";

/** Thrown within the evaluation; the evaluator returns it as a result. */
export class Undetermined extends Error {
  readonly reason: UndeterminedReason;
  /** Caused by a pattern: then a later condition set decides only if this one could not decide otherwise. */
  readonly byPattern: boolean;

  constructor(reason: UndeterminedReason, message: string, byPattern = false) {
    super(message);
    this.reason = reason;
    this.byPattern = byPattern;
  }
}
