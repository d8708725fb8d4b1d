import { CustomResource, type CustomResourceOptions, type Inputs } from "@pulumi/pulumi";

/** Which provider of which package serves a resource: `{ module: "@brandvx/resources/posthog/providers", name: "dashboard" }`. */
export interface ProviderReference {
  module: string;
  name: string;
}

/**
 * The text that Pulumi keeps in state for a dynamic resource and runs for each of its operations. It only names the
 * provider: a refresh or a destroy runs the code that is installed, never code from an old state, and the text does not
 * change when the code does. Pulumi's own `dynamic.Resource` would serialize the provider instead (see docs/decisions).
 */
export const providerText = ({ module, name }: ProviderReference): string =>
  `exports.handler=()=>require(${JSON.stringify(module)}).${name}`;

/** A resource whose provider is a dynamic one of this package. */
export abstract class DynamicResource extends CustomResource {
  /**
   * @param type   vendor and kind, "posthog:Dashboard"
   * @param outputs names of what the provider adds; they must be declared to exist as outputs
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
