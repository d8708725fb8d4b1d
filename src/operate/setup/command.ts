import { Command, Option } from "commander";
import type { Outcome } from "../command/exit.ts";
import { jsonOption, markdownOption, type StackOption, stackOption, withHelp } from "../command/options.ts";
import { type OutputOptions, printReport } from "../command/output.ts";
import { action } from "../command/run.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { withStack } from "../stack/open.ts";
import { setupPage } from "./page.ts";
import { isComplete } from "./report.ts";

interface Options extends StackOption, OutputOptions {
  readonly dryRun?: true;
  readonly from?: string;
  readonly set: readonly string[];
  readonly yes?: true;
}

export function setupCommand(): Command {
  const command = new Command("setup")
    .summary("sets up a stack: reads the vendors, offers what exists, writes the configuration")
    .description(
      "Sets up a stack. Reads PostHog, Sentry, Cloudflare, Render and Upstash with the available keys, offers what exists, asks for the rest, lists the scopes that the keys lack, and writes the stack's configuration. What exists already is taken over, never created twice. Keys stay in the environment; one that is typed here is stored encrypted. Nothing is ever written to a vendor. Run it as often as you like.",
    )
    .addOption(stackOption())
    .addOption(new Option("--from <file>", "answers as YAML, one setting a line; - reads standard input"))
    .addOption(
      new Option("--set <setting=value>", "one answer; may be given several times, and overrides the file")
        .argParser((text: string, before: readonly string[]) => [...before, text])
        .default([], "none"),
    )
    .addOption(new Option("-y, --yes", "ask nothing: take what exists only once, leave the rest open"))
    .addOption(new Option("--dry-run", "write nothing: show what would be set"))
    .addOption(jsonOption())
    .addOption(markdownOption());
  withHelp(
    command,
    [
      "0  everything that a preview needs is set",
      "7  with --dry-run: everything is decided, and there is something to set",
      "1  something is not decided, missing, refused, or a key lacks scopes; what was decided is set",
    ],
    [
      ["npx obs setup --stack production", "ask for what is missing"],
      ["npx obs setup --stack staging --dry-run", "read the vendors, and set nothing"],
      ["npx obs setup --stack staging --from staging.yaml", "with answers of a file"],
      ["npx obs setup --stack staging --set redis.budget=20", "with one answer"],
    ],
  );
  return action<Options>(command, run);
}

async function run(options: Options, surroundings: Surroundings): Promise<Outcome> {
  // Loads Pulumi's packages, so only when setting up.
  const [{ setUp }, { readAnswers }] = await Promise.all([import("./setup.ts"), import("./answers.ts")]);
  const answers = readAnswers(options.from, options.set);
  const isAsked = process.stdin.isTTY === true && process.stderr.isTTY === true && !options.yes && options.from !== "-";
  const { signal } = surroundings;
  const prompts = isAsked ? await import("./prompts.ts") : undefined;
  const report = await withStack(
    options.stack,
    surroundings,
    (stack) =>
      setUp(
        stack,
        {
          ...{ answers, dryRun: options.dryRun === true },
          ask: prompts?.askAtTerminal(signal) ?? (async ({ suggested }) => suggested),
          askForKey: prompts && ((message) => prompts.askForKey(message, signal)),
        },
        surroundings,
      ),
    { mayBeNew: true },
  );
  const hasChanges = report.dryRun && report.settings.length > 0;
  const outcome = !isComplete(report) ? "broken" : hasChanges ? "changes" : "fine";
  printReport(surroundings, options, report, outcome, () => setupPage(report));
  return outcome;
}
