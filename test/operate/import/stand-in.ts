import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { localKeys } from "../../../src/local/account.ts";
import { startPosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import { type ImportOptions, importDashboard, loadDashboard } from "../../../src/operate/import/dashboard.ts";
import type { Ran, Stack } from "../../../src/operate/stack/stack.ts";
import { providerText } from "../../../src/resources/kernel/resource.ts";
import type { DashboardInputs } from "../../../src/resources/posthog/dashboard/inputs.ts";
import { dashboardProvider } from "../../../src/resources/posthog/dashboard/provider.ts";
import { PostHogConnections } from "../../../src/resources/posthog/settings.ts";
import { stackConfig } from "../../support/cloud.ts";
import { definitionsCheckout } from "../support/checkout.ts";

const projectName = "brandvx-observability";
const product = `urn:pulumi:test::${projectName}::brandvx:posthog:Product::product`;
const type = "pulumi-nodejs:dynamic/posthog:Dashboard";
const __provider = providerText({ module: "@brandvx/resources/posthog/providers", name: "dashboard" });

interface Kept {
  urn: string;
  type: string;
  id?: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

/**
 * A checkout, a PostHog, and a stack that simulates Pulumi's: what Pulumi would print and store, without its run time.
 * test/e2e/operate/import.test.ts shows that the real one does the same.
 */
export async function importing() {
  const posthog = await startPosthogTwin({ personalApiKey: "phx_marked_e2e_key_0123456789abcdef" });
  const checkout = await definitionsCheckout("brandvx-import-");
  const folder = checkout.folder.path;
  const state: Kept[] = [{ urn: product, type: "brandvx:posthog:Product", inputs: {}, outputs: {} }];
  const commands: string[] = [];
  let failing: string | undefined;
  const interruption = new AbortController();
  let interruptedAt: string | undefined;

  const config = { ...stackConfig, "posthog:host": posthog.url, "posthog:projectId": posthog.projectId };
  const configuration = Object.entries(config).map(([key, value]) => [
    key.includes(":") ? key : `${projectName}:${key}`,
    { value: typeof value === "object" ? JSON.stringify(value) : String(value), secret: false },
  ]);
  const urnOf = (key: string): string => `urn:pulumi:test::${projectName}::brandvx:posthog:Product$${type}::${key}`;

  /** The program's current resources, as a preview reports them. */
  async function stated(): Promise<{ key: string; inputs: Record<string, unknown> }[]> {
    const index = checkout.read("dashboards/index.ts");
    const keys = readdirSync(join(folder, "dashboards")).map((file) => file.replace(/\.ts$/, ""));
    const all = keys
      .filter((key) => index.includes(`"./${key}.ts"`))
      .map(async (key) => {
        const { accepted: _, ...definition } = (await loadDashboard(folder, key)) ?? {};
        const managedBy = `${projectName}/test/${key}`;
        return { key, inputs: { ...jsonOf(definition), projectId: posthog.projectId, managedBy } };
      });
    return Promise.all(all);
  }

  async function preview(): Promise<Ran> {
    const dashboards = await stated();
    const steps = dashboards.map(({ key, inputs }) => ({
      op: state.some(({ urn }) => urn === urnOf(key)) ? "same" : "create",
      urn: urnOf(key),
      newState: { type, parent: product, inputs: { ...inputs, __provider } },
    }));
    return ran(JSON.stringify({ steps }));
  }

  function take(file: string): Ran {
    const { nameTable, resources } = JSON.parse(readFileSync(file, "utf8"));
    if (nameTable.parent !== product) throw new Error("the parent is not the one in the state");
    for (const { name, id, inputs, outputs } of resources) state.push({ urn: urnOf(name), type, id, inputs, outputs });
    return ran();
  }

  const run = async (...args: readonly string[]): Promise<Ran> => {
    commands.push(args[0] ?? "");
    if (args[0] === interruptedAt) interruption.abort();
    if (args[0] !== "import") interruption.signal.throwIfAborted();
    if (args[0] === failing) return { exitCode: 255, stdout: "", stderr: `error: ${failing} does not work today` };
    if (args[0] === "config") return ran(JSON.stringify(Object.fromEntries(configuration)));
    if (args[0] === "stack") return ran(JSON.stringify({ deployment: { resources: state } }));
    if (args[0] === "preview") return preview();
    return take(args[2] ?? "");
  };
  let key = posthog.personalApiKey;
  const stack = (): Stack => {
    const one = {
      ...{ name: "test", project: { folder, name: projectName, stacks: ["test"] }, signal: interruption.signal },
      ...{ env: { ...localKeys, POSTHOG_PERSONAL_API_KEY: key }, run, look: run, toItsEnd: run },
      uninterrupted: () => one,
    };
    return one as unknown as Stack;
  };

  const provider = () => {
    const made = dashboardProvider(new PostHogConnections());
    const values: Record<string, string> = {
      "posthog:host": posthog.url,
      "posthog:personalApiKey": posthog.personalApiKey,
    };
    const get = (name: string) => values[name];
    void made.configure?.({ config: { get, require: (name: string) => get(name) ?? "" } });
    return made;
  };
  const kept = (name: string): Kept => {
    const found = state.find(({ urn }) => urn === urnOf(name));
    if (!found?.id) throw new Error(`the state has no dashboard ${name}`);
    return found;
  };

  return {
    ...checkout,
    ...{ posthog, commands, state },
    exists: (file: string) => existsSync(join(folder, file)),
    useKey(other: string) {
      key = other;
    },
    /** A Ctrl-C while this command runs. */
    interrupt(command: string) {
      interruptedAt = command;
    },
    fail(command: string) {
      failing = command;
    },
    import: (target: string | number, options: Partial<ImportOptions> = {}) =>
      importDashboard(String(target), stack(), { dryRun: false, force: false, ...options }, { progress: () => {} }),
    /** The program's current definition of a dashboard. */
    async program(name: string): Promise<DashboardInputs> {
      const found = (await stated()).find(({ key }) => key === name);
      if (!found) throw new Error(`the program has no dashboard ${name}`);
      return found.inputs as unknown as DashboardInputs;
    },
    /** `pulumi refresh`: the state's inputs afterwards. */
    async refresh(name: string): Promise<DashboardInputs> {
      const own = kept(name);
      const { inputs, props } = (await provider().read?.(own.id ?? "", own.outputs)) ?? {};
      Object.assign(own, { inputs, outputs: props });
      const { __provider: _, ...rest } = inputs as Record<string, unknown>;
      return rest as unknown as DashboardInputs;
    },
    /** `pulumi up` of one dashboard: creates it, or writes what differs. */
    async up(name: string): Promise<void> {
      const inputs = { ...(await this.program(name)) } as unknown as Record<string, unknown>;
      const own = state.find(({ urn }) => urn === urnOf(name));
      if (own) own.outputs = (await provider().update?.(own.id ?? "", own.outputs, inputs))?.outs ?? {};
      else {
        const { id, outs } = await provider().create(inputs);
        state.push({ urn: urnOf(name), type, id, inputs, outputs: outs ?? {} });
      }
      Object.assign(kept(name), { inputs });
    },
    idOf: (name: string) => Number(kept(name).id),
    async [Symbol.asyncDispose]() {
      await posthog.stop();
      checkout.folder[Symbol.dispose]();
    },
  };
}

const ran = (stdout = ""): Ran => ({ exitCode: 0, stdout, stderr: "" });

const jsonOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
