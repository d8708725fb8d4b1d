import { Command } from "commander";
import type { Outcome } from "../command/exit.ts";
import { jsonOption, markdownOption, type StackOption, stackOption, withHelp } from "../command/options.ts";
import { type OutputOptions, printReport } from "../command/output.ts";
import { action } from "../command/run.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { withStack } from "../stack/open.ts";
import { observed } from "../stack/plans.ts";
import { driftPage } from "./page.ts";
import { driftReport } from "./report.ts";

interface Options extends StackOption, OutputOptions {}

const outcomes = { none: "fine", drift: "changes", failed: "broken" } as const;

export function driftCommand(): Command {
  const command = new Command("drift")
    .summary("what somebody changed by hand, by owner")
    .description(
      "Compares what is live at the vendors with what was written, and tells what somebody changed by hand: by who answers for it, each with the command that heals it and the way to keep it. Changes nothing.",
    )
    .addOption(stackOption())
    .addOption(jsonOption())
    .addOption(markdownOption());
  withHelp(
    command,
    [
      "0  nothing was changed by hand",
      "7  something was",
      "1  it could not be looked at: a key, a vendor, a missing passphrase",
    ],
    [
      ["npx obs drift --stack production", "what was changed by hand"],
      ["npx obs drift --stack production --json | jq '.owners[].owner'", "whose business it is"],
    ],
  );
  return action<Options>(command, drift);
}

async function drift(options: Options, surroundings: Surroundings): Promise<Outcome> {
  const report = await withStack(options.stack, surroundings, async (stack) => {
    surroundings.progress(`Looking at what is live on ${stack.name} …`);
    return driftReport(stack.name, await observed(stack));
  });
  printReport(surroundings, options, report, () => driftPage(report));
  return outcomes[report.outcome];
}
