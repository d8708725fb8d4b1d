import { Command, Option } from "commander";
import type { Outcome } from "../command/exit.ts";
import { jsonOption, markdownOption, type StackOption, stackOption, withHelp } from "../command/options.ts";
import { type OutputOptions, printReport } from "../command/output.ts";
import { action } from "../command/run.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { driftReport } from "../drift/report.ts";
import { GitHub } from "../github/api.ts";
import { placeOf, pullRequestOf } from "../github/place.ts";
import { postComment } from "../github/post.ts";
import { withStack } from "../stack/open.ts";
import { observed, planned } from "../stack/plans.ts";
import type { Stack } from "../stack/stack.ts";
import type { Document } from "../text/document.ts";
import { safe } from "../text/safe.ts";
import { bothCatalogs } from "./catalogs.ts";
import { previewPage } from "./page.ts";
import { type PreviewReport, previewReport } from "./report.ts";

interface Options extends StackOption, OutputOptions {
  readonly drift?: true;
  readonly savePlan?: string;
  readonly base?: string;
  readonly comment?: number | true;
}

export function previewCommand(): Command {
  const command = new Command("preview")
    .summary("what an `up` would do: losses first, then tile by tile")
    .description(
      "Shows what `pulumi up` would do, in words: what would be destroyed first, then dashboards by tile, variables by app (names, never values), alerts by whom they tell, changes of the event catalog, and rules that do not hold. Changes nothing.",
    )
    .addOption(stackOption())
    .addOption(jsonOption())
    .addOption(markdownOption())
    .addOption(
      new Option(
        "--base <commit>",
        "what the event catalog is compared with (default: where this branch left the main one)",
      ),
    )
    .addOption(new Option("--drift", "also look for what was changed by hand"))
    .addOption(
      new Option("--save-plan <file>", "keep the plan, so that `pulumi up --plan <file>` does this and nothing else"),
    );
  command.addOption(
    new Option(
      "--comment [number]",
      "post the report to a pull request (default: the one that this GitHub run is of); nothing when nothing changes",
    ).argParser(Number),
  );
  withHelp(
    command,
    ["0  nothing changes", "7  something changes", "1  the preview failed, or a rule does not hold"],
    [
      ["npx obs preview --stack production", "what merging this branch would do"],
      ["npx obs preview --stack local", "the same against the local cloud"],
      ["npx obs preview --json | jq .losses", "what would be destroyed, for a script"],
    ],
  );
  return action<Options>(command, preview);
}

async function preview(options: Options, surroundings: Surroundings): Promise<Outcome> {
  const report = await withStack(options.stack, surroundings, (stack) => reportOf(stack, options, surroundings));
  const page = previewPage(report);
  printReport(surroundings, options, report, () => page);
  if (options.comment !== undefined) await comment(options.comment, report, page, surroundings);
  return outcomeOf(report);
}

async function reportOf(
  stack: Stack,
  { drift, savePlan, base }: Options,
  { progress, env }: Surroundings,
): Promise<PreviewReport> {
  progress(`Asking Pulumi what would change on ${stack.name} …`);
  const [plan, catalogs] = await Promise.all([
    planned(stack, savePlan),
    bothCatalogs(stack.project.folder, { wanted: base, env }),
  ]);
  const drifted = drift && plan.errors.length === 0 ? await countDrifted(stack) : undefined;
  return previewReport({ stack: stack.name, plan, drifted, catalogs });
}

async function comment(wanted: number | true, report: PreviewReport, page: Document, { env, progress }: Surroundings) {
  const pullRequest = wanted === true ? pullRequestOf(env) : wanted;
  const silent = report.outcome === "nothing changes" && report.policy.findings.length === 0;
  const clean = (text: string): string => safe(text, env);
  const posted = await postComment(new GitHub(placeOf(env)), pullRequest, { stack: report.stack, page, silent, clean });
  progress(`Comment on pull request ${pullRequest}: ${posted}`);
}

async function countDrifted(stack: Stack): Promise<number> {
  const { owners } = driftReport(stack.name, await observed(stack));
  return owners.reduce((sum, { drifted }) => sum + drifted.length, 0);
}

function outcomeOf({ outcome, policy }: PreviewReport): Outcome {
  if (outcome === "failed" || policy.findings.length > 0) return "broken";
  return outcome === "changes" ? "changes" : "fine";
}
