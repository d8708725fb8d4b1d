import { describe, expect, expectTypeOf, test } from "vitest";
import { variableNamesOf } from "../../src/catalog/environment.ts";
import { BrowserVariables, type BrowserVariablesArguments } from "../../src/platform/pages.ts";
import { registering, resolved } from "./mocks.ts";
import { sources } from "./sources.ts";

const component = "brandvx:pages:BrowserVariables";
const pagesVariables = "pulumi-nodejs:dynamic/cloudflare:PagesVariables";
const pagesProject = "cloudflare:index/pagesProject:PagesProject";

const accountId = "0123456789abcdef0123456789abcdef";
const plain = (value: string) => ({ type: "plain_text", value });
/** Some of the variables, with the values of their sources. */
const production = {
  VITE_POSTHOG_KEY: plain("phc_public"),
  VITE_POSTHOG_HOST: plain("https://us.i.posthog.com"),
  VITE_SENTRY_DSN: plain("https://aaaa@o1.ingest.sentry.io/1"),
  VITE_SENTRY_ENVIRONMENT: plain("production"),
};
const names = variableNamesOf("browser").toSorted();
const keysOf = (variables: unknown): string[] => Object.keys(variables as object).toSorted();

describe("the browser app's variables", () => {
  test("are written into a project that exists, beside what others wrote", async () => {
    const { made, types, resource } = await registering(
      (options) =>
        new BrowserVariables(
          "operator-ui",
          {
            ...{ project: "existing", accountId, projectName: "operator-ui", adopt: ["VITE_SENTRY_DSN"] },
            values: sources(),
          },
          options,
        ),
      { [pagesVariables]: { owned: { production: names, preview: [] } } },
    );
    const variables = resource(pagesVariables);
    expect(keysOf(variables.inputs.production)).toEqual(names);
    expect(variables.inputs).toMatchObject({
      ...{ accountId, projectName: "operator-ui", production, adopt: ["VITE_SENTRY_DSN"] },
      __provider: 'exports.handler=()=>require("@brandvx/resources/cloudflare/providers").pagesVariables',
    });
    expect(variables.secretInputs).toEqual([]);
    expect(variables.options.parent).toBe(made);
    expect((await resolved(made.names)).toSorted()).toEqual(names);
    expect(types).toEqual([component, pagesVariables]);
  });

  test("are the full set of a project that the stack creates, which is protected and never deleted", async () => {
    const { types, resource } = await registering(
      (options) =>
        new BrowserVariables(
          "operator-ui",
          {
            ...{ project: "created", accountId, projectName: "operator-ui", productionBranch: "main" },
            values: sources(),
          },
          options,
        ),
    );
    const project = resource(pagesProject);
    const { production: live, preview } = project.inputs.deploymentConfigs as Record<string, { envVars: object }>;
    expect([keysOf(live?.envVars), keysOf(preview?.envVars)]).toEqual([names, names]);
    expect(project.inputs).toMatchObject({
      ...{ accountId, name: "operator-ui", productionBranch: "main" },
      deploymentConfigs: {
        production: { envVars: production },
        preview: { envVars: { ...production, VITE_SENTRY_ENVIRONMENT: plain("preview") } },
      },
    });
    expect(project.options).toMatchObject({ protect: true, retainOnDelete: true });
    expect(types).toEqual([component, pagesProject]);
  });

  test("are those of a project that goes with a stack which may be thrown away", async () => {
    const place = { project: "created", accountId, projectName: "operator-ui", productionBranch: "main" } as const;
    const { resource } = await registering(
      (options) => new BrowserVariables("operator-ui", { ...place, values: sources(), protect: false }, options),
    );
    expect(resource(pagesProject).options).toMatchObject({ protect: false, retainOnDelete: false });
  });

  test("need a value for each of their sources, and none of a secret", () => {
    type Given = BrowserVariablesArguments["values"];
    expectTypeOf(sources()).toExtend<Given>();
    expectTypeOf<{ posthog: Given["posthog"]; stage: string }>().not.toExtend<Given>();
    expectTypeOf<Given>().not.toHaveProperty("redis");
  });
});
