import { isDeepStrictEqual } from "node:util";
import { NotEvaluable, QueryRejected } from "../errors.ts";
import type { Exclusion, FunnelStep, FunnelsPlan } from "../plan.ts";
import { within } from "./parse.ts";

/*
 * What PostHog answers with 400 (products/product_analytics/backend/hogql_queries/funnels/funnel_validation_rules.py).
 */

/** A step is a bit of an unsigned 32-bit number, at PostHog and here. */
const mostSteps = 32;

export function checkFunnel(plan: FunnelsPlan, where: string): void {
  const last = plan.steps.length - 1;
  const at = (field: string) => within(where, ["funnelsFilter", field]);
  if (plan.steps.length < 2) throw new QueryRejected("a funnel needs two steps", within(where, ["series"]));
  if (plan.steps.length > mostSteps) {
    throw new QueryRejected(`a funnel has at most ${mostSteps} steps`, within(where, ["series"]));
  }
  if (plan.fromStep < 0 || plan.fromStep > last - 1) {
    throw new QueryRejected(`funnelFromStep is from 0 to ${last - 1}`, at("funnelFromStep"));
  }
  if (plan.toStep < 1 || plan.toStep > last || plan.fromStep >= plan.toStep) {
    throw new QueryRejected(`funnelToStep is after funnelFromStep and at most ${last}`, at("funnelToStep"));
  }
  for (const exclusion of plan.exclusions) checkExclusion(plan, exclusion);
  checkOptionalSteps(plan);
  checkAttribution(plan, where);
}

function checkExclusion({ steps, order }: FunnelsPlan, exclusion: Exclusion): void {
  const { fromStep, toStep, where } = exclusion;
  const last = steps.length - 1;
  if (fromStep < 0 || fromStep >= toStep || toStep > last) {
    throw new QueryRejected("an exclusion lies between two steps of the funnel", where);
  }
  if (order === "unordered" && (fromStep !== 0 || toStep !== last)) {
    throw new QueryRejected("in an unordered funnel an exclusion spans all steps", where);
  }
  if (steps.slice(fromStep, toStep + 1).some((step) => covers(step, exclusion))) {
    throw new QueryRejected("an exclusion is also one of the steps that it lies between", where);
  }
}

/** The step takes every event that the other takes: same event, and no filter that the other has not. */
function covers(step: Pick<FunnelStep, "event" | "filter">, other: Pick<FunnelStep, "event" | "filter">): boolean {
  if (step.event !== other.event) return false;
  return conditions(step).every((condition) => conditions(other).some((one) => isDeepStrictEqual(one, condition)));
}

function conditions({ filter }: Pick<FunnelStep, "filter">): unknown[] {
  const parts = filter.type === "all" ? filter.filters : [filter];
  return parts.map((part) => ({ ...part, where: undefined }));
}

function checkOptionalSteps({ steps, order, viz }: FunnelsPlan): void {
  const optional = steps.filter((step) => step.optional);
  const [first] = optional;
  if (first === undefined) return;
  if (order === "unordered" || viz !== "steps") {
    throw new QueryRejected("optional steps need an ordered or strict funnel shown as steps", first.where);
  }
  if (steps[0]?.optional) throw new QueryRejected("the first step cannot be optional", first.where);
  steps.forEach((step, index) => {
    const next = steps[index + 1];
    if (step.optional && next && !next.optional && covers(next, step)) {
      throw new QueryRejected("an optional step is the same as the required one after it", step.where);
    }
  });
}

function checkAttribution({ breakdown, order, steps }: FunnelsPlan, where: string): void {
  if (breakdown?.attribution.type !== "step") return;
  const { step } = breakdown.attribution;
  const at = within(where, ["funnelsFilter", "breakdownAttributionValue"]);
  if (order === "unordered" && step !== 0) {
    throw new QueryRejected("in an unordered funnel only the first step can give the value", at);
  }
  if (step < 0 || step >= steps.length) throw new QueryRejected("there is no such step", at);
  if (steps.some(({ optional }) => optional)) {
    throw new NotEvaluable("attribution to a step in a funnel with optional steps", at);
  }
}
