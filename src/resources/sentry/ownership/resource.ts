import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";
import type { autoAssignments } from "./inputs.ts";

export interface OwnershipArguments {
  /** Slug of the organization. */
  organization: Input<string>;
  /** Slug of the project. */
  project: Input<string>;
  /**
   * Owners of issues by what their events match; the last matching rule wins. `match` is `path:src/ask/*` (a file of a
   * frame), `tags.tool:cadence.*`, `url:…` or `module:…`, with `*` for anything. `owners` are teams (`#platform`) and
   * people by their e-mail address; each must have access to the project, or Sentry refuses all rules.
   */
  rules: Input<Input<{ match: string; owners: Input<Input<string>[]> }>[]>;
  /**
   * Automatic assignment of new issues.
   * @default left as it is
   */
  autoAssignment?: (typeof autoAssignments)[number];
}

/**
 * Rules for the owners of issues. They form a block in the project's ownership rules, before those that people wrote,
 * which stay unchanged and win. An existing block is adopted. Deleting this resource removes the block and restores the
 * previous assignment.
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
