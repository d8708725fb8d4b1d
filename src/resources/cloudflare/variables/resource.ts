import { type CustomResourceOptions, type Input, type Output, secret } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";

/** A variable of a Pages project. Cloudflare never shows the value of a `secret_text` again. */
export interface PagesVariable {
  type: "plain_text" | "secret_text";
  /** Not empty. A `secret_text` is encrypted in state, whether or not it is marked as secret here. */
  value: Input<string>;
}

export interface PagesVariablesArguments {
  /** Cloudflare's id of the account: 32 hexadecimal digits. Changing it creates a new resource. */
  accountId: Input<string>;
  /** Name of an existing project. Changing it creates a new resource. */
  projectName: Input<string>;
  /** Variables of production deployments, by name. */
  production: Readonly<Record<string, PagesVariable>>;
  /**
   * Variables of preview deployments, by name.
   * @default none is written
   */
  preview?: Readonly<Record<string, PagesVariable>>;
  /**
   * Names of existing variables that may be overwritten.
   * @default none
   */
  adopt?: readonly string[];
}

/**
 * Some of the variables of a Cloudflare Pages project that exists. Only the names given here are ever written or
 * removed: other variables, bindings and build settings stay as they are, also when this resource is deleted. A variable
 * that exists already with another value and that this resource did not write is an error which names it, unless `adopt`
 * does. One that has the wanted value becomes this resource's: an earlier run that was killed may have written it.
 *
 * A refresh finds own variables that were changed or removed by hand; of a secret, that it was removed or turned into
 * plain text. Variables take effect at the project's next deployment.
 *
 * @example
 * new PagesVariables("operator-ui", {
 *   accountId: "0123456789abcdef0123456789abcdef",
 *   projectName: "operator-ui",
 *   production: { VITE_SENTRY_ENVIRONMENT: { type: "plain_text", value: "production" } },
 * });
 */
export class PagesVariables extends DynamicResource {
  /** Names that this resource wrote, by environment. */
  declare readonly owned: Output<{ production: string[]; preview: string[] }>;

  constructor(
    name: string,
    { accountId, projectName, production, preview, adopt = [] }: PagesVariablesArguments,
    options?: CustomResourceOptions,
  ) {
    super(
      "cloudflare:PagesVariables",
      { module: "@brandvx/resources/cloudflare/providers", name: "pagesVariables" },
      name,
      {
        ...{ accountId, projectName, adopt: [...adopt] },
        production: withSecrets(production),
        ...(preview ? { preview: withSecrets(preview) } : {}),
      },
      ["owned", "unconfirmed"],
      options,
    );
  }
}

const withSecrets = (variables: Readonly<Record<string, PagesVariable>>) =>
  Object.fromEntries(
    Object.entries(variables).map(([name, { type, value }]) => [
      name,
      { type, value: type === "secret_text" ? secret(value) : value },
    ]),
  );
