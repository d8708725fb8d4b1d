import { Config, type CustomResourceOptions, getProject, getStack, type Input, type Output } from "@pulumi/pulumi";
import type { EventSchemaDefinition } from "../../../model/posthog/event-schemas.ts";
import { DynamicResource } from "../../kernel/resource.ts";

export interface EventSchemasArguments {
  /** By the event's name. PostHog must have a definition of each: depend on the `EventDefinitions`. */
  events: Readonly<Record<string, EventSchemaDefinition>>;
  /**
   * Number of the project, from its address in PostHog.
   * @default `posthog:projectId` of the stack
   */
  projectId?: Input<number>;
}

/**
 * What a catalog's events are sent with, as PostHog's schemas: one property group an event, joined to the event's definition,
 * and whether PostHog refuses an event that is not as its schema says. One resource for all events, so that a preview
 * names the event and the field that changes (`events["ask.rated"].properties.rating.type`).
 *
 * Groups, joins and events of others are left alone. Where PostHog has no schemas, that is said, `isAvailable` is false, and
 * nothing fails.
 *
 * @example
 * new EventSchemas("schemas", {
 *   events: {
 *     "ask.rated": {
 *       properties: { rating: { type: "Numeric", required: true, meaning: "1 to 5", rules: { minimum: 1 } } },
 *       enforcement: "allow",
 *     },
 *   },
 * });
 */
export class EventSchemas extends DynamicResource {
  /** Whether this PostHog has schemas of events. */
  declare readonly isAvailable: Output<boolean>;

  constructor(name: string, { events, projectId }: EventSchemasArguments, options?: CustomResourceOptions) {
    super(
      "posthog:EventSchemas",
      { module: "@brandvx/resources/posthog/providers", name: "eventSchemas" },
      name,
      {
        projectId: projectId ?? new Config("posthog").requireNumber("projectId"),
        managedBy: `${getProject()}/${getStack()}/${name}`,
        events,
      },
      ["isAvailable", "groups", "adopted", "unsupported"],
      options,
    );
  }
}
