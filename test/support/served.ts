import type { Cloud } from "../../src/local/cloud.ts";
import type { DriftWork } from "../../src/local/console/resources/drift.ts";
import { startChecker } from "../../src/local/edits/checker.ts";
import { editsAtStart } from "../../src/local/edits/loop.ts";
import { startHosting } from "../../src/local/hosting/index.ts";
import type { StackResource } from "../../src/local/pulumi.ts";
import { obsDrift, type Served, serve } from "../../src/local/serve.ts";
import { cloudStack } from "./cloud.ts";
import type { TestStack } from "./stack.ts";
import { temporaryFolder } from "./temporary.ts";

/** What `npm start` serves, around a separate stack that is up. */
export interface ServedStack extends AsyncDisposable {
  readonly cloud: Cloud;
  readonly stack: TestStack;
  readonly served: Served;
  resources(): Promise<StackResource[]>;
  /** The output of `npm start` so far, including that of the apps. */
  readonly said: readonly string[];
}

/** The history is sent while the stack comes up; resolves when `npm start` would say that the console is ready. */
export async function servedStack(): Promise<ServedStack> {
  const { cloud, stack, ...at } = await cloudStack();
  const folder = temporaryFolder("brandvx-served-");
  const heal: DriftWork = async (print) => {
    const { exitCode, text } = await stack.up("--refresh", "--run-program");
    print(text);
    served.stackIs(await resourcesOf(stack));
    return exitCode;
  };
  const apply = async () => {
    const { exitCode, text: output } = await stack.up();
    served.stackIs(await resourcesOf(stack));
    return { succeeded: exitCode === 0, output };
  };
  const said: string[] = [];
  const hosting = await startHosting({ cloud, portOf: () => 0, notice: (line) => said.push(line) });
  const checker = startChecker(stack.folder);
  const served = await serve({
    ...{ cloud, hosting, folder: folder.path, consolePort: 0, progress: (line: string) => said.push(line) },
    drift: { check: obsDrift(stack.name, stack.folder, stack.env), heal },
    edited: { folder: stack.folder, atStart: await editsAtStart(checker), checker, apply },
  });
  const dispose = async (): Promise<void> => {
    await served.stop();
    await hosting.stop();
    await at[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  };
  try {
    const { exitCode, text } = await stack.up();
    if (exitCode !== 0) throw new Error(text);
    served.stackIs(await resourcesOf(stack));
    await served.deployed();
  } catch (error) {
    await dispose();
    throw error;
  }
  return { ...{ cloud, stack, served, said }, resources: () => resourcesOf(stack), [Symbol.asyncDispose]: dispose };
}

export async function resourcesOf(stack: TestStack): Promise<StackResource[]> {
  const { deployment } = JSON.parse(await stack.state()) as { deployment: { resources?: StackResource[] } };
  return deployment.resources ?? [];
}
