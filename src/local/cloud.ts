import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { localAccount, localMembers } from "./account.ts";
import { localConfigFile } from "./folder.ts";
import type { Twin } from "./twins/kit/index.ts";
import { type PosthogTwin, startPosthogTwin } from "./twins/posthog/index.ts";

/** The vendors on this machine, and what a `pulumi` needs to use them. */
export interface Cloud {
  posthog: PosthogTwin;
  twins: readonly Twin[];
  /** The vendors' keys, as an engineer would export them. */
  env: Record<string, string>;
  /** `--config-file` with the addresses that the vendors really have; empty when the stack's own file has them. */
  pulumiArguments: string[];
  stop(): Promise<void>;
}

/** Starts the vendors over their stores in `folder`, at the addresses of Pulumi.local.yaml where those are free. */
export async function startCloud(folder: string): Promise<Cloud> {
  const stores = join(folder, "vendors");
  mkdirSync(stores, { recursive: true });
  const config = parseDocument(readFileSync(localConfigFile, "utf8"));
  const last = existsSync(movedConfigFile(folder))
    ? parseDocument(readFileSync(movedConfigFile(folder), "utf8"))
    : config;
  const wanted = (key: string): number =>
    Number(new URL(String(last.getIn(["config", key]) ?? config.getIn(["config", key]))).port);

  const posthog = await atPortOrAnother(wanted("posthog:host"), (port) =>
    startPosthogTwin({ ...localAccount.posthog, members: localMembers, port, file: join(stores, "posthog.sqlite") }),
  );
  const twins = [posthog];
  const addresses = { "posthog:host": posthog.url };
  return {
    posthog,
    twins,
    env: { POSTHOG_PERSONAL_API_KEY: localAccount.posthog.personalApiKey },
    pulumiArguments: configFileFor(folder, config, addresses),
    stop: async () => {
      await Promise.all(twins.map((twin) => twin.stop()));
    },
  };
}

/** Another program, or the local cloud of another checkout, may have the port. */
async function atPortOrAnother<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
  try {
    return await start(port);
  } catch (error) {
    const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    if (cause?.code !== "EADDRINUSE") throw error;
    return start(0);
  }
}

/** The stack's configuration with other addresses. It is kept, so that the next start uses the same ones again. */
const movedConfigFile = (folder: string): string => join(folder, "Pulumi.local.yaml");

function configFileFor(
  folder: string,
  config: ReturnType<typeof parseDocument>,
  addresses: Record<string, string>,
): string[] {
  const moved = Object.entries(addresses).filter(([key, address]) => config.getIn(["config", key]) !== address);
  if (moved.length === 0) return [];
  for (const [key, address] of moved) config.setIn(["config", key], address);
  const file = movedConfigFile(folder);
  writeFileSync(file, config.toString());
  return ["--config-file", file];
}
