import { mkdirSync } from "node:fs";
import { Command } from "commander";
import color from "picocolors";
import { environment, type VariableName } from "../catalog/environment.ts";
import { noteAddresses, noteUpstash, wantedPort } from "./addresses.ts";
import { type Cloud, startCloud } from "./cloud.ts";
import { whenLauncherIsGone } from "./ends-with-us.ts";
import { type Engine, EngineNotFound, ensureEngine } from "./engine/ensure.ts";
import { localFolder, localStack, projectFolder } from "./folder.ts";
import type { Hosting } from "./hosting/index.ts";
import { AlreadyRunning, claimFolder } from "./one-at-a-time.ts";
import { findRealPlugins, installWith, notePlugins, PluginsNotFound } from "./plugins/real.ts";
import { LocalPulumi, type StackResource } from "./pulumi.ts";
import { type CommandFailure, pulumiFailed } from "./pulumi-failed.ts";
import { printSummary, printVariables, stackWrites, summarize, variableRows } from "./summary.ts";

const command = new Command("npm start --")
  .description(
    "The whole cloud on this machine: starts the vendors' stand-ins, brings the stack `local` up on the real Pulumi engine, and serves a console with its dashboards, events and resources.",
  )
  .option("--once", "stop after the summary instead of serving until Ctrl-C")
  .option(
    "--real-plugins",
    "use the vendors' own plugins of Sentry and Cloudflare: from your Pulumi, from PATH, or fetched; ends with 1 where one is not to be had",
  )
  .parse();
const { once: onlyOnce, realPlugins } = command.opts<{ once?: true; realPlugins?: true }>();

const progress = (line: string): void => console.error(color.dim(line));

/** As a shell says it of a command that Ctrl-C ended. */
const interruptedCode = 130;

/** One readable line for what people can mend; a stack only for what is our own mistake. */
function fail(error: unknown): never {
  if (error instanceof EngineNotFound || error instanceof PluginsNotFound || error instanceof AlreadyRunning)
    console.error(`${color.red("error:")} ${error.message}`);
  else if (isCommandFailure(error)) console.error(color.red(`error: ${pulumiFailed(error)}`));
  else console.error(error);
  process.exit(1);
}

const isCommandFailure = (error: unknown): error is CommandFailure =>
  error instanceof Error && typeof (error as { exitCode?: unknown }).exitCode === "number";

/** The first Ctrl-C ends everything in order, a second one at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(interruptedCode);
      progress("Stopping …");
      controller.abort();
    });
  }
  whenLauncherIsGone(() => controller.abort());
  return controller.signal;
}

/** Resolves when the signal aborts. */
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

async function openPulumi(cloud: Cloud, signal: AbortSignal): Promise<LocalPulumi> {
  // A build of the engine takes minutes, and ends with this process.
  const engine = await Promise.race([ensureEngine({ progress, seesKeys: false }), aborted(signal)]);
  if (engine === undefined) throw signal.reason;
  await choosePlugins(engine, signal);
  return new LocalPulumi(engine, cloud.upstash.url, signal);
}

async function choosePlugins(engine: Engine, signal: AbortSignal): Promise<void> {
  if (realPlugins !== true) return notePlugins(localFolder, undefined);
  const found = await Promise.race([findRealPlugins({ progress, install: installWith(engine) }), aborted(signal)]);
  if (found === undefined) throw signal.reason;
  notePlugins(localFolder, found);
  for (const [name, file] of Object.entries(found)) progress(`The plugin ${name}: ${file}`);
  progress("The plugin upstash: a stand-in, since the real one asks no other address than the real Upstash");
}

async function bringUp(cloud: Cloud, signal: AbortSignal): Promise<StackResource[]> {
  const pulumi = await openPulumi(cloud, signal);
  await pulumi.ensureStack();
  const before = await pulumi.resources();
  progress("Bringing the stack up …");
  await pulumi.run(["up", "--yes", "--skip-preview", "--suppress-outputs"]);
  const writes = Object.fromEntries(cloud.twins.map(({ name, requests }) => [name, stackWrites(requests.writes())]));
  const resources = await pulumi.resources();
  const columns = process.stdout.isTTY ? process.stdout.columns : undefined;
  console.log(printSummary(summarize(before, resources, writes), columns));
  console.log(
    printVariables(
      variableRows((name) => cloudHas(cloud, name)),
      columns,
    ),
  );
  return resources;
}

/** The apps, their people and the console around the stack, until Ctrl-C. */
async function serveUntilInterrupted(cloud: Cloud, hosting: Hosting, signal: AbortSignal): Promise<void> {
  // Charts, traffic and pages are loaded for those who look at them.
  const { obsDrift, serve } = await import("./serve.ts");
  const heal = async (print: (text: string) => void): Promise<number> => {
    const pulumi = await openPulumi(cloud, signal);
    await pulumi.run(["up", "--yes", "--skip-preview", "--refresh", "--run-program", "--suppress-outputs"], print);
    served.stackIs(await pulumi.resources());
    return 0;
  };
  const drift = { check: obsDrift(localStack, projectFolder), heal };
  const served = await serve({ cloud, hosting, folder: localFolder, drift, progress });
  const everything = async (): Promise<void> => {
    progress(`The console is at ${served.console.url} already; the dashboards follow …`);
    served.stackIs(await bringUp(cloud, signal));
    await served.deployed();
    console.log(cloud.twins.map(({ name, url }) => `${name.padEnd(12)} ${url}`).join("\n"));
    console.log(`operator UI  ${hosting.appUrl}\nbackend      ${hosting.healthUrl}`);
    console.log(`\nThe console: ${color.bold(served.console.url)}`);
    console.log("The local cloud runs until Ctrl-C.");
    await aborted(signal);
  };
  const interrupted = aborted(signal).then(() => served.stop());
  try {
    await everything();
  } finally {
    await (signal.aborted ? interrupted : served.stop());
  }
}

/** Loaded for those who stay: what is brought up once is reached by nobody. */
async function openHosting(): Promise<Hosting> {
  const { startHosting } = await import("./hosting/index.ts");
  return startHosting((key) => wantedPort(localFolder, key));
}

/** Whether the app that a variable belongs to has a value for it. */
function cloudHas({ cloudflare, render }: Cloud, name: VariableName): boolean {
  const { pages, service } = { pages: cloudflare.variables("operator-ui"), service: render.serviceId("backend") };
  const value =
    environment[name].app === "browser" ? pages?.[name]?.value : service && render.variables(service)?.[name];
  return Boolean(value);
}

async function main(): Promise<void> {
  const signal = interruption();
  mkdirSync(localFolder, { recursive: true });
  const release = claimFolder(localFolder);
  try {
    const cloud = await startCloud({ folder: localFolder, portOf: (key) => wantedPort(localFolder, key) });
    const hosting = onlyOnce ? undefined : await openHosting();
    try {
      noteAddresses(localFolder, { ...cloud.addresses, ...hosting?.addresses });
      noteUpstash(localFolder, cloud.upstash.url);
      await (hosting ? serveUntilInterrupted(cloud, hosting, signal) : bringUp(cloud, signal));
    } finally {
      await Promise.all([cloud.stop(), hosting?.stop()]);
    }
  } catch (error) {
    // What was under way when it came to its end says so as an error.
    if (!signal.aborted) throw error;
    process.exitCode = interruptedCode;
  } finally {
    release();
  }
  // Something that nobody waits for any more, such as a build, must not keep the process.
  if (signal.aborted) process.exit();
}

main().catch(fail);
