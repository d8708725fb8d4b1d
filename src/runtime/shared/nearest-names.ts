import { nearest } from "../../catalog/nearest.ts";
import { eventRules } from "./catalog.ts";
import type { EventFinding } from "./check.ts";

/** The findings, with the likely intended name added to each unknown one. For development. */
export function withNearestNames(findings: readonly EventFinding[]): EventFinding[] {
  return findings.map((finding) => {
    if (finding.problem !== "unknown") return finding;
    const { event, property } = finding;
    const known = property === undefined ? eventRules : (eventRules[event] ?? {});
    const meant = nearest(property ?? event, Object.keys(known));
    return meant === undefined ? finding : { ...finding, expected: `in the catalog: did you mean "${meant}"?` };
  });
}
