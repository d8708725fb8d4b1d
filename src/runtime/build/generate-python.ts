import type { Catalog } from "../../catalog/event.ts";
import type { FlagCatalog } from "../../catalog/flag.ts";
import { flags as catalogFlags } from "../../catalog/flags.ts";
import type { VariableTable } from "../../catalog/variable.ts";
import { digestModule, environmentModule, rulesModule, settingsModule, stateModule } from "./python/data.ts";
import { eventsModule } from "./python/events.ts";
import { flagsModule } from "./python/flags.ts";
import { redactorModules } from "./python/redactor.ts";

/** Folder of the generated modules in a checkout; it contains nothing else. */
export const pythonModulesFolder = "python/src/brandvx_observability/_generated";
const command = "npm run generate";

/** The Python package's generated modules, by path in `_generated`. */
export async function pythonModules(
  catalog: Catalog,
  table: VariableTable,
  flags: FlagCatalog = catalogFlags,
): Promise<Map<string, string>> {
  const modules = new Map([
    ["__init__.py", digestModule(catalog, table)],
    ["environment.py", environmentModule(table)],
    ["events.py", eventsModule(catalog)],
    ["flags.py", flagsModule(flags)],
    ["rules.py", rulesModule(catalog)],
    ["settings.py", settingsModule()],
    ["state.py", stateModule()],
  ]);
  const redactor = await redactorModules();
  modules.set("redactor/__init__.py", "");
  for (const [name, code] of [...redactor].toSorted(([one], [other]) => (one < other ? -1 : 1)))
    modules.set(`redactor/${name}`, code);
  return new Map(
    [...modules].map(([name, code]) => [
      name,
      `# Made by \`${command}\` of src/catalog and src/runtime; do not edit.\n${code}`,
    ]),
  );
}
