import { Config, type CustomResourceOptions, getProject, getStack, type Input, type Output } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";

/** The description of one event. Absent fields are left unchanged in PostHog. */
export interface EventDefinition {
  /** When it is sent and what it is for. */
  readonly description: string;
  /**
   * E-mail addresses of the responsible team: the first one of a member of the organization becomes the owner.
   * @default left as it is
   */
  readonly owners?: readonly string[];
  /**
   * Tags in addition to those that mark what is managed by code. Tags of others stay.
   * @default none
   */
  readonly tags?: readonly string[];
  /**
   * Whether PostHog marks it as verified. A verified event is not hidden.
   * @default left as it is
   */
  readonly verified?: boolean;
}

export interface EventDefinitionsArguments {
  /** By the event's name. */
  events: Readonly<Record<string, EventDefinition>>;
  /**
   * Number of the project, from its address in PostHog.
   * @default `posthog:projectId` of the stack
   */
  projectId?: Input<number>;
}

/**
 * A catalog of events on PostHog's data-management page, in one resource: a preview names the event and the field of it
 * that changes (`events["ask.response_error"].description`).
 *
 * Definitions that exist are completed, others are made, also before their first event. Events that are not in the
 * catalog, and fields that it does not give, are left alone. An event that leaves the catalog loses what was set here; its
 * definition is deleted only if it was made here and its event has never come in.
 *
 * @example
 * new EventDefinitions("events", { events: { "ask.prompt_submitted": { description: "A prompt was sent", verified: true } } });
 */
export class EventDefinitions extends DynamicResource {
  /** Address of the events in PostHog's data management. */
  declare readonly url: Output<string>;

  constructor(name: string, { events, projectId }: EventDefinitionsArguments, options?: CustomResourceOptions) {
    super(
      "posthog:EventDefinitions",
      { module: "@brandvx/resources/posthog/providers", name: "eventDefinitions" },
      name,
      {
        projectId: projectId ?? new Config("posthog").requireNumber("projectId"),
        managedBy: `${getProject()}/${getStack()}/${name}`,
        events,
      },
      ["url", "adopted", "ownerless", "leaving", "unsupported"],
      options,
    );
  }
}
