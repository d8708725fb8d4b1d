import { type CustomResourceOptions, type Input, type Output, secret } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";

/** A variable of a Render service. Render shows its value to everyone with access to the service. */
export interface ServiceVariable {
  /** A secret value is encrypted in state and never shown, whether or not it is marked as secret here. */
  visibility: "public" | "secret";
  /** Not empty. */
  value: Input<string>;
}

export interface ServiceVariablesArguments {
  /** `srv-…`, from the service's address in Render. Changing it creates a new resource. */
  serviceId: Input<string>;
  /** Variables by name. */
  variables: Readonly<Record<string, ServiceVariable>>;
  /**
   * Names of existing variables that may be overwritten.
   * @default none
   */
  adopt?: readonly string[];
  /**
   * `after-change`: one deploy after the last write of an `up`, none when nothing was written. `never`: the
   * variables wait for the service's next deploy.
   * @default "after-change"
   */
  deploy?: "after-change" | "never";
}

/**
 * Some of the variables of a Render service. Only the names given here are ever written or removed, one at a time: other
 * variables, and those of linked environment groups, stay as they are, also when this resource is deleted. A variable
 * that exists already with another value and that this resource did not write is an error which names it, unless `adopt`
 * does. One that has the wanted value becomes this resource's: an earlier run that was killed may have written it, and not
 * lived to deploy it, so that the service is deployed.
 *
 * A refresh finds own variables that were changed or removed by hand. Nothing waits for the deploy to be live.
 *
 * @example
 * new ServiceVariables("backend", {
 *   serviceId: "srv-abc123",
 *   variables: { POSTHOG_HOST: { visibility: "public", value: "https://us.i.posthog.com" } },
 * });
 */
export class ServiceVariables extends DynamicResource {
  /** Names that this resource wrote. */
  declare readonly owned: Output<string[]>;
  /** Whether something was written that no deploy of this resource has used yet. */
  declare readonly deployPending: Output<boolean>;

  constructor(
    name: string,
    { serviceId, variables, adopt = [], deploy = "after-change" }: ServiceVariablesArguments,
    options?: CustomResourceOptions,
  ) {
    super(
      "render:ServiceVariables",
      { module: "@brandvx/resources/render/providers", name: "serviceVariables" },
      name,
      { serviceId, variables: withSecrets(variables), adopt: [...adopt], deploy },
      ["owned", "deployPending"],
      options,
    );
  }
}

const withSecrets = (variables: Readonly<Record<string, ServiceVariable>>) =>
  Object.fromEntries(
    Object.entries(variables).map(([name, { visibility, value }]) => [
      name,
      { visibility, value: visibility === "secret" ? secret(value) : value },
    ]),
  );
