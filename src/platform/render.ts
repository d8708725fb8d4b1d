import { ServiceVariables } from "@brandvx/resources/render";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { unlessForeignOnRender } from "./existing/variables.ts";
import type { RenderSettings } from "./settings/render.ts";
import { type VariableValues, variablesOf } from "./variables.ts";

export type ServerVariablesArguments = RenderSettings & { values: VariableValues<"server"> };

/**
 * The backend's variables on Render. An `up` that changes some of them ends with one deploy of the live build.
 *
 * @example
 * declare const values: ConstructorParameters<typeof ServerVariables>[1]["values"];
 * new ServerVariables("backend", { serviceId: "srv-abc123", values });
 */
export class ServerVariables extends ComponentResource {
  /** Names of the variables that this resource writes. */
  readonly names: Output<string[]>;

  constructor(
    name: string,
    { serviceId, adopt = [], deploy = "after-change", values }: ServerVariablesArguments,
    options?: ComponentResourceOptions,
  ) {
    super("brandvx:render:ServerVariables", name, {}, options);
    const variables = variablesOf("server", values);
    const wanted = { serviceId, variables, adopt, deploy };
    const resource = new ServiceVariables(name, wanted, { parent: this, hooks: unlessForeignOnRender(wanted) });
    this.names = resource.owned;
    this.registerOutputs({ names: this.names });
  }
}
