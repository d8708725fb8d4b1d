import type { AppCatalog } from "./apps.ts";
import type { CodeFindings, FlagCodeFindings } from "./compare.ts";

/** The result of `obs catalog`. */
export interface CatalogReport {
  readonly page: "current" | "outdated" | "written";
  /** Revision of the catalog. */
  readonly revision: {
    readonly number: number;
    readonly digest: string;
    /** Whether src/catalog/revisions.txt lists it. */
    readonly file: "current" | "outdated" | "written";
  };
  readonly events: number;
  readonly unlooked: readonly string[];
  /** Feature flags that the code could do without, and what the code names. */
  readonly flags: {
    /** Past their day of expiry. */
    readonly expired: readonly { readonly flag: string; readonly owner: string; readonly expires: string }[];
    /** Their rules give everybody the same value. */
    readonly same: readonly { readonly flag: string; readonly owner: string; readonly value: boolean | string }[];
    /** Absent: no code was looked at. */
    readonly code?: FlagCodeFindings;
  };
  /** Undefined: neither --browser-code nor --server-code was given. */
  readonly code: CodeFindings | undefined;
  /** Undefined: --app was not given. */
  readonly apps: readonly AppCatalog[] | undefined;
}
