import { Argument, Command, Option } from "commander";
import { type Owner, owners } from "../../catalog/owners.ts";
import type { Outcome } from "../command/exit.ts";
import { jsonOption, type StackOption, stackOption, withHelp } from "../command/options.ts";
import { type OutputOptions, printReport } from "../command/output.ts";
import { action } from "../command/run.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { withStack } from "../stack/open.ts";
import { safe } from "../text/safe.ts";
import { terminal } from "../text/terminal.ts";
import { importPage } from "./page.ts";

interface Options extends StackOption, OutputOptions {
  readonly dryRun?: true;
  readonly force?: true;
  readonly key?: string;
  readonly owner?: Owner;
}

export function importCommand(): Command {
  return new Command("import")
    .summary("take over what somebody made by hand in PostHog")
    .description("Takes over what somebody made by hand, without changing anything of it.")
    .addCommand(dashboardCommand());
}

function dashboardCommand(): Command {
  const command = new Command("dashboard")
    .summary("a dashboard: writes its definition, and adopts it into the stack")
    .description(
      "Reads a dashboard in PostHog and writes its definition, dashboards/<key>.ts. One that nobody manages is adopted into the stack's state, so that the next preview and refresh are clean. Of one that this stack manages, what was changed by hand is written into its definition. Nothing is ever written to PostHog.",
    )
    .addArgument(new Argument("<dashboard>", "its number, or its address in PostHog"))
    .addOption(stackOption())
    .addOption(new Option("--dry-run", "write nothing and adopt nothing: print the definition"))
    .addOption(new Option("--key <key>", "what to call its file and its resource (default: made of its title)"))
    .addOption(
      new Option("--owner <team>", "who answers for it (default: its tag owner:…, else platform)").choices(
        Object.keys(owners),
      ),
    )
    .addOption(new Option("--force", "write over a file although git does not keep what is in it"))
    .addOption(jsonOption());
  withHelp(
    command,
    [
      "0  it is adopted; or its definition says what is live",
      "7  with --dry-run: there is something to adopt or to write",
      "1  it is not there, another stack's, or cannot be adopted; nothing was changed",
    ],
    [
      ["npx obs import dashboard 42 --stack production --dry-run", "look at the definition"],
      ["npx obs import dashboard https://us.posthog.com/project/1/dashboard/42 --owner growth", "adopt it"],
      ["npx obs import dashboard 42 --stack production", "after a change by hand: keep it, in the definition"],
    ],
  );
  return action<Options>(command, (options, surroundings) => run(command.args[0] ?? "", options, surroundings));
}

async function run(target: string, options: Options, surroundings: Surroundings): Promise<Outcome> {
  // With Pulumi's own packages: only who imports waits for them.
  const { importDashboard } = await import("./dashboard.ts");
  const report = await withStack(options.stack, surroundings, (stack) =>
    importDashboard(
      target,
      stack,
      { ...options, dryRun: options.dryRun === true, force: options.force === true },
      surroundings,
    ),
  );
  if (report.dryRun && !options.json) {
    // The result is the definition, to be read or to be put into a file; all else is told beside it.
    const { env, print, progress } = surroundings;
    print(safe(report.source, env));
    progress(safe(terminal(importPage(report), { colors: false }), env));
  } else {
    printReport(surroundings, options, report, () => importPage(report));
  }
  return report.dryRun && report.files.length > 0 ? "changes" : "fine";
}
