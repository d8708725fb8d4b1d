import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { environment } from "../catalog/environment.ts";
import { dotenvExample, environmentPage } from "../catalog/environment-texts.ts";
import { events } from "../catalog/events.ts";
import { allVendors } from "../model/vendors/index.ts";
import { loadDefinitions } from "../operate/catalog/definitions.ts";
import { catalogFiles } from "../operate/catalog/files.ts";
import { jsonPage, jsonSchema } from "../operate/command/schema.ts";
import { pythonModules, pythonModulesFolder } from "../runtime/build/generate-python.ts";
import { withRooms } from "./picture.ts";
import { importsBetweenRooms } from "./rooms.ts";
import { withPart } from "./section.ts";

/** Content of each generated file, by its path in the checkout. Undefined: the file must not exist. */
export type GeneratedFiles = ReadonlyMap<string, string | undefined>;

const architecture = "docs/architecture.md";
const settings = "docs/settings.md";

/**
 * All generated files of the checkout. `npm run generate` runs every generator that is added here, and `npm run check` verifies
 * its files.
 * @throws Failure when a definition cannot be loaded, or a file that is continued (revisions.txt) cannot be read
 */
export async function generatedFiles(checkout: string): Promise<GeneratedFiles> {
  const { files } = catalogFiles(checkout, await loadDefinitions(checkout));
  const page = (file: string): string => readFileSync(join(checkout, file), "utf8");
  return new Map<string, string | undefined>([
    ...files,
    [".env.example", dotenvExample(environment)],
    ["docs/environment.md", environmentPage(environment)],
    ["docs/obs-json.md", jsonPage()],
    ["docs/obs.schema.json", `${JSON.stringify(jsonSchema(), undefined, 2)}\n`],
    [architecture, withRooms(page(architecture), await importsBetweenRooms(checkout))],
    [
      settings,
      withPart(page(settings), settings, { name: "keys", what: "the table of the vendors' keys" }, keysTable()),
    ],
    ...(await pythonFiles(checkout)),
  ]);
}

async function pythonFiles(checkout: string): Promise<GeneratedFiles> {
  const modules = await pythonModules(events, environment);
  const there = globSync("**/*.py", { cwd: join(checkout, pythonModulesFolder) });
  const names = [...modules.keys(), ...there.map((file) => file.replaceAll("\\", "/"))];
  return new Map(names.map((name) => [`${pythonModulesFolder}/${name}`, modules.get(name)]));
}

/** Credentials of each vendor, as a table for docs/settings.md. */
function keysTable(): string {
  const code = (text: string): string => `\`${text}\``;
  const rows = allVendors.flatMap(({ name, credentials }) =>
    Object.values(credentials).map(
      ({ variable, alternatives = [], configKey, need }) =>
        `| ${name} | ${[variable, ...alternatives].map(code).join(", else ")} | ${code(configKey)} | ${need} |`,
    ),
  );
  return [
    "| vendor | in the environment | or encrypted in the configuration | what it is |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}
