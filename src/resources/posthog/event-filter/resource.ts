import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import type { EventFilterDefinition } from "../../../model/posthog/event-filter.ts";
import { DynamicResource } from "../../kernel/resource.ts";

export type EventFilterArguments = EventFilterDefinition & {
  /** Number of the project, from its address in PostHog. */
  projectId: Input<number>;
};

/**
 * What a PostHog project does not take in, by an event's name and distinct id. A project has one filter: an existing one is written
 * over, and said once. PostHog deletes none, so deleting this resource switches it off.
 *
 * The test cases are tried before anything is sent, and by PostHog when it saves. Where PostHog has no event filters, that is
 * said, `isAvailable` is false, and nothing fails.
 *
 * @example
 * new EventFilter("door", {
 *   projectId: 1,
 *   mode: "dry_run",
 *   tree: { type: "or", children: [{ type: "condition", field: "distinct_id", operator: "contains", value: "@" }] },
 *   testCases: [{ event_name: "landing_view", distinct_id: "ada@example.com", expected_result: "drop" }],
 * });
 */
export class EventFilter extends DynamicResource {
  /** Whether this PostHog has event filters. */
  declare readonly isAvailable: Output<boolean>;

  constructor(name: string, args: EventFilterArguments, options?: CustomResourceOptions) {
    const provider = { module: "@brandvx/resources/posthog/providers", name: "eventFilter" };
    super("posthog:EventFilter", provider, name, { ...args }, ["isAvailable"], options);
  }
}
