import { CustomResource, type CustomResourceOptions, type Inputs } from "@pulumi/pulumi";

/**
 * The provider of a resource and its package: `{ module: "@brandvx/resources/posthog/providers", name: "dashboard" }`.
 */
export interface ProviderReference {
  module: string;
  name: string;
}

/**
 * The text that Pulumi stores in state for a dynamic resource and runs for each of its operations. It only refers to
 * the provider: a refresh or a destroy runs the installed code, never code from an old state, and the text does not
 * change with the code. Pulumi's own `dynamic.Resource` would serialize the provider instead (see docs/decisions).
 */
export const providerText = ({ module, name }: ProviderReference): string =>
  `exports.handler=()=>require(${JSON.stringify(module)}).${name}`;

/** A resource with a dynamic provider of this package. */
export abstract class DynamicResource extends CustomResource {
  /**
   * @param type   vendor and kind, "posthog:Dashboard"
   * @param outputs names of the provider's outputs; Pulumi requires their declaration
   */
  protected constructor(
    type: `${string}:${string}`,
    provider: ProviderReference,
    name: string,
    inputs: Inputs,
    outputs: readonly string[],
    options?: CustomResourceOptions,
  ) {
    const declared = Object.fromEntries(outputs.map((output) => [output, undefined]));
    const [vendor, kind] = type.split(":");
    const token = `pulumi-nodejs:dynamic/${vendor}:${kind}`;
    super(token, name, { ...declared, ...inputs, __provider: providerText(provider) }, options);
  }
}
