import { foreignVariables as foreignOnPages, hasProject } from "@brandvx/resources/cloudflare/look";
import { foreignVariables as foreignOnRender } from "@brandvx/resources/render/look";
import { Config, type Input, type ResourceHookBinding, runtime } from "@pulumi/pulumi";
import { appended, removeCommand, runningStack, setCommand } from "../settings/commands.ts";
import { beforeCreation, beforeWriting, importOf, type Own } from "./look.ts";
import type { Obstacle } from "./report.ts";

interface WantedOnPages {
  accountId: string;
  projectName: string;
  production: Readonly<Record<string, { type: "plain_text"; value: Input<string> }>>;
  adopt: readonly string[];
}

/** Existing variables of a Pages project that would be overwritten. */
export const unlessForeignOnPages = ({ production, adopt, ...place }: WantedOnPages): ResourceHookBinding =>
  beforeWriting(`whether the Pages project ${place.projectName} has variables of others`, async (outputs) => {
    const wanted = { ...place, adopt: [...adopt], production: await plainVariables(production) };
    const owned = outputs?.owned as Parameters<typeof foreignOnPages>[1];
    return obstacles(await foreignOnPages(wanted, owned), { path: "pages.adopt", adopt });
  });

interface WantedOnRender {
  serviceId: string;
  variables: Readonly<Record<string, { visibility: "public" | "secret"; value: Input<string> }>>;
  adopt: readonly string[];
  deploy: "after-change" | "never";
}

/** Existing variables of a Render service that would be overwritten. */
export const unlessForeignOnRender = ({ variables, adopt, ...rest }: WantedOnRender): ResourceHookBinding =>
  beforeWriting(`whether the Render service ${rest.serviceId} has variables of others`, async (outputs) => {
    const wanted = { ...rest, adopt: [...adopt], variables: await plainVariables(variables) };
    const owned = outputs?.owned as Parameters<typeof foreignOnRender>[1];
    return obstacles(await foreignOnRender(wanted, owned), { path: "render.adopt", adopt });
  });

/** An existing project is not managed by this stack: its variables are written one by one. */
export const unlessProjectExists = (accountId: string, projectName: string, own: Own): ResourceHookBinding =>
  beforeCreation(`whether the Pages project ${projectName} exists`, async (_, hook) => {
    if (!(await hasProject(accountId, projectName))) return [];
    const problem = `the Pages project ${projectName} already exists; to write variables into it as it is:`;
    const stack = runningStack();
    const commands = [
      setCommand(stack, { path: "pages.project", value: "existing" }),
      ...(new Config().getObject<{ productionBranch?: string }>("pages")?.productionBranch === undefined
        ? []
        : [removeCommand(stack, "pages.productionBranch")]),
    ];
    return [{ problem, commands, ifOwn: await importOf(hook, `${accountId}/${projectName}`, own) }];
  });

/** @param list the configuration's list of variables that may be overwritten, with its present entries */
function obstacles(
  foreign: Awaited<ReturnType<typeof foreignOnRender>>,
  list: { path: string; adopt: readonly string[] },
): Obstacle[] {
  const names = [...new Set(foreign.flatMap((one) => one.names))];
  if (names.length === 0) return [];
  const where = foreign.map((one) => `${one.names.join(", ")} in ${one.place}`).join("; ");
  const [were, them] = names.length === 1 ? ["was", "it"] : ["were", "them"];
  const commands = appended(list.path, list.adopt, names).map((setting) => setCommand(runningStack(), setting));
  return [{ problem: `${were} not written by this stack: ${where}; to let it write over ${them}:`, commands }];
}

/**
 * A value as providers get it: Pulumi's marker when it is unknown in a preview, and secrets in plain text. Only for
 * comparison, never for output.
 */
const plainValue = async (value: Input<string>): Promise<string> =>
  String(runtime.unwrapRpcSecret(await runtime.serializeProperty("value", value, new Set())));

/** Each variable with its {@link plainValue}. */
async function plainVariables<Variable extends { value: Input<string> }>(
  variables: Readonly<Record<string, Variable>>,
): Promise<Record<string, Variable & { value: string }>> {
  const entries = Object.entries(variables).map(async ([name, variable]) => [
    name,
    { ...variable, value: await plainValue(variable.value) },
  ]);
  return Object.fromEntries(await Promise.all(entries));
}
