import type { Finding } from "../../../catalog/finding.ts";

/** A finding without its location. */
export type Problem = Omit<Finding, "where">;

export function problem(problem: string, fix: string, value: unknown): Problem {
  return { problem, fix, value };
}
