import { configure as configureCloudflare } from "@brandvx/resources/cloudflare/look";
import { KeyNotGiven } from "@brandvx/resources/not-given";
import { configure as configurePosthog } from "@brandvx/resources/posthog/look";
import { configure as configureRender } from "@brandvx/resources/render/look";
import { configure as configureSentry } from "@brandvx/resources/sentry/look";
import { configure as configureUpstash } from "@brandvx/resources/upstash/look";
import {
  log,
  type Resource,
  ResourceHook,
  type ResourceHookArgs,
  type ResourceHookBinding,
  runtime,
} from "@pulumi/pulumi";
import { importCommand, runningStack } from "../settings/commands.ts";
import { programSettingsReader } from "../settings/program.ts";
import { type Obstacle, refuse } from "./report.ts";

/** A resource that is about to be created, as the stack's state would describe it. */
export interface Own {
  /** The key under which the state stores it. */
  parent: Resource;
  protect?: boolean | undefined;
}

/** The command that imports what an `up` of this stack created and then lost. */
export async function importOf(
  { type, name }: ResourceHookArgs,
  id: string,
  { parent, protect = false }: Own,
): Promise<string> {
  const parentUrn = await new Promise<string>((resolve) => void parent.urn.apply(resolve));
  return importCommand(runningStack(), { type, name, id, parentUrn, protect });
}

/**
 * Looks at a vendor. `outputs` are the resource's outputs in the state; undefined for one that is about to be created.
 */
export type Look = (
  outputs: Readonly<Record<string, unknown>> | undefined,
  hook: ResourceHookArgs,
) => Promise<readonly Obstacle[]>;

// The vendors' clients read the configuration when they are first used.
for (const configure of [configureCloudflare, configurePosthog, configureRender, configureSentry, configureUpstash])
  configure({ get: (key) => programSettingsReader().config(key) });

/**
 * Looks at the vendor before a resource is created, also in a preview: what already exists there would make an `up`
 * fail half-way, be overwritten, or be created a second time, at a cost. Skipped for resources in the state and for
 * imported ones.
 * @param what the resource's name, unique and readable: "whether the Sentry team platform exists"
 */
export const beforeCreation = (what: string, look: Look): ResourceHookBinding => ({
  beforeCreate: [hookOf(what, look)],
});

/** The same, also before the resource is changed: a change may need more than before. */
export function beforeWriting(what: string, look: Look): ResourceHookBinding {
  const hook = hookOf(what, look);
  return { beforeCreate: [hook], beforeUpdate: [hook] };
}

const hookOf = (what: string, look: Look): ResourceHook =>
  new ResourceHook(what, (hook: ResourceHookArgs) => run(what, hook.urn, () => look(hook.oldOutputs, hook)), {
    onDryRun: true,
  });

async function run(what: string, urn: string, look: () => ReturnType<Look>): Promise<void> {
  try {
    refuse(await look(), urn);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (!runtime.isDryRun()) throw error;
    // Unknown is not absent: a preview reports it and continues; the `up` that follows has the key or creates nothing.
    if (error instanceof KeyNotGiven)
      await log.warn(`not known: ${what}. ${why}. An \`up\` needs the key, and looks itself`);
    else refuse([{ problem: `not known: ${what}. ${why}`, commands: [] }], urn);
  }
}
