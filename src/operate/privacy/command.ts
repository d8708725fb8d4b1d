import { Command } from "commander";
import { appNames } from "../../catalog/variable.ts";
import { systemClock } from "../../resources/kernel/clock.ts";
import { readAccess } from "../access/access.ts";
import type { Patience } from "../checks/eventually.ts";
import type { Outcome } from "../command/exit.ts";
import { allSettled, unlessAborted } from "../command/interrupted.ts";
import {
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
import { type PrivacyReport, privacyPage, privacyReport } from "./report.ts";

interface Options extends StackOption, OutputOptions {
  readonly patience: number;
}

export function privacyCommand(): Command {
  const command = new Command("privacy")
    .summary("sends planted private values around the helpers, and shows what the vendors store of them")
    .description(
      "Plants an e-mail address, a phone number, a card number, a token, a name and an IP address, all of them reserved for examples, in two events to PostHog and one error to each of Sentry's projects, around the apps' helpers. Shows of each what the helper makes of it, what the vendor's settings are there to do, and what the vendor stored. What is sent stays at the vendors as long as their plans keep it; no tile counts it and no alert reports it.",
    )
    .addOption(stackOption())
    .addOption(patienceOption())
    .addOption(jsonOption())
    .addOption(markdownOption());
  withHelp(
    command,
    [
      "0  the helpers let nothing pass, and the vendors take out what the code says",
      "1  something gets further than the code says, or what is stored was not seen",
    ],
    [["npx obs privacy --stack production", "before somebody asks what the vendors hold"]],
  );
  return action<Options>(command, privacy);
}

async function privacy(options: Options, surroundings: Surroundings): Promise<Outcome> {
  const report = await withStack(options.stack, surroundings, (stack) => reportOf(stack, options, surroundings));
  const outcome = report.outcome === "as defined" ? "fine" : "broken";
  printReport(surroundings, options, report, outcome, () => privacyPage(report));
  return outcome;
}

async function reportOf(stack: Stack, options: Options, { progress }: Surroundings): Promise<PrivacyReport> {
  const access = await readAccess(stack);
  // They need a property of free text in the catalog: without one, the other commands go on.
  const [{ posthogDoor }, { sentryDoor }] = await Promise.all([import("./posthog.ts"), import("./sentry.ts")]);
  const patience: Patience = { patienceMs: options.patience * 1000, clock: systemClock, signal: stack.signal };
  progress(`Sending marked events around the helpers, and looking for what ${stack.name}'s vendors store of them …`);
  const doors = await allSettled([
    unlessAborted(stack.signal, posthogDoor(access, patience)),
    ...appNames.map((app) => unlessAborted(stack.signal, sentryDoor(app, access, patience))),
  ]);
  return privacyReport(stack.name, doors);
}
