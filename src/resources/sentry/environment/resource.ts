import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";

export interface EnvironmentArguments {
  /** Slug of the organization. */
  organization: Input<string>;
  /** Slug of a project with a key, which sends the first event when Sentry does not know the environment. */
  project: Input<string>;
  /** 1 to 64 characters without spaces and slashes. */
  name: string;
}

/**
 * An environment that exists in Sentry. Sentry refuses monitors and alerts for one without events ("Environment is not
 * part of this organization"), so this sends one, with level info and the tag `obs`, and waits until the environment is
 * listed. When it is already listed, nothing is sent. Deleting this resource changes nothing: Sentry never deletes
 * environments.
 *
 * @example new Environment("production", { organization: "brandvx", project: "backend", name: "production" });
 */
export class Environment extends DynamicResource {
  constructor(name: string, args: EnvironmentArguments, options?: CustomResourceOptions) {
    const provider = { module: "@brandvx/resources/sentry/providers", name: "environment" };
    super("sentry:Environment", provider, name, { ...args }, ["wasFirst"], options);
  }
}
