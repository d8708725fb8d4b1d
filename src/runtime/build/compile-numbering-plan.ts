import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { runtimeFolder } from "./notices.ts";

/** The part of a region's metadata that is read here. Source: libphonenumber-js, metadata.min.json. */
type Region = readonly [callingCode: string, exit: unknown, pattern: string, lengths: readonly number[]];

/** By calling code: how many digits a national number has, and a pattern of it. */
export type NumberingPlan = Readonly<Record<string, { readonly lengths: readonly number[]; readonly pattern: string }>>;

/**
 * The numbering plan of all countries as plain data, taken from the metadata of Google's libphonenumber, which is too
 * large (80 kB) to load into a page. `node src/runtime/build/compile-numbering-plan.ts` writes it.
 */
export function compileNumberingPlan(): NumberingPlan {
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
  return Object.fromEntries(
    [...plan].map(([callingCode, { lengths, patterns }]) => [
      callingCode,
      { lengths: [...lengths].sort((one, other) => one - other), pattern: [...patterns].join("|") },
    ]),
  );
}

const numberingPlanFile = join(runtimeFolder, "shared", "privacy", "tables", "numbering-plan.json");

if (import.meta.main) await writeFile(numberingPlanFile, `${JSON.stringify(compileNumberingPlan(), null, 2)}\n`);
