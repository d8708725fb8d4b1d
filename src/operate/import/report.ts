import type { DashboardDefinition } from "../../insights/define/index.ts";
import type { Gap } from "./gaps.ts";

/** Result of an import; with `dryRun`, what it would do. */
export interface ImportReport {
  readonly stack: string;
  readonly dashboard: { readonly id: string; readonly url: string; readonly title: string; readonly key: string };
  /** "adopt": nobody managed it before. "keep": this stack manages it, and its definition is updated from what is live. */
  readonly action: "adopt" | "keep";
  readonly dryRun: boolean;
  /** Files that were written; with `dryRun`, that would be. Empty when the definition already matches. */
  readonly files: readonly string[];
  /** The whole content of the definition's file. */
  readonly source: string;
  readonly owner: string;
  /** True: the owner is a default, since none was given. */
  readonly isOwnerAssumed: boolean;
  readonly tiles: readonly ImportedTile[];
  /** Names of what no definition can express, and what therefore stays unchanged. */
  readonly leftAlone: readonly string[];
  /** Changes by hand: keys of tiles, and names of the dashboard's own fields. */
  readonly changes?: {
    readonly fields: readonly string[];
    readonly changed: readonly string[];
    readonly added: readonly string[];
    readonly removed: readonly string[];
  };
  /** Alerts of this repository on tiles that are gone, as `dashboard/tile`. */
  readonly lostAlerts: readonly string[];
  /** Existing problems of tiles, which the definition accepts. */
  readonly accepted: NonNullable<DashboardDefinition["accepted"]>;
  readonly gaps: readonly Gap[];
}

export interface ImportedTile {
  readonly key: string;
  readonly title: string;
  readonly kind: "insight" | "text";
  /** Why the tile is written as a raw query. */
  readonly raw?: readonly string[];
}
