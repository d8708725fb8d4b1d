import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { environment } from "../../catalog/environment.ts";
import { readAccess } from "../access/access.ts";
import { liveVariables, whyNotKnown } from "../access/apps.ts";
import { readDeployedDigests, whyNotCompared } from "../access/deployed-digests.ts";
import { dsnsIn, readState } from "../access/state.ts";
import type { Outcome } from "../command/exit.ts";
import { allSettled, unlessAborted } from "../command/interrupted.ts";
import { jsonOption, markdownOption, type StackOption, stackOption, withHelp } from "../command/options.ts";
import { type OutputOptions, printReport } from "../command/output.ts";
import { action } from "../command/run.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { withStack } from "../stack/open.ts";
import type { Stack } from "../stack/stack.ts";
import { compareParity, type VariableStore } from "./compare.ts";
import { filePlace, filePlaces, livePlace, stackPlace } from "./places.ts";
import { type ParityReport, parityPage, parityReport } from "./report.ts";

interface Options extends StackOption, OutputOptions {
  readonly dotenv?: readonly string[];
}

const outcomes = { "the same everywhere": "fine", differences: "changes", failed: "broken" } as const;

export function parityCommand(): Command {
  const command = new Command("parity")
    .summary("compares the credential map with .env files, Pages, Render and the apps' own checks")
    .description(
      "Compares every variable of the credential map (src/catalog/environment.ts) in the stack, on Cloudflare Pages, on Render and in .env files. Finds variables that are missing, empty, of another form, different, mistyped, or secret where public is meant. Shows no value: equal values have the same mark, which changes with each run.",
    )
    .addOption(stackOption())
    // Not `--env-file`: Node takes that option itself, at any position.
    .addOption(new Option("--dotenv <file...>", "files to compare, too (default: .env.<stack>, where there is one)"))
    .addOption(jsonOption())
    .addOption(markdownOption());
  withHelp(
    command,
    [
      "0  every variable is in its place and the same everywhere",
      "7  at least one is not",
      "1  a place could not be read",
    ],
    [
      ["npx obs parity --stack production", "before a deploy"],
      [
        "npx obs parity --stack production --dotenv ../backend/.env ../operator-ui/.env",
        "including .env files on this machine",
      ],
    ],
  );
  return action<Options>(command, parity);
}

async function parity(options: Options, surroundings: Surroundings): Promise<Outcome> {
  // Before anything is started: report a missing file at once.
  const named = options.dotenv && filePlaces(options.dotenv, surroundings.cwd);
  const report = await withStack(options.stack, surroundings, (stack) => reportOf(stack, named));
  const outcome = outcomes[report.outcome];
  printReport(surroundings, options, report, outcome, () => parityPage(report));
  return outcome;
}

/** @param named places of the given files; undefined: the default file, if it exists */
async function reportOf(stack: Stack, named: readonly VariableStore[] | undefined): Promise<ParityReport> {
  const access = await readAccess(stack);
  const [apps, state, written] = await allSettled([
    unlessAborted(stack.signal, liveVariables(access)),
    readState(stack),
    readDeployedDigests(stack),
  ]);
  const live = [apps.browser, apps.server];
  const usual = `.env.${stack.stage}`;
  const { folder } = stack.project;
  const files = named ?? (existsSync(join(folder, usual)) ? [filePlace(usual, folder)] : []);
  const problems = live.flatMap((found) => {
    const cause = whyNotKnown(found);
    return cause ? [{ place: found.place, ...cause }] : [];
  });
  const readable = live.filter(({ variables }) => variables.kind === "value").map(livePlace);
  const places = [stackPlace(access, dsnsIn(state, access), written), ...readable, ...files];
  return parityReport(
    stack.name,
    compareParity(environment, places, written.digest),
    problems,
    whyNotCompared(written),
  );
}
