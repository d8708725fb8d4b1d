import { delimiter } from "node:path";
import { type Engine, ensureEngine } from "../../local/engine/ensure.ts";
import { withOwnNode } from "../../local/engine/on-path.ts";
import { localStack, projectFolder } from "../../local/folder.ts";
import { Failure } from "../command/failure.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { canBeSameStack, type StackName, stackNameOf } from "./name.ts";
import { findProject, noSuchStack, type Project, stackSuggestion } from "./project.ts";
import { pulumiMessage, Stack } from "./stack.ts";

/**
 * Runs `work` with the named or selected stack. The stack `local` of this checkout comes with the local cloud: the running
 * one, or one that is started for the duration of the work.
 * @param options `mayBeNew`: the work creates the stack if it does not exist
 * @throws Failure when the stack does not exist
 */
export async function withStack<T>(
  wanted: string | undefined,
  surroundings: Surroundings,
  work: (stack: Stack) => Promise<T>,
  { mayBeNew = false }: { readonly mayBeNew?: boolean } = {},
): Promise<T> {
  const { cwd, signal, progress } = surroundings;
  if (wanted === "") throw new Failure("the name of the stack is empty", { fix: "add it: --stack <name>" });
  const project = findProject(cwd);
  const named = wanted === undefined ? undefined : stackNameOf(wanted);
  if (named?.project !== undefined && named.project !== project.name) {
    throw new Failure(`the stack "${wanted}" is of the project ${named.project}, and this is ${project.name}`, {
      fix: `go to the checkout of ${named.project}, or leave the project out of the name`,
    });
  }
  const isLocalCloud = named && isLocal(named) && project.folder === projectFolder.replace(/\/$/, "");
  const engine = await ensureEngine({ progress, seesKeys: !isLocalCloud });
  if (isLocalCloud) {
    // Loads the whole local cloud, so only when needed.
    const { openLocalStack } = await import("./local.ts");
    return openLocalStack({ engine, project, signal, progress }, work);
  }
  const parts = {
    project,
    pulumi: engine.pulumi,
    env: ownEnvironment(engine, surroundings),
    configArguments: [],
    signal,
  };
  const name = wanted ?? (await selectedStack(new Stack({ ...parts, name: "" })));
  if (!mayBeNew && !project.stacks.includes(stackNameOf(name).stage))
    await requireStack(project, new Stack({ ...parts, name }));
  return work(new Stack({ ...parts, name }));
}

/**
 * The stack of `npm start`, by any of its names. Pulumi puts stacks with file state into the organization
 * "organization".
 */
const isLocal = ({ organization, stage }: StackName): boolean =>
  stage === localStack && (organization === undefined || organization === "organization");

/** Environment for `pulumi`: the user's login, state and keys, the engine that was found, and a suitable Node on PATH. */
function ownEnvironment({ folder }: Engine, { env }: Surroundings): Record<string, string> {
  const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(given),
    PATH: [folder, withOwnNode(env.PATH ?? "")].join(delimiter),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Otherwise a refresh or destroy uses the configuration of the last `up`, which lacks a rotated key.
    PULUMI_RUN_PROGRAM: "true",
  };
}

interface Listed {
  name: string;
  current: boolean;
}

/** Whether Pulumi has a state for it. @throws Failure when Pulumi cannot list its stacks */
export async function isListed(stack: Stack): Promise<boolean> {
  const wanted = stackNameOf(stack.name);
  return (await listStacks(stack)).some(({ name }) => canBeSameStack(stackNameOf(name), wanted));
}

async function listStacks(stack: Stack): Promise<Listed[]> {
  const { exitCode, stdout, stderr } = await stack.list();
  if (exitCode !== 0)
    throw new Failure(`Pulumi cannot list the stacks: ${pulumiMessage(stderr)}`, {
      fix: "pulumi login",
    });
  return JSON.parse(stdout) as Listed[];
}

async function selectedStack(stack: Stack): Promise<string> {
  const stacks = await listStacks(stack);
  const current = stacks.find(({ current }) => current)?.name;
  if (current !== undefined) return current;
  const names = stacks.map(({ name }) => name);
  throw new Failure("no stack is named, and none is selected", {
    fix: names.length === 0 ? "pulumi stack init <name>" : `add --stack with one of ${names.join(", ")}`,
  });
}

/** Distinguishes a stack without a configuration file, which may exist, from a mistyped name. */
async function requireStack(project: Project, stack: Stack): Promise<void> {
  const known = [...project.stacks, localStack];
  const listed = await listStacks(stack).catch((error: unknown) => error);
  if (!Array.isArray(listed)) {
    const why = listed instanceof Error ? listed.message : String(listed);
    throw new Failure(`the stack "${stack.name}" has no configuration file, and ${why}`, {
      fix: `${stackSuggestion(stack.name, known)} Otherwise log in: pulumi login`,
    });
  }
  const names = (listed as Listed[]).map(({ name }) => name);
  const wanted = stackNameOf(stack.name);
  if (names.some((name) => canBeSameStack(stackNameOf(name), wanted))) return;
  throw noSuchStack(stack.name, project, [...names, ...known]);
}
