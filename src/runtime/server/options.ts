import type { NumberRule } from "../shared/options.ts";

/** Rules of all numeric options of these helpers: docs/backend.md has the table. */
export const numberRules: Readonly<Record<"flag.deadlineMs" | "shutdown.deadlineMs", NumberRule>> = {
  "flag.deadlineMs": { least: 1, most: 5_000, otherwise: 300, whole: "up", optional: true },
  "shutdown.deadlineMs": { least: 0, most: 60_000, otherwise: 2_000, whole: "up", optional: true, zero: "drops all" },
};
