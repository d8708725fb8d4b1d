import { type Owner, owners } from "../../catalog/owners.ts";
import { type AlertChange, alertChanges } from "../changes/alerts.ts";
import { type DashboardChange, dashboardChanges } from "../changes/dashboards.ts";
import { otherChanges } from "../changes/others.ts";
import { type VariableSetChange, variableChanges } from "../changes/variables.ts";
import type { Becomes, Plan } from "../plan/plan.ts";
import { checkPolicy, type PolicyResult } from "../policy/check.ts";
import { join, type Phrase, say } from "../text/phrase.ts";
import { healCommand, type Keep, keepAlert, keepDashboard, keepOther, keepVariables } from "./actions.ts";
import { dashboardWords, isWholeGone, variableWords } from "./words.ts";

/** One thing that somebody changed by hand. */
export interface Drifted {
  readonly urn: string;
  /** "dashboard", "alert", … */
  readonly kind: string;
  readonly name: string;
  /** Where it can be looked at. */
  readonly url?: string;
  readonly change: Becomes;
  readonly words: readonly Phrase[];
  /** Puts back what the code says. */
  readonly heal: string;
  /** What to do in order to keep it. */
  readonly keep: Keep;
}

/** What somebody changed by hand, by who answers for it. */
export interface DriftReport {
  readonly stack: string;
  readonly outcome: "none" | "drift" | "failed";
  readonly owners: readonly { readonly owner: Owner; readonly drifted: readonly Drifted[] }[];
  /** Puts back everything. */
  readonly heal: string;
  readonly policy: PolicyResult;
  readonly errors: readonly string[];
}

/** `plan` is what a refresh saw: before is as it was written, after as it is. */
export function driftReport(stack: string, plan: Plan): DriftReport {
  const found = driftIn(stack, plan);
  const byOwner = Object.groupBy(found, ({ owner }) => owner);
  const answering = (Object.keys(owners) as Owner[]).flatMap((owner) => {
    const drifted = (byOwner[owner] ?? []).map(({ owner: _owner, ...rest }) => rest);
    return drifted.length === 0 ? [] : [{ owner, drifted }];
  });
  return {
    stack,
    outcome: plan.errors.length > 0 ? "failed" : found.length > 0 ? "drift" : "none",
    owners: answering,
    heal: healCommand(stack),
    policy: checkPolicy(plan),
    errors: plan.errors,
  };
}

type Owned = Drifted & { owner: Owner };

function driftIn(stack: string, { changes }: Plan): Owned[] {
  const variables = Map.groupBy(variableChanges(changes), ({ urn }) => urn);
  return [
    ...dashboardChanges(changes).map((change) => dashboardDrift(stack, change)),
    ...alertChanges(changes).map((change) => alertDrift(stack, change)),
    ...[...variables.values()].map((sets) => variablesDrift(stack, sets)),
    ...otherChanges(changes).map(({ urn, kind, name, change, words }) => ({
      ...{ urn, kind, name, change, words, owner: "platform" as const },
      heal: healCommand(stack, urn),
      keep: keepOther(urn, change),
    })),
  ];
}

function dashboardDrift(stack: string, change: DashboardChange): Owned {
  const { urn, title, url, owner } = change;
  return {
    ...{ urn, kind: "dashboard", name: title, change: change.change, owner: answering(owner) },
    ...(url !== undefined && { url }),
    words: dashboardWords(change),
    heal: healCommand(stack, urn),
    keep: keepDashboard(stack, change),
  };
}

function alertDrift(stack: string, { urn, kind, vendor, name, owner, change, words }: AlertChange): Owned {
  return {
    ...{ urn, kind: `${kind} at ${vendor}`, name, change, owner: answering(owner) },
    words: isWholeGone(change) ? [] : words,
    heal: healCommand(stack, urn),
    keep: keepAlert(vendor, change),
  };
}

function variablesDrift(stack: string, sets: readonly VariableSetChange[]): Owned {
  const [{ urn, app, vendor } = { urn: "", app: "", vendor: "Render" }] = sets;
  const all = sets.flatMap(({ stage, variables }) => variables.map((variable) => ({ stage, ...variable })));
  const words = all.map(({ stage, ...variable }) =>
    stage === "preview" ? say`${variableWords(variable)} (preview deployments)` : variableWords(variable),
  );
  return {
    ...{ urn, kind: `variables on ${vendor}`, name: app, change: "changed", owner: "platform" },
    words: words.length > 3 ? words : [join(words, "; ")],
    heal: healCommand(stack, urn),
    keep: keepVariables(all.map(({ source }) => source)),
  };
}

/** Sentry's own owners are numbers, and a live dashboard's may be anything: then it is the platform team's business. */
const answering = (owner: string | undefined): Owner =>
  owner !== undefined && Object.hasOwn(owners, owner) ? (owner as Owner) : "platform";
