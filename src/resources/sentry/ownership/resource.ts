import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";
import type { autoAssignments } from "./inputs.ts";

export interface OwnershipArguments {
  /** Slug of the organization. */
  organization: Input<string>;
  /** Slug of the project. */
  project: Input<string>;
  /**
   * Whose issue it is, by what its events match; of several the last one wins. `match` is `path:src/ask/*` (a file of a frame),
   * `tags.tool:cadence.*`, `url:…` or `module:…`, with `*` for anything. `owners` are teams (`#platform`) and people by their
   * e-mail address; each must see the project, or Sentry refuses all rules.
   */
  rules: Input<Input<{ match: string; owners: Input<Input<string>[]> }>[]>;
  /**
   * Who gets an issue when it comes.
   * @default left as it is
   */
  autoAssignment?: (typeof autoAssignments)[number];
}

/**
 * Rules that say whose an issue is. They stand in a block of the project's ownership rules, before those that people wrote,
 * which stay as they are and win. A block that is there already is taken over. Deleting this resource takes the block out and
 * gives back who got issues before.
 *
 * @example
 * new Ownership("backend", {
 *   organization: "brandvx",
 *   project: "backend",
 *   rules: [{ match: "tags.tool:cadence.*", owners: ["#messaging"] }],
 *   autoAssignment: "Auto Assign to Issue Owner",
 * });
 */
export class Ownership extends DynamicResource {
  /** Address of the rules in Sentry. */
  declare readonly url: Output<string>;

  constructor(name: string, args: OwnershipArguments, options?: CustomResourceOptions) {
    const provider = { module: "@brandvx/resources/sentry/providers", name: "ownership" };
    super("sentry:Ownership", provider, name, { ...args }, ["url", "projectId", "autoAssignmentBefore"], options);
  }
}
