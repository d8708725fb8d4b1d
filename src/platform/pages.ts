import { PagesVariables } from "@brandvx/resources/cloudflare";
import { PagesProject } from "@pulumi/cloudflare/pagesProject.js";
import { ComponentResource, type ComponentResourceOptions, type Output, output } from "@pulumi/pulumi";
import { unlessForeignOnPages, unlessProjectExists } from "./existing/variables.ts";
import type { PagesSettings } from "./settings/pages.ts";
import { type VariableValues, variablesOf } from "./variables.ts";

export type BrowserVariablesArguments = PagesSettings & {
  values: VariableValues<"browser">;
  /**
   * Whether a project that this stack creates is retained, with its deployments, when the stack is destroyed.
   * @default true
   */
  protect?: boolean;
};

/** Stage of errors from preview deployments, so that no alert mistakes them for production's. */
const previewStage = "preview";

/**
 * The operator UI's variables on Cloudflare Pages, all of them public: Vite copies them into the bundle. They take
 * effect at the next deployment. A deployment by `wrangler pages deploy` with a wrangler.toml removes variables that
 * are not in that file (cloudflare/workers-sdk#7642).
 *
 * @example
 * declare const values: ConstructorParameters<typeof BrowserVariables>[1]["values"];
 * new BrowserVariables("operator-ui", { project: "existing", accountId: "0123456789abcdef0123456789abcdef", projectName: "operator-ui", values });
 */
export class BrowserVariables extends ComponentResource {
  /** Names of the variables that this resource writes for production deployments. */
  readonly names: Output<string[]>;

  constructor(name: string, args: BrowserVariablesArguments, options?: ComponentResourceOptions) {
    super("brandvx:pages:BrowserVariables", name, {}, options);
    const production = browserVariables(args.values);
    this.names =
      args.project === "existing"
        ? this.#writeInto(name, args, production)
        : this.#create(name, args, production, browserVariables({ ...args.values, stage: previewStage }));
    this.registerOutputs({ names: this.names });
  }

  #writeInto(
    name: string,
    { accountId, projectName, adopt = [] }: Arguments<"existing">,
    production: BrowserVariableSet,
  ): Output<string[]> {
    const wanted = { accountId, projectName, production, adopt };
    const variables = new PagesVariables(name, wanted, { parent: this, hooks: unlessForeignOnPages(wanted) });
    return variables.owned.apply((owned) => owned.production);
  }

  /**
   * The project with all of its variables: any other variable is removed. Both sets of settings get variables, because
   * the plugin cannot read the project back otherwise.
   */
  #create(
    name: string,
    { accountId, projectName, productionBranch, protect = true }: Arguments<"created">,
    production: BrowserVariableSet,
    preview: BrowserVariableSet,
  ): Output<string[]> {
    const deploymentConfigs = { production: { envVars: production }, preview: { envVars: preview } };
    new PagesProject(
      name,
      { accountId, name: projectName, productionBranch, deploymentConfigs },
      {
        parent: this,
        protect,
        retainOnDelete: protect,
        hooks: unlessProjectExists(accountId, projectName, { parent: this, protect }),
      },
    );
    return output(Object.keys(production));
  }
}

type Arguments<Project> = Extract<BrowserVariablesArguments, { project: Project }>;
type BrowserVariableSet = ReturnType<typeof browserVariables>;

/** The variables in the format of both Cloudflare resources. */
const browserVariables = (sources: VariableValues<"browser">) =>
  Object.fromEntries(
    Object.entries(variablesOf("browser", sources)).map(([name, { value }]) => [
      name,
      { type: "plain_text" as const, value },
    ]),
  );
