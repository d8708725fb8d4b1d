import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { runtimeFolder } from "./notices.ts";

/** The part of a region's metadata that is read here. Source: libphonenumber-js, metadata.min.json. */
type Region = readonly [callingCode: string, exit: unknown, pattern: string, lengths: readonly number[]];

/**
 * The numbering plan of all countries as a module of plain data: by calling code, how many digits follow it and what
 * they may be. Taken from the metadata of Google's libphonenumber, which is too large (80 kB) to load into a page.
 */
export function compileNumberingPlan(): string {
  const { countries, nonGeographic } = createRequire(import.meta.url)("libphonenumber-js/metadata.min.json") as {
    countries: Record<string, Region>;
    nonGeographic: Record<string, Region>;
  };
  const plan = new Map<string, { lengths: Set<number>; patterns: Set<string> }>();
  for (const [callingCode, , pattern, lengths] of [...Object.values(countries), ...Object.values(nonGeographic)]) {
    const entry = plan.get(callingCode) ?? { lengths: new Set(), patterns: new Set() };
    for (const length of lengths) entry.lengths.add(length);
    entry.patterns.add(pattern);
    plan.set(callingCode, entry);
  }
  const lines = [...plan]
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([callingCode, { lengths, patterns }]) => {
      const value = [[...lengths].sort((one, other) => one - other).join(" "), [...patterns].join("|")];
      return `  "${callingCode}": ${JSON.stringify(value)},`;
    });
  return `/*
 * Made by build/compile-numbering-plan.ts of libphonenumber's metadata; do not edit.
 */

/** Calling code -> how many digits a national number has, and a pattern of it. */
export const numberingPlan: Readonly<Record<string, readonly [lengths: string, pattern: string]>> = {
${lines.join("\n")}
};
`;
}

const numberingPlanFile = join(runtimeFolder, "shared", "privacy", "tables", "numbering-plan.ts");

if (import.meta.main) await writeFile(numberingPlanFile, compileNumberingPlan());
