import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { insightAlertFindings } from "../../alerts/posthog/index.ts";
import { catalogFindings } from "../../catalog/check.ts";
import type { Catalog } from "../../catalog/event.ts";
import type { Finding } from "../../catalog/finding.ts";
import type { FlagCatalog } from "../../catalog/flag.ts";
import { flagFindings } from "../../catalog/flags-check.ts";
import { definitionFindings } from "../../insights/define/index.ts";
import {
  type DefinitionModules,
  definitionsOf,
  editedFolders,
  fromFolder,
  type Problem,
  type Reading,
} from "./definitions.ts";

/*
 * Started as a new process for each edit, since Node caches modules. Loads the definitions from the folder in its first
 * argument and writes them to standard output.
 */

const [, , folder = "."] = process.argv;

async function read(): Promise<Reading> {
  try {
    const load = (file: string) => import(pathToFileURL(join(folder, file)).href);
    const [{ dashboards }, { insightAlerts }, { events }, { flags }] = await Promise.all([
      load("dashboards/index.ts"),
      load("alerts/index.ts"),
      load("src/catalog/events.ts"),
      load("src/catalog/flags.ts"),
    ]);
    const modules = { dashboards, insightAlerts, events } as DefinitionModules & { events: Catalog };
    const findings = [
      ...catalogFindings(modules.events),
      ...flagFindings(flags as FlagCatalog),
      ...definitionFindings(dashboards, modules.events),
      ...insightAlertFindings(insightAlerts, dashboards),
    ];
    return { definitions: definitionsOf(modules), problems: findings.map(problemOf) };
  } catch (error) {
    return { definitions: null, problems: [thrown(error)] };
  }
}

/** Splits "dashboards/ai-engagement.ts  tile "latency"" into the file and the part of it. */
function problemOf({ where, problem, fix }: Finding): Problem {
  const [, file = where, what, name] = /^(\S+\.ts)(?:\s+(\w+)?\s*"(.*)")?/.exec(where) ?? [];
  const text = textOf(file);
  const line = name === undefined ? null : lineOf(text, name);
  return { file, line, message: `${problem}. ${sentence(fix)}`, tileKey: what === "tile" ? (name ?? null) : null };
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function textOf(file: string): string {
  try {
    return readFileSync(join(folder, file), "utf8");
  } catch {
    return "";
  }
}

/** Line of the key or name. */
function lineOf(text: string, name: string): number | null {
  const lines = text.split("\n");
  const isKey = (line: string) => [`${name}:`, `"${name}":`].some((start) => line.trimStart().startsWith(start));
  const at = lines.findIndex(isKey);
  const mentioned = at === -1 ? lines.findIndex((line) => line.includes(`"${name}"`)) : at;
  return mentioned === -1 ? null : mentioned + 1;
}

/** An error thrown while loading, with the first of the project's own files in its stack. */
function thrown(error: unknown): Problem {
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  const places = [...`${stack}\n${message}`.matchAll(/((?:file:\/\/)?\/[^\s()':]+\.[cm]?ts)(?::(\d+))?/g)]
    .map(([, address = "", line]) => ({
      file: fromFolder(folder, pathOf(address)),
      line: line === undefined ? null : Number(line),
    }))
    .filter(({ file }) => /^(dashboards|alerts|src)\//.test(file));
  const edited = places.find(({ file }) => editedFolders.some((part) => file.startsWith(`${part}/`))) ?? places[0];
  return { file: "dashboards/index.ts", line: null, ...edited, message: firstLine(message), tileKey: null };
}

const firstLine = (text: string): string => text.trim().split("\n")[0] ?? "";

const pathOf = (address: string): string => (address.startsWith("file:") ? fileURLToPath(address) : address);

process.stdout.write(JSON.stringify(await read()));
