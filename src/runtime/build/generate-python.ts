import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { environment } from "../../catalog/environment.ts";
import type { Catalog } from "../../catalog/event.ts";
import { events } from "../../catalog/events.ts";
import type { VariableTable } from "../../catalog/variable.ts";
import { runtimeFolder } from "./notices.ts";
import { digestModule, environmentModule, rulesModule, settingsModule, stateModule } from "./python/data.ts";
import { eventsModule } from "./python/events.ts";
import { redactorModules } from "./python/redactor.ts";

const folder = join(runtimeFolder, "..", "..", "python", "src", "brandvx_observability", "_generated");
const command = "npm run generate";

/** What of the Python package follows from the catalog, by its path in `_generated`. */
export async function pythonModules(catalog: Catalog, table: VariableTable): Promise<Map<string, string>> {
  const modules = new Map([
    ["__init__.py", digestModule(catalog, table)],
    ["environment.py", environmentModule(table)],
    ["events.py", eventsModule(catalog)],
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

/** Names of files that are missing, different or too many. */
function staleFiles(modules: ReadonlyMap<string, string>): string[] {
  const there = globSync("**/*.py", { cwd: folder }).map((file) => file.replaceAll("\\", "/"));
  const differs = [...modules].filter(([name, code]) => read(join(folder, name)) !== code).map(([name]) => name);
  return [...differs, ...there.filter((name) => !modules.has(name))].toSorted();
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  const modules = await pythonModules(events, environment);
  const stale = staleFiles(modules);
  if (process.argv.includes("--check")) {
    if (stale.length > 0) {
      console.error(
        `error: the Python package is not as the catalog says: ${stale.slice(0, 8).join(", ")}${stale.length > 8 ? ", …" : ""}\n  ${command}`,
      );
      process.exitCode = 1;
    }
  } else {
    for (const name of stale) {
      const code = modules.get(name);
      if (code === undefined) rmSync(join(folder, name));
      else {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), code);
      }
    }
    console.log(
      stale.length > 0
        ? `${stale.length} files of the Python package are made anew.`
        : "The Python package is as the catalog says.",
    );
  }
}
