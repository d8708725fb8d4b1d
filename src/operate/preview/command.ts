import { Command, InvalidArgumentError, Option } from "commander";
import type { Outcome } from "../command/exit.ts";
import { Failure } from "../command/failure.ts";
import { unlessAborted } from "../command/interrupted.ts";
import { jsonOption, markdownOption, type StackOption, stackOption, withHelp } from "../command/options.ts";
import { type OutputOptions, printReport } from "../command/output.ts";
import { action } from "../command/run.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { GitHub } from "../github/api.ts";
import { postComment } from "../github/post.ts";
import { pullRequestOf, repositoryOf } from "../github/repository.ts";
import { withStack } from "../stack/open.ts";
import type { Document } from "../text/document.ts";
import { safe } from "../text/safe.ts";
import { type Gathering, ofDefinitions, ofStack } from "./gather.ts";
import { previewPage } from "./page.ts";
import type { PreviewReport } from "./report.ts";

interface Options extends StackOption, OutputOptions, Gathering {
  readonly withoutStack?: true;
  readonly comment?: number | true;
}

export function previewCommand(): Command {
  const command = new Command("preview")
    .summary("shows what an `up` would do: losses first, then tile by tile")
    .description(
      "Shows what `pulumi up` would do, in words: what would be destroyed first, then dashboards by tile, variables by app (names, never values), alerts by whom they notify, feature flags by how many people they concern, changes of the event catalog, and rules that do not hold. Changes nothing.",
    )
    .addOption(stackOption())
    .addOption(
      new Option(
        "--without-stack",
        "compare the definitions with those of --base instead: works without key or network, also in a fork",
      ).conflicts(["stack", "drift", "savePlan", "live"]),
    )
    .addOption(
      new Option(
        "--base <commit>",
        "what the event catalog is compared with (default: where this branch left the main one)",
      ),
    )
    .addOption(new Option("--drift", "also list what was changed by hand"))
    .addOption(new Option("--save-plan <file>", "save the plan, so that `pulumi up --plan <file>` does exactly this"))
    .addOption(new Option("--pictures <folder>", "draw the dashboards that change, before and after, as SVG files"))
    .addOption(new Option("--live", "draw with PostHog's own numbers (default: simulated events)"))
    .addOption(new Option("--pictures-url <address>", "address of that folder: the report then shows the pictures"))
    .addOption(
      new Option(
        "--comment [number]",
        "post the report to a pull request (default: that of this GitHub run); posts nothing when nothing changes",
      ).argParser((text) => {
        if (!/^\d+$/.test(text)) throw new InvalidArgumentError("the number of a pull request is needed");
        return Number(text);
      }),
    )
    .addOption(jsonOption())
    .addOption(markdownOption());
  withHelp(
    command,
    ["0  nothing changes", "7  something changes", "1  the preview or the drift check failed, or a rule does not hold"],
    [
      ["npx obs preview --stack production", "what merging this branch would do"],
      ["npx obs preview --stack local --pictures pictures", "the same against the local cloud, with pictures"],
      ["npx obs preview --without-stack --pictures pictures", "what this branch changes, without any key"],
      ["npx obs preview --stack production --json | jq .losses", "what would be destroyed, for a script"],
    ],
  );
  return action<Options>(command, preview);
}

async function preview(options: Options, surroundings: Surroundings): Promise<Outcome> {
  for (const [needing, option] of [
    ["--live", options.live],
    ["--pictures-url", options.picturesUrl],
  ] as const) {
    if (option !== undefined && options.pictures === undefined)
      throw new Failure(`${needing} has no effect without --pictures`, { fix: "add --pictures <folder>" });
  }
  const report = options.withoutStack
    ? await ofDefinitions(options, surroundings)
    : await withStack(options.stack, surroundings, (stack) => ofStack(stack, options, surroundings));
  const page = previewPage(report);
  const outcome = outcomeOf(report);
  printReport(surroundings, options, report, outcome, () => page);
  if (options.comment !== undefined) await comment(options.comment, report, page, surroundings);
  return outcome;
}

async function comment(
  wanted: number | true,
  report: PreviewReport,
  page: Document,
  { env, progress, signal }: Surroundings,
) {
  const pullRequest = wanted === true ? pullRequestOf(env) : wanted;
  const silent = outcomeOf(report) === "fine";
  const clean = (text: string): string => safe(text, env);
  const posting = postComment(new GitHub(repositoryOf(env)), pullRequest, { stack: report.stack, page, silent, clean });
  const posted = await unlessAborted(signal, posting);
  progress(`Comment on pull request ${pullRequest}: ${posted}`);
}

function outcomeOf({ outcome, policy, driftErrors }: PreviewReport): Outcome {
  if (outcome === "failed" || policy.findings.length > 0 || driftErrors.length > 0) return "broken";
  return outcome === "changes" ? "changes" : "fine";
}
