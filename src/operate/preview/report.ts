import type { CatalogFacts } from "../../catalog/facts.ts";
import { eventUses } from "../catalog/usage.ts";
import { type AlertChange, alertChanges, insightAlertType } from "../changes/alerts.ts";
import { type CatalogChange, catalogChanges } from "../changes/catalog.ts";
import { type DashboardChange, dashboardChanges, dashboardType, dashboardView } from "../changes/dashboards.ts";
import { type FlagChange, flagChanges } from "../changes/flags/flags.ts";
import type { CountOf } from "../changes/flags/people.ts";
import { type Loss, losses } from "../changes/losses.ts";
import { type OtherChange, otherChanges } from "../changes/others.ts";
import { type VariableSetChange, variableChanges } from "../changes/variables.ts";
import type { DriftReport } from "../drift/report.ts";
import type { DashboardPictures } from "../pictures/draw.ts";
import type { Plan, Resource } from "../plan/plan.ts";
import { checkPolicy, type PolicyResult } from "../policy/check.ts";

/** What an `up` would do, for people and programs. Holds no secret: variables are listed by name. */
export interface PreviewReport {
  readonly stack: string;
  readonly outcome: "nothing changes" | "changes" | "failed";
  readonly losses: readonly Loss[];
  readonly dashboards: readonly DashboardChange[];
  readonly variables: readonly VariableSetChange[];
  readonly alerts: readonly AlertChange[];
  readonly flags: readonly FlagChange[];
  readonly others: readonly OtherChange[];
  /** Undefined: there was no older catalog to compare with. */
  readonly catalog: readonly CatalogChange[] | undefined;
  readonly policy: PolicyResult;
  /** Pulumi's errors that make the plan incomplete. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** Resources changed by hand; undefined when this was not checked, or the check failed. */
  readonly drifted: number | undefined;
  /** Pulumi's errors of the drift check. */
  readonly driftErrors: readonly string[];
  /** Scopes that an `up` needs and this run's keys lack, by vendor: whether the `up`'s own keys have them was not checked. */
  readonly unverified: readonly string[];
  /** Undefined: none were requested. */
  readonly pictures: Pictures | undefined;
}

/** Drawings of the dashboards that change. */
export interface Pictures {
  /** Folder of the files. */
  readonly folder: string;
  /** Address of the folder. */
  readonly url: string | undefined;
  /** Page of the CI run that stores them, if there is one. */
  readonly runUrl: string | undefined;
  readonly drawn: readonly DashboardPictures[];
  /** Why there are no pictures. */
  readonly problem?: string;
}

export interface PreviewReportInput {
  readonly stack: string;
  readonly plan: Plan;
  /** The catalog before and after; undefined when there is no version to compare with. */
  readonly catalogs?: { readonly before: CatalogFacts; readonly after: CatalogFacts } | undefined;
  /** The refresh's plan; undefined: drift was not checked. */
  readonly drift?: Pick<DriftReport, "owners" | "errors"> | undefined;
  /** The dashboards' changes with numbers in their descriptions. Default: descriptions without numbers. */
  readonly dashboards?: readonly DashboardChange[];
  readonly pictures?: Pictures | undefined;
  /** How many people fulfil the conditions of flags. Default: descriptions without numbers. */
  readonly countOf?: CountOf | undefined;
  /** Default: no lack is known. */
  readonly unverified?: readonly string[];
}

export function previewReport({
  stack,
  plan,
  catalogs,
  drift,
  pictures,
  countOf,
  unverified = [],
  ...given
}: PreviewReportInput): PreviewReport {
  const { changes, errors, warnings } = plan;
  const dashboards = given.dashboards ?? dashboardChanges(changes);
  const variables = variableChanges(changes);
  const alerts = alertChanges(changes);
  const flags = flagChanges(changes, countOf);
  const others = otherChanges(changes);
  const catalog = catalogs && catalogChanges(catalogs.before, catalogs.after, usesIn(plan.resources));
  const policy = checkPolicy(plan);
  const driftErrors = drift?.errors ?? [];
  // A failed check is incomplete, so drift is unknown, not "none".
  const drifted = driftErrors.length > 0 ? undefined : drift && countDrifted(drift);
  const changing = changes.length + (catalog?.length ?? 0) > 0;
  return {
    stack,
    outcome: errors.length > 0 ? "failed" : changing ? "changes" : "nothing changes",
    losses: losses({ changes, dashboards, alerts, variables }),
    ...{ dashboards, variables, alerts, flags, others, catalog, policy, errors, warnings, drifted, driftErrors },
    ...{ unverified, pictures },
  };
}

const countDrifted = ({ owners }: Pick<DriftReport, "owners">): number =>
  owners.reduce((sum, { drifted }) => sum + drifted.length, 0);

/** The tiles that use each event, in the dashboards after the change. */
function usesIn(resources: readonly Resource[]) {
  const dashboards = resources.filter(({ type }) => type === dashboardType).map(dashboardView);
  const alerts = resources
    .filter(({ type }) => type === insightAlertType)
    .map(({ name, inputs }) => ({
      dashboardKey: name.split("/")[0] ?? "",
      tileKey: String(inputs.tileKey),
      name: String(inputs.name ?? name),
    }));
  return eventUses(dashboards, alerts);
}
