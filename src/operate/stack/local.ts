import { mkdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { configArguments, noteAddresses, notedUpstash, noteUpstash, wantedPort } from "../../local/addresses.ts";
import { redisFolder, startCloud } from "../../local/cloud.ts";
import type { Engine } from "../../local/engine/ensure.ts";
import { localFolder, localStack } from "../../local/folder.ts";
import { AlreadyRunning, claimFolder } from "../../local/one-at-a-time.ts";
import { LocalPulumi, localEnvironment } from "../../local/pulumi.ts";
import { authorityIn } from "../../local/redis/certificates.ts";
import type { Surroundings } from "../command/surroundings.ts";
import type { Project } from "./project.ts";
import { type LocalParts, Stack } from "./stack.ts";

interface LocalOptions extends Pick<Surroundings, "signal" | "progress"> {
  readonly engine: Engine;
  readonly project: Project;
}

/** The stack of `npm start` with its cloud: the running one, or one started for this work and stopped afterwards. */
export async function openLocalStack<T>(options: LocalOptions, work: (stack: Stack) => Promise<T>): Promise<T> {
  mkdirSync(localFolder, { recursive: true });
  const release = await claimOrJoin(localFolder, options);
  if (!release) return work(await localStackAt(options, notedUpstash(localFolder) ?? "", { appsRun: true }));
  try {
    options.progress("Starting the local cloud for this command (npm start keeps it running) …");
    const cloud = await startCloud({ folder: localFolder, portOf: (key) => wantedPort(localFolder, key) });
    try {
      noteAddresses(localFolder, cloud.addresses);
      noteUpstash(localFolder, cloud.upstash.url);
      return await work(await localStackAt(options, cloud.upstash.url, { appsRun: false }));
    } finally {
      await cloud.stop();
    }
  } finally {
    release();
  }
}

/** Interval at which a command checks whether the previous one has ended. */
const lookMs = 200;

/**
 * Claims the local cloud and returns the function that releases it; undefined when `npm start` runs the cloud. A cloud that
 * another command started would stop with that command, so this one waits for it.
 */
export async function claimOrJoin(
  folder: string,
  { signal, progress }: Pick<LocalOptions, "signal" | "progress">,
): Promise<(() => void) | undefined> {
  for (let wasAnnounced = false; ; wasAnnounced = true) {
    try {
      return claimFolder(folder, "one command");
    } catch (error) {
      if (!(error instanceof AlreadyRunning)) throw error;
      if (error.owner.stay === "serving") return undefined;
      if (!wasAnnounced)
        progress(`Another command works on the local cloud (process ${error.owner.process}): waiting for it …`);
      await setTimeout(lookMs, undefined, { signal });
    }
  }
}

async function localStackAt(
  { engine, project, signal }: LocalOptions,
  upstashUrl: string,
  { appsRun }: Pick<LocalParts, "appsRun">,
): Promise<Stack> {
  await new LocalPulumi(engine, upstashUrl, signal).ensureStack();
  const env = { ...localEnvironment(engine, upstashUrl), PULUMI_RUN_PROGRAM: "true" };
  return new Stack({
    ...{ name: localStack, project, pulumi: engine.pulumi, env, signal },
    configArguments: configArguments(localFolder),
    local: { appsRun, redisAuthority: authorityIn(redisFolder(localFolder)) },
  });
}
