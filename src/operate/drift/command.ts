import { Command, Option } from "commander";
import type { Outcome } from "../command/exit.ts";
import { unlessAborted } from "../command/interrupted.ts";
import { jsonOption, markdownOption, type StackOption, stackOption, withHelp } from "../command/options.ts";
import { type OutputOptions, printReport } from "../command/output.ts";
import { action } from "../command/run.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { GitHub } from "../github/api.ts";
import { placeOf } from "../github/place.ts";
import { postIssue } from "../github/post.ts";
import { withStack } from "../stack/open.ts";
import { observed } from "../stack/plans.ts";
import type { Document } from "../text/document.ts";
import { safe } from "../text/safe.ts";
import { driftPage } from "./page.ts";
import { type DriftReport, driftReport } from "./report.ts";

interface Options extends StackOption, OutputOptions {
  readonly issue?: true;
}

const outcomes = { none: "fine", drift: "changes", failed: "broken" } as const;

export function driftCommand(): Command {
  const command = new Command("drift")
    .summary("what somebody changed by hand, by owner")
    .description(
      "Compares what is live at the vendors with what was written, and tells what somebody changed by hand: by who answers for it, each with the command that heals it and the way to keep it. Changes nothing.",
    )
    .addOption(stackOption())
    .addOption(jsonOption())
    .addOption(markdownOption())
    .addOption(
      new Option(
        "--issue",
        "keep one issue for the stack in the GitHub repository: opened, changed, closed when all is well",
      ),
    );
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
  const page = driftPage(report);
  printReport(surroundings, options, report, () => page);
  // A look that failed says nothing about drift: the issue stays as it is, and the run fails.
  if (options.issue && report.outcome !== "failed") await keepIssue(report, page, surroundings);
  return outcomes[report.outcome];
}

async function keepIssue(
  { stack, outcome }: DriftReport,
  page: Document,
  { env, progress, signal }: Surroundings,
): Promise<void> {
  const clean = (text: string): string => safe(text, env);
  const posting = postIssue(new GitHub(placeOf(env)), { stack, page, drifted: outcome === "drift", clean });
  const posted = await unlessAborted(signal, posting);
  progress(`Issue of ${stack}: ${posted}`);
}
