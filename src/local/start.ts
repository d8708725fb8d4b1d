import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { Command } from "commander";
import color from "picocolors";
import { environment, type VariableName } from "../catalog/environment.ts";
import { noteAddresses, noteUpstash, wantedPort } from "./addresses.ts";
import { type Cloud, startCloud } from "./cloud.ts";
import { EngineNotFound, ensureEngine } from "./engine/ensure.ts";
import { localFolder } from "./folder.ts";
import { AlreadyRunning, claimFolder } from "./one-at-a-time.ts";
import { LocalPulumi, type StackResource } from "./pulumi.ts";
import { type Served, serve } from "./serve.ts";
import { printSummary, printVariables, summarize, variableRows } from "./summary.ts";

const command = new Command("npm start --")
  .description(
    "The whole cloud on this machine: starts the vendors' stand-ins and brings the stack `local` up on the real Pulumi engine.",
  )
  .option("--once", "stop after the summary instead of serving until Ctrl-C")
  .parse();
const { once: onlyOnce } = command.opts<{ once?: true }>();

const progress = (line: string): void => console.error(color.dim(line));

/** One readable line for what people can mend; a stack only for what is our own mistake. */
function fail(error: unknown): never {
  if (error instanceof EngineNotFound || error instanceof AlreadyRunning)
    console.error(`${color.red("error:")} ${error.message}`);
  else if (isCommandFailure(error))
    console.error(color.red(`error: pulumi ended with exit code ${error.exitCode}; its own message stands above`));
  else console.error(error);
  process.exit(1);
}

const isCommandFailure = (error: unknown): error is { exitCode: number } =>
  error instanceof Error && typeof (error as { exitCode?: unknown }).exitCode === "number";

const openPulumi = async (cloud: Cloud): Promise<LocalPulumi> =>
  new LocalPulumi(await ensureEngine({ progress }), cloud.upstash.url);

async function bringUp(cloud: Cloud): Promise<StackResource[]> {
  const pulumi = await openPulumi(cloud);
  await pulumi.ensureStack();
  const before = await pulumi.resources();
  progress("Bringing the stack up …");
  await pulumi.run(["up", "--yes", "--skip-preview", "--suppress-outputs"]);
  const writes = Object.fromEntries(cloud.twins.map(({ name, requests }) => [name, requests.writes().length]));
  const resources = await pulumi.resources();
  console.log(printSummary(summarize(before, resources, writes)));
  console.log(printVariables(variableRows((name) => cloudHas(cloud, name))));
  return resources;
}

/** The apps, their people and the console around the stack, until Ctrl-C. */
async function serveUntil(interrupted: Promise<unknown>, cloud: Cloud): Promise<void> {
  const served: Served = await serve({
    ...{ cloud, folder: localFolder, progress },
    async heal(print) {
      const pulumi = await openPulumi(cloud);
      await pulumi.run(["up", "--yes", "--skip-preview", "--refresh", "--run-program", "--suppress-outputs"], print);
      served.stackIs(await pulumi.resources());
    },
  });
  try {
    progress(`The console is at ${served.console.url} already; the dashboards follow …`);
    const up = bringUp(cloud).then(async (resources) => {
      served.stackIs(resources);
      await served.deployed();
      console.log(cloud.twins.map(({ name, url }) => `${name.padEnd(12)} ${url}`).join("\n"));
      console.log(`\nThe console: ${color.bold(served.console.url)}`);
      console.log("The local cloud runs until Ctrl-C.");
    });
    await Promise.race([up.then(() => interrupted), interrupted]);
  } finally {
    await served.stop();
  }
}

/** Whether the app that a variable belongs to has a value for it. */
function cloudHas({ cloudflare, render }: Cloud, name: VariableName): boolean {
  const { pages, service } = { pages: cloudflare.variables("operator-ui"), service: render.serviceId("backend") };
  const value =
    environment[name].app === "browser" ? pages?.[name]?.value : service && render.variables(service)?.[name];
  return Boolean(value);
}

async function main(): Promise<void> {
  mkdirSync(localFolder, { recursive: true });
  const release = claimFolder(localFolder);
  const cloud = await startCloud({ folder: localFolder, portOf: (key) => wantedPort(localFolder, key) });
  noteAddresses(localFolder, cloud.addresses);
  noteUpstash(localFolder, cloud.upstash.url);
  const interrupted = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  try {
    await (onlyOnce ? Promise.race([bringUp(cloud), interrupted]) : serveUntil(interrupted, cloud));
  } finally {
    await cloud.stop();
    release();
  }
}

main().catch(fail);
