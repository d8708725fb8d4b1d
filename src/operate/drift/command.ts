import { Command, Option } from "commander";
import type { Outcome } from "../command/exit.ts";
import { unlessAborted } from "../command/interrupted.ts";
import { jsonOption, markdownOption, type StackOption, stackOption, withHelp } from "../command/options.ts";
import { type OutputOptions, printReport } from "../command/output.ts";
import { action } from "../command/run.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { GitHub } from "../github/api.ts";
import { postIssue } from "../github/post.ts";
import { repositoryOf } from "../github/repository.ts";
import { withStack } from "../stack/open.ts";
import { asReleased, interruptedIn, isNothingDeployed, planRefresh, planStack } from "../stack/plans.ts";
import type { Document } from "../text/document.ts";
import { safe } from "../text/safe.ts";
import { driftPage } from "./page.ts";
import { type DriftReport, driftReport, mayOnlyWait, nothingDeployed } from "./report.ts";
import { longestWaitHours, undeployed } from "./undeployed.ts";

interface Options extends StackOption, OutputOptions {
  readonly issue?: true;
}

const outcomes = { none: "fine", drift: "changes", "nothing deployed": "broken", failed: "broken" } as const;

export function driftCommand(): Command {
  const command = new Command("drift")
    .summary("lists what somebody changed by hand, by owner")
    .description(
      "Compares what is live at the vendors with what was written, and what was written with what the code says. Lists what somebody changed by hand, by owner, each with the command that restores it and the way to keep it; and all other differences from the code. Changes nothing.",
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
      "0  nothing was changed by hand, and all is as the code says",
      "7  something was changed by hand, or is not as the code says",
      "1  it could not be compared: a key, a vendor, a missing passphrase, a stack that was never deployed",
    ],
    [
      ["npx obs drift --stack production", "what was changed by hand"],
      ["npx obs drift --stack production --json | jq '.owners[].owner'", "who is responsible"],
    ],
  );
  return action<Options>(command, drift);
}

async function drift(options: Options, surroundings: Surroundings): Promise<Outcome> {
  const report = await withStack(options.stack, surroundings, async (stack) => {
    if (await isNothingDeployed(stack)) return nothingDeployed(stack.name);
    surroundings.progress(`Looking at what is live on ${stack.name} …`);
    const live = await planRefresh(stack);
    surroundings.progress("Comparing what was written with what the code says …");
    const program = await planStack(asReleased(stack, live.resources));
    return driftReport(stack.name, {
      ...{ live, program },
      interrupted: await interruptedIn(stack),
      undeployed: await undeployed(stack),
    });
  });
  const page = driftPage(report);
  printReport(surroundings, options, report, outcomes[report.outcome], () => page);
  // A failed comparison is incomplete: it never closes an issue, and the run fails.
  const hasFound = report.owners.length + report.waiting.length > 0;
  if (options.issue && mayOnlyWait(report))
    surroundings.progress(
      `Issue of ${report.stack}: left as it is, since all of it may follow from what was merged within ${longestWaitHours} hours and is not deployed yet`,
    );
  else if (options.issue && (isCompared(report) || hasFound)) await keepIssue(report, page, surroundings);
  return outcomes[report.outcome];
}

const isCompared = ({ outcome }: DriftReport): boolean => outcome === "none" || outcome === "drift";

async function keepIssue(
  { stack, outcome, owners }: DriftReport,
  page: Document,
  { env, progress, signal }: Surroundings,
): Promise<void> {
  const clean = (text: string): string => safe(text, env);
  const title = `${owners.length > 0 ? "Changed by hand" : "Not as the code says"}: ${stack}`;
  const posting = postIssue(new GitHub(repositoryOf(env)), { stack, title, page, drifted: outcome !== "none", clean });
  const posted = await unlessAborted(signal, posting);
  progress(`Issue of ${stack}: ${posted}`);
}
