import type { EventName, NumericPropertyName } from "../../catalog/events.ts";
import type { PropertyMath } from "../../model/posthog/property-math.ts";
import { defined } from "./defined.ts";
import type { EventsNode, SeriesMath } from "./query.ts";
import { propertyFilters, type Where } from "./where.ts";

/** What one line of a chart counts. Made by the functions below; the first of a tile is A in its formulas. */
export type Series<Event extends EventName = EventName, Label extends string = string> = EventsNode<Event, Label>;

export interface SeriesOptions<Event extends EventName, Label extends string> {
  /**
   * What the chart calls it.
   * @default the event's name
   */
  readonly label?: Label;
  /**
   * Only events with these properties.
   * @default all of them
   */
  readonly where?: Where<Event>;
}

// NoInfer: the label's type is the text that was written, not what the surrounding type would allow.
type Counting = <const Event extends EventName, const Label extends string = Event>(
  event: Event,
  options?: SeriesOptions<Event, Label>,
) => Series<Event, NoInfer<Label>>;

type Measuring = <const Event extends EventName, const Label extends string = Event>(
  event: Event,
  property: NumericPropertyName<Event>,
  options?: SeriesOptions<Event, Label>,
) => Series<Event, NoInfer<Label>>;

/**
 * How often the event happened.
 *
 * @example count("ask.prompt_submitted", { label: "Prompts", where: { onboard: false } });
 */
export const count: Counting = counting("total");

/**
 * How many different people did it; tenants, for events of the server.
 *
 * @example people("onboarding.stepper_open");
 */
export const people: Counting = counting("dau");

/**
 * People who did it within the 7 days up to each point.
 *
 * @example weeklyPeople("ask.prompt_submitted");
 */
export const weeklyPeople: Counting = counting("weekly_active");

/**
 * People who did it within the 30 days up to each point.
 *
 * @example monthlyPeople("ask.prompt_submitted");
 */
export const monthlyPeople: Counting = counting("monthly_active");

/**
 * People who did it for the first time ever.
 *
 * @example newPeople("onboarding.stepper_open");
 */
export const newPeople: Counting = counting("first_time_for_user");

/**
 * Browser sessions in which it happened.
 *
 * @example sessions("$pageview");
 */
export const sessions: Counting = counting("unique_session");

/**
 * How often a person did it, on average over the people who did it at all.
 *
 * @example timesPerPerson("ask.prompt_submitted");
 */
export const timesPerPerson: Counting = counting("avg_count_per_actor");

/**
 * Sum of a number that the events carry, in its own unit. Events without the number do not count; without any, PostHog shows 0.
 *
 * @example sum("ask.prompt_submitted", "length");
 */
export const sum: Measuring = measuring("sum");
/**
 * Mean of a number that the events carry, in its own unit; counted as by {@link sum}.
 *
 * @example average("ask.prompt_submitted", "length");
 */
export const average: Measuring = measuring("avg");
/**
 * Smallest of a number that the events carry, in its own unit; counted as by {@link sum}.
 *
 * @example minimum("ask.response_stream_complete", "duration_ms");
 */
export const minimum: Measuring = measuring("min");
/**
 * Largest of a number that the events carry, in its own unit; counted as by {@link sum}.
 *
 * @example maximum("ask.response_stream_complete", "duration_ms");
 */
export const maximum: Measuring = measuring("max");
/**
 * Median of a number that the events carry, in its own unit; counted as by {@link sum}.
 *
 * @example median("ask.response_stream_complete", "duration_ms");
 */
export const median: Measuring = measuring("median");
/**
 * The same as {@link median}.
 *
 * @example p50("ask.response_stream_complete", "duration_ms");
 */
export const p50: Measuring = median;
/**
 * The 75th percentile, in the unit of the number; counted as by {@link sum}.
 *
 * @example p75("ask.response_stream_complete", "duration_ms");
 */
export const p75: Measuring = measuring("p75");
/**
 * The 90th percentile, in the unit of the number; counted as by {@link sum}.
 *
 * @example p90("ask.response_stream_complete", "duration_ms");
 */
export const p90: Measuring = measuring("p90");
/**
 * The 95th percentile, in the unit of the number; counted as by {@link sum}.
 *
 * @example p95("ask.response_stream_complete", "duration_ms", { label: "p95" });
 */
export const p95: Measuring = measuring("p95");
/**
 * The 99th percentile, in the unit of the number; counted as by {@link sum}.
 *
 * @example p99("ask.response_stream_complete", "duration_ms");
 */
export const p99: Measuring = measuring("p99");

export interface StepOptions<Event extends EventName, Label extends string> extends SeriesOptions<Event, Label> {
  /**
   * Only the first such event that the person ever did; with `where`, it must be one of those. An attempt then begins
   * once. Without it, PostHog begins a new attempt with each further first step and measures from the last of them.
   * @default any of them
   */
  readonly firstTime?: boolean;
  /**
   * People may skip it: a later step counts them anyway, and may count more than this one. Only in funnels that are
   * shown as steps in order, and not as the first step.
   * @default each step is needed
   */
  readonly optional?: boolean;
}

/**
 * A step of a funnel that needs more than the event's name.
 *
 * @example step("ask.prompt_submitted", { where: { onboard: true } });
 */
export function step<const Event extends EventName, const Label extends string = Event>(
  event: Event,
  options: StepOptions<Event, Label>,
): Series<Event, NoInfer<Label>> {
  return eventsNode(event, options, {
    ...(options.firstTime && { math: "first_time_for_user" }),
    ...(options.optional && { optionalInFunnel: true }),
  });
}

function counting(math: Exclude<SeriesMath, PropertyMath>): Counting {
  return (event, options) => eventsNode(event, options, { math });
}

function measuring(math: PropertyMath): Measuring {
  return (event, property, options) => eventsNode(event, options, { math, math_property: property });
}

/** PostHog's node for an event. Funnels ignore every `math` except first-time. */
export function eventsNode<const Event extends EventName, const Label extends string>(
  event: Event,
  options: SeriesOptions<Event, Label> | undefined,
  math: Pick<EventsNode, "math" | "math_property" | "optionalInFunnel">,
): Series<Event, Label> {
  return {
    kind: "EventsNode",
    event,
    ...defined({ custom_name: options?.label, ...math, properties: propertyFilters(options?.where) }),
  };
}
