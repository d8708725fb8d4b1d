import { Command } from "commander";
import { ingestionHosts } from "../../model/posthog/hosts.ts";
import { type Access, readAccess, readSettingsReader } from "../access/access.ts";
import { liveVariables } from "../access/apps.ts";
import { PostHogQueries } from "../access/posthog.ts";
import { SentryIssues } from "../access/sentry.ts";
import { upstashOf } from "../access/upstash.ts";
import { runChecks } from "../checks/check.ts";
import { type CheckReport, checkPage, checkReport } from "../checks/report.ts";
import type { Outcome } from "../command/exit.ts";
import { unlessAborted } from "../command/interrupted.ts";
import {
  healthOption,
  jsonOption,
  markdownOption,
  type StackOption,
  stackOption,
  withHelp,
} from "../command/options.ts";
import { type OutputOptions, printReport } from "../command/output.ts";
import { action } from "../command/run.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { withStack } from "../stack/open.ts";
import type { Stack } from "../stack/stack.ts";
import { captureWorks } from "./capture.ts";
import type { DoctorContext, Symptom } from "./context.ts";
import { keysOpen } from "./keys.ts";
import { redisIsReached } from "./redis.ts";
import { sentryHears } from "./sentry.ts";

/** All diagnoses, in the order of the report. */
export const symptoms: readonly Symptom[] = [keysOpen, captureWorks, sentryHears, redisIsReached];

interface Options extends StackOption, OutputOptions {
  readonly health?: string;
}

export function doctorCommand(): Command {
  const command = new Command("doctor")
    .summary("finds out why something does not work, with evidence and what to do")
    .description(
      "Looks for the reason when PostHog answers 401 or shows no events (key and host of different regions, a personal key used to send, another project's key), when Sentry is silent (no DSN, a key that is switched off or throttled, another environment), and when Redis is down or refuses part of what is needed (address, password, network, a full memory, a replica, missing rights, a used-up quota, or a backend that never got it). Sends no event, and changes nothing except a test key in Redis, which it writes and deletes, since an answering Redis may still refuse writes.",
    )
    .addOption(stackOption())
    .addOption(healthOption())
    .addOption(jsonOption())
    .addOption(markdownOption());
  withHelp(
    command,
    ["0  nothing is wrong", "1  something is wrong: the report says what was seen, and what to do"],
    [["npx obs doctor --stack production", "what is wrong, and what to do"]],
  );
  return action<Options>(command, doctor);
}

async function doctor(options: Options, surroundings: Surroundings): Promise<Outcome> {
  const report = await withStack(options.stack, surroundings, (stack) => reportOf(stack, options, surroundings));
  const outcome = report.outcome === "something fails" ? "broken" : "fine";
  printReport(surroundings, options, report, outcome, () => checkPage(report));
  return outcome;
}

async function reportOf(stack: Stack, { health }: Options, { progress }: Surroundings): Promise<CheckReport> {
  const access = await readAccess(stack);
  progress(`Looking at ${stack.name} …`);
  const context: DoctorContext = {
    ...{ access, regions: ingestionHosts, now: Date.now, signal: stack.signal },
    apps: await unlessAborted(stack.signal, liveVariables(access)),
    healthUrl: health ?? access.healthUrl,
    appsRun: stack.local?.appsRun ?? true,
    redisAuthority: stack.local?.redisAuthority,
    ...clients(access),
    upstash: await upstashOf(stack, await readSettingsReader(stack)),
  };
  return checkReport(stack.name, await runChecks(symptoms, context));
}

/** Without a key its checks are reported as not looked at; all other checks still run. */
const clients = (access: Access): Pick<DoctorContext, "posthog" | "sentry"> => ({
  posthog: access.keys.posthog === undefined ? undefined : new PostHogQueries(access),
  sentry: access.keys.sentry === undefined ? undefined : new SentryIssues(access),
});
