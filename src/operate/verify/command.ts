import { Command, InvalidArgumentError, Option } from "commander";
import { suggestion } from "../../catalog/nearest.ts";
import { systemClock } from "../../resources/kernel/clock.ts";
import { readAccess } from "../access/access.ts";
import { browserAppUrl, liveVariables } from "../access/apps.ts";
import { readDeployedDigests } from "../access/deployed-digests.ts";
import { PostHogQueries } from "../access/posthog.ts";
import { SentryReleases } from "../access/releases.ts";
import { SentryIssues } from "../access/sentry.ts";
import { dashboardsIn, dsnsIn, readState } from "../access/state.ts";
import { holds, runChecks } from "../checks/check.ts";
import { type CheckReport, checkPage, checkReport } from "../checks/report.ts";
import type { Outcome } from "../command/exit.ts";
import { allSettled, unlessAborted } from "../command/interrupted.ts";
import {
  address,
  healthOption,
  jsonOption,
  markdownOption,
  patienceOption,
  type StackOption,
  stackOption,
  withHelp,
} from "../command/options.ts";
import { type OutputOptions, printReport } from "../command/output.ts";
import { action } from "../command/run.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { withStack } from "../stack/open.ts";
import type { Stack } from "../stack/stack.ts";
import { type Section, sentence } from "../text/document.ts";
import { marked, plain } from "../text/phrase.ts";
import { bundleIsCurrent } from "./bundle.ts";
import { eventsArrive } from "./capture.ts";
import type { VerifyCheck, VerifyContext } from "./context.ts";
import { errorsArrive } from "./errors.ts";
import { redisAnswers } from "./health.ts";
import { errorsAreReadable } from "./readable.ts";
import { queriesRun } from "./tiles.ts";
import { variablesInPlace } from "./variables.ts";

/** All checks, in the order of the report. */
export const checks: readonly VerifyCheck[] = [
  variablesInPlace,
  eventsArrive,
  errorsArrive,
  redisAnswers,
  queriesRun,
  bundleIsCurrent,
  errorsAreReadable,
];

interface Options extends StackOption, OutputOptions {
  readonly app?: string;
  readonly health?: string;
  readonly skip?: readonly string[];
  readonly patience: number;
  readonly annotate?: string;
}

export function verifyCommand(): Command {
  const names = checks.map(({ name }) => name);
  const command = new Command("verify")
    .summary("checks after a deploy that everything works, from the app to the chart")
    .description(
      "Proves that a deployment works, with the variables that the apps really have: sends an event with each app's key and finds it by a query, sends a test error with each DSN, finds it in the right environment and resolves it, asks /health for Redis, runs every tile's query, compares the variables on Pages and Render, looks into the deployed bundle for the current keys, and sends an error of the deployed build, which Sentry must show with the line of its source.",
    )
    .addOption(stackOption())
    .addOption(
      new Option(
        "--app <address>",
        "address of the deployed browser app (default: appUrl of the stack, else the domain of its Pages project)",
      ).argParser(address),
    )
    .addOption(healthOption())
    .addOption(
      new Option("--skip <check...>", `checks to leave out: ${names.join(", ")}`).argParser(
        (name: string, before: string[] = []) => {
          if (!names.includes(name)) throw new InvalidArgumentError(suggestion(name, names));
          return [...before, name];
        },
      ),
    )
    .addOption(patienceOption())
    .addOption(new Option("--annotate <text>", "add an annotation to PostHog's charts, with this text and the outcome"))
    .addOption(jsonOption())
    .addOption(markdownOption());
  withHelp(
    command,
    ["0  everything works", "1  something does not work: the report says what, and what to do"],
    [
      ["npx obs verify --stack production", "after a deploy"],
      [
        "npx obs verify --stack staging --app https://abc123.operator-ui.pages.dev",
        "with one deployment's own address",
      ],
      ["npx obs verify --stack production --skip bundle health", "before the apps are deployed"],
    ],
  );
  return action<Options>(command, verify);
}

async function verify(options: Options, surroundings: Surroundings): Promise<Outcome> {
  const report = await withStack(options.stack, surroundings, (stack) => reportOf(stack, options, surroundings));
  const page = checkPage(report);
  const failed = report.outcome === "something fails";
  printReport(surroundings, options, report, failed ? "broken" : "fine", () =>
    failed ? { ...page, sections: [...page.sections, rollbackNotes(report.stack)] } : page,
  );
  return failed ? "broken" : "fine";
}

async function reportOf(stack: Stack, options: Options, { progress }: Surroundings): Promise<CheckReport> {
  const access = await readAccess(stack);
  progress(`Reading the variables of the apps of ${stack.name} …`);
  const asking = Promise.all([liveVariables(access), options.app ?? browserAppUrl(access)]);
  const [[apps, appUrl], state, deployedDigests] = await allSettled([
    unlessAborted(stack.signal, asking),
    readState(stack),
    readDeployedDigests(stack),
  ]);
  const context: VerifyContext = {
    ...{ access, apps, deployedDigests, dsns: dsnsIn(state, access), dashboards: dashboardsIn(state) },
    posthog: new PostHogQueries(access),
    sentry: new SentryIssues(access),
    releases: new SentryReleases(access),
    appUrl,
    appsRun: stack.local?.appsRun ?? true,
    healthUrl: options.health ?? access.healthUrl,
    patienceMs: options.patience * 1000,
    clock: systemClock,
    signal: stack.signal,
  };
  progress("Sending a test event and a test error for each app, and looking for them …");
  const runs = await runChecks(checks, context, options.skip);
  if (options.annotate === undefined) return checkReport(stack.name, runs);
  const text = `${options.annotate}: ${checkReport(stack.name, runs).outcome}`;
  return checkReport(stack.name, [...runs, ...(await runChecks([annotation(text)], context))]);
}

/** What to do when a deployment does not work, until it is fixed. */
const rollbackNotes = (stack: string): Section => ({
  title: plain("To go back"),
  importance: 4,
  items: [
    sentence(
      marked(
        `Check out the commit of the last good deployment and run \`pulumi up --refresh --run-program --stack ${stack}\`: it puts back dashboards, alerts and variables. What holds data is protected and stays. Then start a deployment of the apps, which variables take effect with.`,
      ),
    ),
  ],
  more: () => plain(""),
});

/** Adds an annotation to PostHog's charts. A refusal is reported like any other failure. */
const annotation = (text: string): VerifyCheck => ({
  name: "annotation",
  title: "The mark on PostHog's charts",
  async run({ posthog, clock }) {
    await posthog.annotate(text, new Date(clock.now()));
    return [holds("A mark on PostHog's charts", `“${text}”`)];
  },
});
