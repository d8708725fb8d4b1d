import type { NumberRule } from "../shared/options.ts";

/** Rules of all numeric options of these helpers: docs/backend.md has the table. */
export const numberRules: { readonly "shutdown.deadlineMs": NumberRule } = {
  "shutdown.deadlineMs": { least: 0, most: 60_000, otherwise: 2_000, whole: "up", optional: true, zero: "drops all" },
};
