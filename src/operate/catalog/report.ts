import type { CodeFindings } from "./compare.ts";

/** What was found and done. */
export interface CatalogReport {
  readonly page: "current" | "outdated" | "written";
  readonly events: number;
  readonly unlooked: readonly string[];
  /** Undefined: no code was named. */
  readonly code: CodeFindings | undefined;
}
