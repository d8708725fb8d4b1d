import type { DashboardDefinition } from "../../insights/define/index.ts";
import type { Gap } from "./gaps.ts";

/** What an import did, or would do. */
export interface ImportReport {
  readonly stack: string;
  readonly dashboard: { readonly id: string; readonly url: string; readonly title: string; readonly key: string };
  /** "adopt": nobody managed it. "keep": this stack does, and its definition is written from what is live. */
  readonly action: "adopt" | "keep";
  readonly dryRun: boolean;
  /** Files that were written; with `dryRun`, that would be. None when all says what is live already. */
  readonly files: readonly string[];
  /** What the definition's file says; whole, so that a program needs nothing else. */
  readonly source: string;
  readonly owner: string;
  /** Nobody named the owner. */
  readonly isOwnerAssumed: boolean;
  readonly tiles: readonly ImportedTile[];
  /** By name, what no definition can make and what therefore stays as it is. */
  readonly leftAlone: readonly string[];
  /** What was changed by hand, by the keys of tiles and the names of the dashboard's own fields. */
  readonly changes?: {
    readonly fields: readonly string[];
    readonly changed: readonly string[];
    readonly added: readonly string[];
    readonly removed: readonly string[];
  };
  /** Alerts of this repository on tiles that are gone, as `dashboard/tile`. */
  readonly lostAlerts: readonly string[];
  /** Problems of tiles as they were found, which the definition accepts. */
  readonly accepted: NonNullable<DashboardDefinition["accepted"]>;
  readonly gaps: readonly Gap[];
}

export interface ImportedTile {
  readonly key: string;
  readonly title: string;
  readonly kind: "insight" | "text";
  /** Why it is PostHog's own query. */
  readonly raw?: readonly string[];
}
