import type { Change } from "../plan/plan.ts";
import { code, name, type Phrase, plain, quantity, say, strong } from "../text/phrase.ts";
import type { AlertChange } from "./alerts.ts";
import { type DashboardChange, dashboardType } from "./dashboards.ts";
import { isStateful, kindOf } from "./kinds.ts";
import type { VariableSetChange } from "./variables.ts";

/** Something that an `up` would destroy. */
export interface Loss {
  readonly urn: string;
  /** True when it cannot be restored. */
  readonly forGood: boolean;
  readonly what: Phrase;
  readonly lost: Phrase;
}

export interface Destroying {
  readonly changes: readonly Change[];
  readonly dashboards: readonly DashboardChange[];
  readonly alerts: readonly AlertChange[];
  readonly variables: readonly VariableSetChange[];
}

/** Everything that a plan would destroy; what cannot be restored comes first. */
export function losses({ changes, dashboards, alerts, variables }: Destroying): Loss[] {
  const all = [
    ...changes.flatMap(resourceLoss),
    ...dashboards.flatMap(dashboardLoss),
    ...alerts.flatMap(alertLoss),
    ...variables.flatMap(variableLosses),
    ...dashboards.flatMap(tileLosses),
  ];
  return all.toSorted((a, b) => Number(b.forGood) - Number(a.forGood));
}

/** Kinds that are described separately below. */
const spoken =
  /posthog:(Dashboard|InsightAlert)$|sentry:(Alert|(Uptime|Cron)?Monitor)$|:(PagesVariables|ServiceVariables)$/;

function resourceLoss(change: Change): Loss[] {
  const { kind, type, urn, name: resource } = change;
  const { title, lost } = kindOf(type);
  if ((kind !== "deleted" && kind !== "replaced") || spoken.test(type) || lost === undefined) return [];
  if (change.before.retainOnDelete) return [];
  const what = say`${title} ${strong(resource)} ${kind === "deleted" ? "is deleted" : "is deleted and made anew"}`;
  return [{ urn, forGood: isStateful(type), what, lost: plain(`Lost: ${lost}`) }];
}

function dashboardLoss({ urn, change, title, owner, before }: DashboardChange): Loss[] {
  if (change !== "removed" && change !== "replaced") return [];
  const count = quantity(Object.keys(before?.tiles ?? {}).length, "tile");
  const again = change === "replaced" ? " and made anew" : "";
  const what = say`dashboard ${strong(title)}${whose(owner)} with its ${count} is deleted${again}`;
  return [{ urn, forGood: false, what, lost: plain(`Lost: ${kindOf(dashboardType).lost}`) }];
}

function tileLosses({ urn, change, title, owner, before, tiles }: DashboardChange): Loss[] {
  if (change !== "changed") return [];
  return tiles
    .filter((tile) => tile.change === "removed")
    .map((tile) => ({
      urn,
      forGood: false,
      what: say`tile ${name(tile.title)} of dashboard ${strong(title)}${whose(owner)} is removed`,
      lost: plain(
        before?.tiles[tile.key]?.kind === "text"
          ? "Lost: its text."
          : "Lost: its insight with its address, unless somebody put it on another dashboard, too. It can be restored in PostHog.",
      ),
    }));
}

const whose = (owner: string): string => (owner === "" ? "" : ` (${owner})`);

function alertLoss({ urn, change, kind, vendor, name: alert, recipients }: AlertChange): Loss[] {
  if (change !== "removed") return [];
  const lost =
    kind === "monitor"
      ? "Lost: it opens no more issues, and alerts that watch it no longer fire."
      : `Lost: ${recipients.length === 0 ? "it notified nobody" : `${recipients.join(", ")} will no longer be notified`}.`;
  return [{ urn, forGood: false, what: say`${kind} ${strong(alert)} at ${vendor} is deleted`, lost: plain(lost) }];
}

function variableLosses({ urn, app, vendor, stage, variables }: VariableSetChange): Loss[] {
  return variables
    .filter(({ change }) => change === "removed")
    .map(({ name: variable, meaning }) => ({
      urn,
      forGood: false,
      what: say`${strong(app)} loses ${code(variable)} on ${vendor}${stage === "preview" ? " (preview deployments)" : ""}`,
      lost: plain(`Lost: ${meaning === undefined ? "its value." : meaning.charAt(0).toLowerCase() + meaning.slice(1)}`),
    }));
}
