import type { AppCatalog } from "./apps.ts";
import type { CodeFindings } from "./compare.ts";

/** What was found and done. */
export interface CatalogReport {
  readonly page: "current" | "outdated" | "written";
  /** Of what apps send. */
  readonly revision: {
    readonly number: number;
    readonly digest: string;
    /** Whether src/catalog/revisions.txt has it. */
    readonly file: "current" | "outdated" | "written";
  };
  readonly events: number;
  readonly unlooked: readonly string[];
  /** Undefined: no code was named. */
  readonly code: CodeFindings | undefined;
  /** Undefined: no app was named. */
  readonly apps: readonly AppCatalog[] | undefined;
}
