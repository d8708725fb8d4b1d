import { Argument, Command, InvalidArgumentError, Option } from "commander";
import type { z } from "zod";
import { type Owner, owners } from "../../catalog/owners.ts";
import { keyId, slug } from "../../platform/settings/sentry.ts";
import type { Outcome } from "../command/exit.ts";
import { jsonOption, markdownOption, type StackOption, stackOption, withHelp } from "../command/options.ts";
import { type OutputOptions, printReport } from "../command/output.ts";
import { action } from "../command/run.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { withStack } from "../stack/open.ts";
import type { Stack } from "../stack/stack.ts";
import { safe } from "../text/safe.ts";
import { terminal } from "../text/terminal.ts";
import { importPage } from "./page.ts";
import type { SentryTargets } from "./sentry.ts";
import type { TakeOverReport } from "./take-over.ts";
import { takeOverPage } from "./take-over-page.ts";

interface Options extends StackOption, OutputOptions {
  readonly dryRun?: true;
  readonly force?: true;
  readonly key?: string;
  readonly owner?: Owner;
}

export function importCommand(): Command {
  return new Command("import")
    .summary("takes over what exists already: a dashboard, Sentry's team, projects and keys, a Redis database")
    .description("Takes over what exists already at a vendor, without changing anything of it.")
    .addCommand(dashboardCommand())
    .addCommand(sentryCommand())
    .addCommand(redisCommand());
}

interface TakeOverOptions extends StackOption, OutputOptions {
  readonly dryRun?: true;
}

const takeOverEnds = [
  "0  the settings are made, or there is nothing to take over",
  "7  with --dry-run: there is something to take over",
  "1  it cannot be read, does not exist, or is not unique; nothing was changed",
];

/** A value to write into the stack's configuration. */
const as =
  (schema: z.ZodType<string>) =>
  (text: string): string => {
    const read = schema.safeParse(text);
    if (read.success) return read.data;
    throw new InvalidArgumentError(`it ${read.error.issues[0]?.message}`);
  };

function sentryCommand(): Command {
  const command = new Command("sentry")
    .summary("a team, projects and keys: sets what makes the program take them over")
    .description(
      "Looks for the team, the two projects and the keys of the apps in Sentry, and sets sentryExisting in the stack's configuration for what is there, so that the next up takes it over as it is instead of failing on it. An app continues to use its present key, if that is known, or the only one. Nothing is ever written to Sentry.",
    )
    .addOption(stackOption())
    .addOption(new Option("--dry-run", "set nothing: print the commands"))
    .addOption(new Option("--team <slug>", "the team (default: sentryTeam of the stack)").argParser(as(slug)))
    .addOption(
      new Option("--browser-project <slug>", "the browser app's project (default: sentryBrowserProject)").argParser(
        as(slug),
      ),
    )
    .addOption(
      new Option("--server-project <slug>", "the backend's project (default: sentryServerProject)").argParser(as(slug)),
    )
    .addOption(new Option("--browser-key <id>", "the key that the browser app continues to use").argParser(as(keyId)))
    .addOption(new Option("--server-key <id>", "the key that the backend continues to use").argParser(as(keyId)))
    .addOption(
      new Option("--new-keys", "do not take over existing keys: each app gets a new one").conflicts([
        "browserKey",
        "serverKey",
      ]),
    )
    .addOption(jsonOption())
    .addOption(markdownOption());
  withHelp(command, takeOverEnds, [
    ["npx obs import sentry --stack production --dry-run", "what exists, and the commands"],
    ["npx obs import sentry --stack production", "set it"],
    ["npx obs import sentry --team web --browser-project frontend", "under other names"],
  ]);
  return action<TakeOverOptions & SentryTargets>(command, async (options, surroundings) => {
    const { importSentry } = await import("./sentry.ts");
    return takenOver(options, surroundings, (stack, dryRun) => importSentry(options, stack, dryRun, surroundings));
  });
}

function redisCommand(): Command {
  const command = new Command("redis")
    .summary("a Redis database at Upstash: sets what makes the program take it over")
    .description(
      "Looks for the Redis database in Upstash, and sets redis.existing in the stack's configuration, so that the next up takes it over as it is instead of making a second one. Nothing is ever written to Upstash.",
    )
    .addArgument(new Argument("[database]", "its id or its name (default: redis.databaseName of the stack)"))
    .addOption(stackOption())
    .addOption(new Option("--dry-run", "set nothing: print the commands"))
    .addOption(jsonOption())
    .addOption(markdownOption());
  withHelp(command, takeOverEnds, [
    ["npx obs import redis --stack production --dry-run", "what exists, and the commands"],
    ["npx obs import redis cache --stack production", "the database of this name"],
  ]);
  return action<TakeOverOptions>(command, async (options, surroundings) => {
    const { importRedis } = await import("./redis.ts");
    return takenOver(options, surroundings, (stack, dryRun) =>
      importRedis(command.args[0], stack, dryRun, surroundings),
    );
  });
}

async function takenOver(
  options: TakeOverOptions,
  surroundings: Surroundings,
  look: (stack: Stack, dryRun: boolean) => Promise<TakeOverReport>,
): Promise<Outcome> {
  const report = await withStack(options.stack, surroundings, (stack) => look(stack, options.dryRun === true));
  const outcome = report.dryRun && report.settings.length > 0 ? "changes" : "fine";
  printReport(surroundings, options, report, outcome, () => takeOverPage(report));
  return outcome;
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
    .addOption(new Option("--force", "overwrite a file even if git does not have its present content"))
    .addOption(jsonOption())
    .addOption(markdownOption());
  withHelp(
    command,
    [
      "0  it is adopted; or its definition says what is live",
      "7  with --dry-run: there is something to adopt or to write",
      "1  it is not there, another stack's, or cannot be adopted; nothing was changed",
    ],
    [
      ["npx obs import dashboard 42 --stack production --dry-run", "show the definition"],
      ["npx obs import dashboard https://us.posthog.com/project/1/dashboard/42 --owner growth", "adopt it"],
      ["npx obs import dashboard 42 --stack production", "after a change by hand: write it into the definition"],
    ],
  );
  return action<Options>(command, (options, surroundings) => run(command.args[0] ?? "", options, surroundings));
}

async function run(target: string, options: Options, surroundings: Surroundings): Promise<Outcome> {
  // Loads Pulumi's packages, so only when importing.
  const { importDashboard } = await import("./dashboard.ts");
  const report = await withStack(options.stack, surroundings, (stack) =>
    importDashboard(
      target,
      stack,
      { ...options, dryRun: options.dryRun === true, force: options.force === true },
      surroundings,
    ),
  );
  const outcome = report.dryRun && report.files.length > 0 ? "changes" : "fine";
  if (report.dryRun && !options.json && !options.markdown) {
    // stdout gets the definition alone, to read or to redirect into a file; everything else goes to stderr.
    const { env, print, progress } = surroundings;
    print(safe(report.source, env));
    progress(safe(terminal(importPage(report), { colors: false }), env));
  } else {
    printReport(surroundings, options, report, outcome, () => importPage(report));
  }
  return outcome;
}
