import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import type { App } from "../../catalog/event.ts";
import { catalogFacts } from "../../catalog/facts.ts";
import type { FlagCatalog } from "../../catalog/flag.ts";
import { expiredFlags, sameForEverybody } from "../../catalog/flags-check.ts";
import { revisionsPath } from "../../catalog/revision.ts";
import type { Outcome } from "../command/exit.ts";
import { Failure } from "../command/failure.ts";
import { jsonOption, markdownOption, withHelp } from "../command/options.ts";
import { type OutputOptions, printReport } from "../command/output.ts";
import { action } from "../command/run.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { findProject } from "../stack/project.ts";
import { type AppCatalog, appCatalog } from "./apps.ts";
import { agree, compareCode, compareFlags } from "./compare.ts";
import { loadDefinitions, loadFlags } from "./definitions.ts";
import { catalogFiles } from "./files.ts";
import { findInstalled } from "./installed.ts";
import { pagePath } from "./page.ts";
import type { CatalogReport } from "./report.ts";
import { catalogReportPage } from "./report-page.ts";
import { type AppCalls, appCalls } from "./scan.ts";
import { eventUses, unlookedEvents } from "./usage.ts";

interface Options extends OutputOptions {
  readonly check?: true;
  readonly browserCode?: string;
  readonly serverCode?: string;
  readonly app?: readonly string[];
}

export function catalogCommand(): Command {
  const command = new Command("catalog")
    .summary(`writes ${pagePath}, and compares the catalog with the apps' packages and code`)
    .description(
      `Writes ${pagePath}: every event with its source, owner, properties, privacy, and the tiles and alerts that use it. Adds a revision to ${revisionsPath} when the catalog has changed. With an app's code it also finds events that the code sends and the catalog lacks, and the reverse, and feature flags that the code asks for and the catalog lacks; with an app's folder, whether the package that is installed or locked there has this catalog or an older one.`,
    )
    .addOption(
      new Option("--check", `change nothing: only report whether ${pagePath} and ${revisionsPath} are current`),
    )
    .addOption(new Option("--browser-code <folder>", "source of the operator UI, to compare with the catalog"))
    .addOption(new Option("--server-code <folder>", "source of the backend, to compare with the catalog"))
    .addOption(
      new Option("--app <folder...>", "apps whose package (node_modules, lockfile) is compared with the catalog"),
    )
    .addOption(jsonOption())
    .addOption(markdownOption());
  withHelp(
    command,
    [
      "0  the page is current (or was written), and the apps and their code agree",
      "7  with --check: the page is outdated; or an app or its code does not agree",
      "1  the definitions cannot be loaded; or an app's package cannot be read",
    ],
    [
      ["npx obs catalog", `write ${pagePath}`],
      ["npx obs catalog --check", "in a pull request: is the page current?"],
      [
        "npx obs catalog --browser-code ../operator-ui/src --server-code ../backend/app",
        "is everything sent, and nothing else?",
      ],
      ["npx obs catalog --check --app ../operator-ui ../backend", "does an app have an older catalog?"],
    ],
  );
  return action<Options>(command, run);
}

async function run(options: Options, surroundings: Surroundings): Promise<Outcome> {
  const { folder } = findProject(surroundings.cwd);
  // Before anything is written: report a missing folder at once.
  const apps = options.app?.map((app) => ({ app, folder: appFolder(resolve(surroundings.cwd, app)) }));
  const definitions = await loadDefinitions(folder);
  const uses = eventUses(definitions.dashboards);
  const { files, digest, digests } = catalogFiles(folder, definitions);
  const bring = (path: string) => bringUpToDate(join(folder, path), files.get(path) ?? "", options);
  const here = { revision: digests.length, digest, digests, events: catalogFacts(definitions.catalog) };
  const flags = await loadFlags(folder);
  const calls = await codeOf(options, surroundings);
  const report: CatalogReport = {
    revision: {
      ...{ number: here.revision, digest },
      file: bring(revisionsPath),
    },
    page: bring(pagePath),
    events: Object.keys(definitions.catalog).length,
    unlooked: unlookedEvents(Object.keys(definitions.catalog), uses),
    flags: {
      ...flagsToDrop(flags, new Date().toISOString().slice(0, 10)),
      ...(calls && { code: compareFlags(flags, calls) }),
    },
    code: calls && compareCode(definitions.catalog, calls),
    apps: apps?.map(({ app, folder: place }) => appCatalog(app, findInstalled(place), here)),
  };
  const outcome = outcomeOf(report);
  printReport(surroundings, options, report, outcome, () => catalogReportPage(report));
  return outcome;
}

/** They are told, and change no outcome: a day that passes is to break nobody's build. */
export function flagsToDrop(flags: FlagCatalog, today: string): CatalogReport["flags"] {
  const expired = new Set(expiredFlags(flags, today));
  const entries = Object.entries(flags);
  return {
    expired: entries
      .filter(([flag]) => expired.has(flag))
      .map(([flag, { owner, expires }]) => ({ flag, owner, expires })),
    same: entries.flatMap(([flag, definition]) => {
      const value = sameForEverybody(definition);
      return value === undefined ? [] : [{ flag, owner: definition.owner, value }];
    }),
  };
}

function outcomeOf({ page, revision, code, flags, apps = [] }: CatalogReport): Outcome {
  const has = (...statuses: AppCatalog["status"][]): boolean => apps.some(({ status }) => statuses.includes(status));
  if (has("unreadable")) return "broken";
  const isOutdated = page === "outdated" || revision.file === "outdated";
  const isBehind = has("older", "newer", "other", "unknown", "absent");
  const differs = (code !== undefined && !agree(code)) || (flags.code?.unknown.length ?? 0) > 0;
  return isOutdated || isBehind || differs ? "changes" : "fine";
}

function appFolder(folder: string): string {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Failure(`there is no folder ${folder}`, { fix: "name the folder of the app, with its package.json" });
  return folder;
}

function bringUpToDate(file: string, text: string, { check }: Options): CatalogReport["page"] {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return "current";
  if (check) return "outdated";
  writeFileSync(file, text);
  return "written";
}

/** What the apps' code calls; undefined where none was named. */
async function codeOf(
  { browserCode, serverCode }: Options,
  { cwd }: Surroundings,
): Promise<Partial<Record<App, AppCalls>> | undefined> {
  if (browserCode === undefined && serverCode === undefined) return undefined;
  return {
    ...(browserCode !== undefined && { browser: await appCalls(resolve(cwd, browserCode)) }),
    ...(serverCode !== undefined && { server: await appCalls(resolve(cwd, serverCode)) }),
  };
}
