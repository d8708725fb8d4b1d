import { mkdirSync } from "node:fs";
import { Command } from "commander";
import color from "picocolors";
import { noteAddresses, noteUpstash, wantedPort } from "./addresses.ts";
import { type Cloud, startCloud } from "./cloud.ts";
import { type Checker, startChecker } from "./edits/checker.ts";
import { placeOf } from "./edits/definitions.ts";
import { editsAtStart } from "./edits/loop.ts";
import { whenLauncherIsGone } from "./ends-with-us.ts";
import { type Engine, EngineNotFound, ensureEngine } from "./engine/ensure.ts";
import { localFolder, localStack, projectFolder } from "./folder.ts";
import type { Hosting } from "./hosting/index.ts";
import { diskTrouble } from "./machine.ts";
import { AlreadyRunning, claimFolder } from "./one-at-a-time.ts";
import { findRealPlugins, installWith, notePlugins, PluginsNotFound } from "./plugins/real.ts";
import { LocalPulumi, type StackResource, whenStateChanges } from "./pulumi.ts";
import { isCommandFailure, pulumiFailed } from "./pulumi-failed.ts";
import { cloudHas, printSummary, printVariables, stackWrites, summarize, variableRows } from "./summary.ts";

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

/** Exit code of a command that Ctrl-C ended, by the shells' convention. */
const interruptedCode = 130;

/** One readable line for what people can fix; a stack trace only for our own bugs. */
function fail(error: unknown): never {
  if (error instanceof EngineNotFound || error instanceof PluginsNotFound || error instanceof AlreadyRunning)
    console.error(`${color.red("error:")} ${error.message}`);
  else if (isCommandFailure(error)) console.error(color.red(`error: ${pulumiFailed(error)}`));
  else {
    const trouble = diskTrouble(error);
    console.error(trouble === undefined ? error : `${color.red("error:")} ${trouble}`);
  }
  process.exit(1);
}

/** The first Ctrl-C ends everything in order, a second one immediately. */
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
  // Building the engine takes minutes; it must end with this process.
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

async function bringUp(cloud: Cloud, pulumi: LocalPulumi): Promise<StackResource[]> {
  if (!cloud.redis.isInstalled) progress(withoutRedis);
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
async function serveUntilInterrupted(
  cloud: Cloud,
  hosting: Hosting,
  checker: Checker,
  signal: AbortSignal,
): Promise<void> {
  // Charts, traffic and pages are loaded only when they are used.
  const { obsDrift, serve } = await import("./serve.ts");
  let opened: Promise<LocalPulumi> | undefined;
  /** Runs one `up` after the other, since the stack is locked meanwhile. */
  let running: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: (pulumi: LocalPulumi) => Promise<Result>): Promise<Result> => {
    const result = running.then(async () => {
      opened ??= openPulumi(cloud, signal);
      return work(await opened);
    });
    running = result.catch(() => {});
    return result;
  };
  let shown = "";
  const showResources = async (pulumi: LocalPulumi): Promise<void> => {
    const resources = await pulumi.resources();
    const now = JSON.stringify(resources);
    if (now === shown) return;
    shown = now;
    served.stackIs(resources);
  };
  const heal = (print: (text: string) => void): Promise<number> =>
    inTurn(async (pulumi) => {
      await pulumi.run(["up", "--yes", "--skip-preview", "--refresh", "--run-program", "--suppress-outputs"], print);
      await showResources(pulumi);
      return 0;
    });
  let broughtUp: Promise<StackResource[]> | undefined;
  const bringItUp = (): Promise<StackResource[]> => {
    broughtUp ??= inTurn((pulumi) => bringUp(cloud, pulumi));
    // Reported by `everything`, which awaits it.
    broughtUp.catch(() => {});
    return broughtUp;
  };
  const mended = Promise.withResolvers<void>();
  const applyFirst = async () => {
    mended.resolve();
    try {
      await bringItUp();
      return { succeeded: true, output: "" };
    } catch (error) {
      return { succeeded: false, output: isCommandFailure(error) ? pulumiFailed(error) : String(error) };
    }
  };
  const apply = () => {
    if (broughtUp === undefined) return applyFirst();
    return inTurn(async (pulumi) => {
      const up = await pulumi.quietly(["up", "--yes", "--skip-preview", "--suppress-outputs"]);
      await showResources(pulumi);
      return up;
    });
  };
  const drift = { check: obsDrift(localStack, projectFolder), heal };
  const atStart = await editsAtStart(checker);
  const { newest } = atStart;
  if (newest.state === "broken") {
    for (const one of newest.problems) progress(`${placeOf(one)}: ${one.message}`);
    progress("No stack is brought up with that: save the file again when it is mended, and it goes on by itself.");
  } else {
    mended.resolve();
    bringItUp();
  }
  const edited = { folder: projectFolder, atStart, checker, apply };
  let stopLooking = (): void => {};
  const served = await serve({ cloud, hosting, folder: localFolder, drift, edited, progress });
  const everything = async (): Promise<void> => {
    progress(`The console is at ${served.console.url} already; the dashboards follow …`);
    await Promise.race([mended.promise, aborted(signal)]);
    if (signal.aborted) return;
    const resources = await bringItUp();
    shown = JSON.stringify(resources);
    served.stackIs(resources);
    // Also notices a `pulumi up` or a heal in another terminal.
    stopLooking = whenStateChanges(() => {
      inTurn(showResources).catch(() => {});
    });
    await served.deployed();
    console.log(cloud.twins.map(({ name, url }) => `${name.padEnd(12)} ${url}`).join("\n"));
    console.log(`operator UI  ${hosting.appUrl}\nbackend      ${hosting.healthUrl}`);
    console.log(`\nThe console: ${color.bold(served.console.url)}`);
    console.log("Dashboards, alerts and the catalog are watched: what you save is checked, applied, and shown there.");
    console.log("The local cloud runs until Ctrl-C.");
    await aborted(signal);
  };
  const interrupted = aborted(signal).then(() => served.stop());
  try {
    await everything();
  } finally {
    stopLooking();
    await (signal.aborted ? interrupted : served.stop());
  }
}

/** Loaded only when serving: with --once nobody can reach the apps. */
async function openHosting(cloud: Cloud): Promise<Hosting> {
  const { startHosting } = await import("./hosting/index.ts");
  return startHosting({ cloud, portOf: (key) => wantedPort(localFolder, key), notice: progress });
}

const withoutRedis = `No redis-server is on PATH: the local Upstash has no Redis behind its databases, and the backend keeps its state in memory.
  To have one: apt-get install redis-server (Debian), brew install redis (macOS), then npm start again.`;

async function main(): Promise<void> {
  const signal = interruption();
  mkdirSync(localFolder, { recursive: true });
  const release = claimFolder(localFolder);
  try {
    const cloud = await startCloud({ folder: localFolder, portOf: (key) => wantedPort(localFolder, key) });
    const hosting = onlyOnce ? undefined : await openHosting(cloud);
    const checker = onlyOnce ? undefined : startChecker(projectFolder);
    try {
      noteAddresses(localFolder, { ...cloud.addresses, ...hosting?.addresses });
      noteUpstash(localFolder, cloud.upstash.url);
      if (hosting && checker) await serveUntilInterrupted(cloud, hosting, checker, signal);
      else await bringUp(cloud, await openPulumi(cloud, signal));
    } finally {
      checker?.stop();
      await Promise.all([cloud.stop(), hosting?.stop()]);
    }
  } catch (error) {
    // Work that was interrupted by the end rejects with an error.
    if (!signal.aborted) throw error;
    process.exitCode = interruptedCode;
  } finally {
    release();
  }
  // Abandoned work, such as a build, must not keep the process alive.
  if (signal.aborted) process.exit();
}

process.on("uncaughtException", fail);
main().catch(fail);
