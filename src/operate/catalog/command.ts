import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import type { EventSource } from "../../catalog/event.ts";
import type { Outcome } from "../command/exit.ts";
import { jsonOption, markdownOption, withHelp } from "../command/options.ts";
import { type OutputOptions, printReport } from "../command/output.ts";
import { action } from "../command/run.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { findProject } from "../stack/project.ts";
import { agree, type CodeFindings, compareCode } from "./compare.ts";
import { loadDefinitions } from "./definitions.ts";
import { catalogPage, pagePath } from "./page.ts";
import type { CatalogReport } from "./report.ts";
import { catalogReportPage } from "./report-page.ts";
import { type Sent, sentEvents } from "./scan.ts";
import { eventUses, unlookedEvents } from "./usage.ts";

interface Options extends OutputOptions {
  readonly check?: true;
  readonly browserCode?: string;
  readonly serverCode?: string;
}

export function catalogCommand(): Command {
  const command = new Command("catalog")
    .summary(`the page ${pagePath}, and whether the apps' code sends what it says`)
    .description(
      `Writes ${pagePath}: every event with its source, owner, properties, privacy, and the tiles and alerts that look at it. With an app's code it also finds events that the code sends and the catalog lacks, and the other way round.`,
    )
    .addOption(new Option("--check", `change nothing: only say whether ${pagePath} is current`))
    .addOption(new Option("--browser-code <folder>", "source of the operator UI, to be held against the catalog"))
    .addOption(new Option("--server-code <folder>", "source of the backend, to be held against the catalog"))
    .addOption(jsonOption())
    .addOption(markdownOption());
  withHelp(
    command,
    [
      "0  the page is current (or was written), and the code agrees",
      "7  with --check: the page is outdated; or the code does not agree",
      "1  the definitions cannot be loaded",
    ],
    [
      ["npx obs catalog", `write ${pagePath}`],
      ["npx obs catalog --check", "in a pull request: is the page current?"],
      [
        "npx obs catalog --browser-code ../operator-ui/src --server-code ../backend/app",
        "is everything sent, and nothing else?",
      ],
    ],
  );
  return action<Options>(command, run);
}

async function run(options: Options, surroundings: Surroundings): Promise<Outcome> {
  const { folder } = findProject(surroundings.cwd);
  const definitions = await loadDefinitions(folder);
  const uses = eventUses(definitions.dashboards);
  const report: CatalogReport = {
    page: bringUpToDate(join(folder, pagePath), catalogPage(definitions), options),
    events: Object.keys(definitions.catalog).length,
    unlooked: unlookedEvents(Object.keys(definitions.catalog), uses),
    code: await codeFindings(definitions.catalog, options, surroundings),
  };
  printReport(surroundings, options, report, () => catalogReportPage(report));
  return report.page === "outdated" || (report.code && !agree(report.code)) ? "changes" : "fine";
}

function bringUpToDate(file: string, text: string, { check }: Options): CatalogReport["page"] {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return "current";
  if (check) return "outdated";
  writeFileSync(file, text);
  return "written";
}

async function codeFindings(
  catalog: Parameters<typeof compareCode>[0],
  { browserCode, serverCode }: Options,
  { cwd }: Surroundings,
): Promise<CodeFindings | undefined> {
  if (browserCode === undefined && serverCode === undefined) return undefined;
  const code: Partial<Record<EventSource, Sent[]>> = {};
  if (browserCode !== undefined) code.browser = await sentEvents(resolve(cwd, browserCode));
  if (serverCode !== undefined) code.server = await sentEvents(resolve(cwd, serverCode));
  return compareCode(catalog, code);
}
