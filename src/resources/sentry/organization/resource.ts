import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";

export interface OrganizationArguments {
  /** Slug of the organization. */
  organization: Input<string>;
  /** Address of Sentry, the value of `sentry:baseUrl`: when it changes, the connection is verified again. */
  baseUrl: Input<string>;
  /**
   * Number of the Slack integration, when alerts go to Slack.
   * @default alerts do not go to Slack
   */
  slackIntegrationId?: Input<string> | undefined;
}

/**
 * The Sentry organization of all other resources. It exists already: this verifies that address, token and organization
 * match.
 *
 * @example new Organization("sentry", { organization: "brandvx", baseUrl: "https://sentry.io" });
 */
export class Organization extends DynamicResource {
  /** Address of the organization's issues. */
  declare readonly url: Output<string>;

  constructor(name: string, args: OrganizationArguments, options?: CustomResourceOptions) {
    const provider = { module: "@brandvx/resources/sentry/providers", name: "organization" };
    super("sentry:Organization", provider, name, { ...args }, ["url", "organizationId"], options);
  }
}
