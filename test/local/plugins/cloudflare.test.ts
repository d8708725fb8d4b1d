import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cloudflareClient } from "../../../src/local/plugins/cloudflare/client.ts";
import { plannedConfigs } from "../../../src/local/plugins/cloudflare/deployment-configs.ts";
import { cloudflarePlugin } from "../../../src/local/plugins/cloudflare/plugin.ts";
import { fromWire, mergePatch, toWire, withoutEmpty } from "../../../src/local/plugins/cloudflare/wire.ts";
import { isProperties, type Properties, type Value } from "../../../src/local/plugins/kit/values.ts";
import { mergePatch as applyPatch } from "../../../src/local/twins/cloudflare/merge.ts";
import { account, cloudflare, plain, project, secret } from "../twins/cloudflare/support.ts";
import { engineFor } from "./engine.ts";

const type = "cloudflare:index/pagesProject:PagesProject";
const inputs = {
  accountId: account,
  name: "operator-ui",
  productionBranch: "main",
  deploymentConfigs: {
    production: { envVars: { A: plain("1"), S: secret("s1") }, placement: { mode: "smart" } },
    preview: { envVars: { MODE: plain("preview") } },
  },
};
const withVars = (envVars: Properties) => ({
  ...inputs,
  deploymentConfigs: { ...inputs.deploymentConfigs, production: { ...inputs.deploymentConfigs.production, envVars } },
});

async function pages() {
  const { twin, api } = await cloudflare();
  const engine = await engineFor(cloudflarePlugin, type, {
    apiToken: "t".repeat(40),
    baseUrl: `${twin.url}/client/v4`,
  });
  const made = await engine.create(inputs);
  twin.requests.clear();
  return { twin, api, engine, marked: made.state, state: clear(made.state) as Properties };
}

/** As the engine returns a state: secrets in plain text. */
function clear(value: Value): Value {
  if (!isProperties(value)) return value;
  if ("4dabf18193072939515e22adb298388d" in value) return clear(value.value ?? null);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, clear(inner)]));
}

test("a configured token must look like one; the environment's is taken as it is", () => {
  expect(() => cloudflareClient({ apiToken: "too-short" }, {})).toThrow(/40 to 80/);
  expect(() => cloudflareClient({}, { CLOUDFLARE_API_TOKEN: "short" })).not.toThrow();
});

describe("what is sent for a change of", () => {
  const production = (change: Properties) => ({ deployment_configs: { production: change } });
  test.each<[string, Properties, Properties]>([
    ["nothing", inputs, {}],
    [
      "a variable more",
      withVars({ A: plain("1"), S: secret("s1"), B: secret("x") }),
      production({ env_vars: { B: secret("x") } }),
    ],
    ["a variable less", withVars({ A: plain("1") }), production({ env_vars: { S: null } })],
    ["all variables", withVars({}), production({ env_vars: { A: null, S: null } })],
    [
      "a value: without its type",
      withVars({ A: plain("1"), S: secret("s2") }),
      production({ env_vars: { S: { value: "s2" } } }),
    ],
    [
      "a type: without its value",
      withVars({ A: secret("1"), S: secret("s1") }),
      production({ env_vars: { A: { type: "secret_text" } } }),
    ],
    ["the branch", { ...inputs, productionBranch: "trunk" }, { production_branch: "trunk" }],
    [
      "a placement that goes",
      {
        ...inputs,
        deploymentConfigs: { ...inputs.deploymentConfigs, production: { envVars: { A: plain("1"), S: secret("s1") } } },
      },
      production({ placement: null }),
    ],
  ])("%s", async (_, news, body) => {
    const { twin, engine, state } = await pages();
    await engine.update("operator-ui", state, news);
    expect(twin.requests.all()).toMatchObject([{ method: "PATCH", body }]);
    expect(twin.requests.all()[0]?.body).toEqual(body);
  });

  test("any two settings leads from one to the other", () => {
    const config = fc.dictionary(
      fc.constantFrom("envVars", "kvNamespaces", "placement", "compatibilityDate"),
      fc.dictionary(fc.constantFrom("A", "B"), fc.dictionary(fc.constantFrom("type", "value"), fc.string())),
    );
    fc.assert(
      fc.property(config, config, (before, after) => {
        const [from, to] = [toWire(withoutEmpty(before)), toWire(withoutEmpty(after))] as [Properties, Properties];
        expect(withoutEmpty(applyPatch(from, mergePatch(from, to)) as Value)).toEqual(to);
      }),
    );
  });
});

describe("names", () => {
  test("are spelled as the API does, but for those of variables and bindings", () => {
    const config = {
      envVars: { VITE_SENTRY_DSN: plain("x") },
      d1Databases: { MY_DB: { id: "1" } },
      failOpen: true,
      r2Buckets: { B: { bucketName: "b" } },
    };
    const wire = {
      env_vars: { VITE_SENTRY_DSN: plain("x") },
      d1_databases: { MY_DB: { id: "1" } },
      fail_open: true,
      r2_buckets: { B: { bucket_name: "b" } },
    };
    expect(toWire(config)).toEqual(wire);
    expect(fromWire(wire)).toEqual(config);
  });
});

describe("a project", () => {
  test("has every variable's value as a secret, plain ones too, and computed outputs", async () => {
    const { marked } = await pages();
    const shown = JSON.stringify(marked.deploymentConfigs);
    expect(shown.match(/1b47061264138c4ac30d75fd1eb44270/g)).toHaveLength(3);
    expect(marked).toMatchObject({ subdomain: "operator-ui.pages.dev", domains: ["operator-ui.pages.dev"] });
  });

  test("keeps secrets that come back empty, in an update and in a read", async () => {
    const { engine, state } = await pages();
    const after = clear(
      await engine.update("operator-ui", state, withVars({ A: plain("2"), S: secret("s1") })),
    ) as Properties;
    expect(after).toMatchObject({ deploymentConfigs: { production: { envVars: { A: plain("2"), S: secret("s1") } } } });
    const read = await engine.read("operator-ui", after, withVars({ A: plain("2"), S: secret("s1") }));
    expect(clear(read.state)).toEqual(after);
  });

  test("shows variables that were changed or added by hand, and not bindings, as the real plugin", async () => {
    const { engine, state, api } = await pages();
    const change = async (settings: Properties) => api.patch(project, { deployment_configs: { production: settings } });
    await change({ kv_namespaces: { CACHE: { namespace_id: "1" } } });
    expect(clear((await engine.read("operator-ui", state)).state)).toEqual(state);
    await change({ env_vars: { A: plain("by hand"), FOREIGN: plain("1") } });
    const { state: read, inputs: readInputs } = await engine.read("operator-ui", state, inputs);
    expect((await engine.diff(clear(read) as Properties, inputs)).details).toMatchObject({
      "deploymentConfigs.production.envVars.A.value": "UPDATE",
      "deploymentConfigs.production.envVars.FOREIGN": "DELETE",
    });
    expect(clear(readInputs)).toMatchObject({
      deploymentConfigs: { production: { envVars: { FOREIGN: plain("1") } } },
    });
  });

  test("leaves its settings alone when they are ignored, or not in the program", async () => {
    const { engine, state } = await pages();
    expect((await engine.diff(state, withVars({}), ["deploymentConfigs"])).changes).toBe(false);
    const { deploymentConfigs: _, ...without } = inputs;
    expect((await engine.diff(state, without)).changes).toBe(false);
    expect(plannedConfigs({ production: { envVars: { A: plain("1") } } }, state.deploymentConfigs)).toHaveProperty(
      "preview",
    );
  });

  test("is another one under another name or account", async () => {
    const { engine, state } = await pages();
    expect((await engine.diff(state, { ...inputs, name: "other" })).replaces).toEqual(["name"]);
    expect((await engine.diff(state, { ...inputs, accountId: "other" })).replaces).toEqual(["accountId"]);
  });

  test("that is gone is read as gone, but is an error to import and to delete", async () => {
    const { engine, state, api } = await pages();
    await api.delete(project);
    expect((await engine.read("operator-ui", state)).id).toBe("");
    await expect(engine.read(`${account}/operator-ui`)).rejects.toThrow(/404 Project not found.* \(8000007\)/s);
    await expect(engine.delete("operator-ui", state)).rejects.toThrow(/404/);
  });

  test("that exists is a conflict, asked for once", async () => {
    const { engine, twin } = await pages();
    await expect(engine.create(inputs)).rejects.toThrow(/409 A project with this name already exists/);
    expect(twin.requests.all()).toHaveLength(1);
  });
});
