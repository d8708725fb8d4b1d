import { configure as configureCloudflare } from "@brandvx/resources/cloudflare/look";
import { KeyNotGiven } from "@brandvx/resources/not-given";
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
import { programSettingsReader } from "../settings/reader.ts";
import { type Obstacle, refuse } from "./report.ts";

/** A resource that is about to be made, as the stack would have it in its state. */
export interface Own {
  /** Under which it stands. */
  parent: Resource;
  protect?: boolean | undefined;
}

/** The command that brings back what an `up` of this stack made and lost. */
export async function importOf(
  { type, name }: ResourceHookArgs,
  id: string,
  { parent, protect = false }: Own,
): Promise<string> {
  const parentUrn = await new Promise<string>((resolve) => void parent.urn.apply(resolve));
  return importCommand(runningStack(), { type, name, id, parentUrn, protect });
}

/** Looks at a vendor. `outputs` are those of the resource in the state; undefined for one that is about to be made. */
export type Look = (
  outputs: Readonly<Record<string, unknown>> | undefined,
  hook: ResourceHookArgs,
) => Promise<readonly Obstacle[]>;

// The vendors' clients read it when they are first used.
for (const configure of [configureCloudflare, configureRender, configureSentry, configureUpstash])
  configure({ get: (key) => programSettingsReader().config(key) });

/**
 * Looks at the vendor before a resource is made, in a preview, too: what exists there already would fail an `up` half-way, be
 * written over, or be made a second time, at a price. It does not run for what is in the state, nor for what is taken over.
 * @param what a name of its own, for a person: "whether the Sentry team platform exists"
 */
export const beforeCreation = (what: string, look: Look): ResourceHookBinding => ({
  beforeCreate: [hookOf(what, look)],
});

/** The same, and before the resource is changed: it may want more than before. */
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
    // Not known is not absent: a preview says so and goes on, the `up` that follows has the key or makes nothing.
    if (error instanceof KeyNotGiven)
      await log.warn(`not known: ${what}. ${why}. An \`up\` needs the key, and looks itself`);
    else refuse([{ problem: `not known: ${what}. ${why}`, commands: [] }], urn);
  }
}
