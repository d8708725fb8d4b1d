import * as z from "zod";
import { event } from "./event.ts";

/*
 * All events that BrandVX measures. Dashboards, alerts, `track` and `phCapture` accept only names from here. To add an
 * event: one entry, named area.what_happened, then `npm run generate`. docs/how-to.md has the steps, with a tile.
 *
 * An event of the browser belongs to an operator (the Supabase user id); an event of the server belongs to a tenant,
 * because the backend captures with the tenant's id. "People" therefore means tenants in cadence charts.
 *
 * Apps import only types from here (`import type`). What they need at run time, mainly the privacy classes, is compiled to
 * plain data without zod: src/runtime/shared/catalog.ts.
 */

/**
 * Keys of the onboarding steps, in the stepper's order; the funnel of the whole onboarding uses them. Update them when the
 * stepper changes. The apps' helpers accept other keys, too, so a step that is missing here is still counted.
 */
export const onboardingSteps = [
  "welcome",
  "connect_tools",
  "import_contacts",
  "brand_voice",
  "choose_cadence",
  "review_launch",
] as const;
export type OnboardingStep = (typeof onboardingSteps)[number];

const step = {
  type: z.string().min(1),
  meaning: "Key of the onboarding step, e.g. connect_tools or review_launch",
  privacy: "plain",
} as const;

const position = {
  type: z.int().min(1),
  unit: "step, from 1",
  meaning: "Where the step stands in the stepper",
  privacy: "plain",
} as const;

const onboard = {
  type: z.boolean(),
  meaning: "true while the operator is being onboarded, false in everyday use",
  privacy: "plain",
} as const;

const answerChars = {
  type: z.int().min(0),
  unit: "characters",
  meaning: "Length of the answer",
  privacy: "plain",
} as const;

const answerId = {
  type: z.string().min(1),
  meaning: "The answer, by its key in BrandVX's database",
  privacy: "id",
} as const;

const error = {
  type: z.string().max(120),
  meaning: "Start of the error's text",
  privacy: "truncated-120",
} as const;

const cadenceMessage = {
  channel: { type: z.enum(["sms", "email"]), meaning: "How the message travels", privacy: "plain" },
  template_id: {
    type: z.string(),
    meaning: "Template that the message was made from; empty when it was written by hand",
    privacy: "id",
  },
  contact_id: { type: z.string().min(1), meaning: "The tenant's client who is written to", privacy: "id" },
} as const;

const scene = {
  type: z.string().min(1).optional(),
  meaning: "React component that sent the event",
  privacy: "plain",
} as const;

const stack = {
  type: z.never().optional(),
  meaning: "Stack traces go to Sentry, which has its own scrubbing",
  privacy: "forbidden",
} as const;

export const events = {
  "onboarding.stepper_open": event({
    source: "browser",
    purpose: "The onboarding stepper was opened; sent once its saved progress is loaded",
    owner: "growth",
    properties: {},
  }),
  "onboarding.step_viewed": event({
    source: "browser",
    purpose: "A step came into view, forwards or backwards",
    owner: "growth",
    properties: {
      step,
      position,
      direction: {
        type: z.enum(["forward", "back"]).optional(),
        meaning: "back when the operator returned to the step; absent or forward otherwise",
        privacy: "plain",
      },
    },
  }),
  "onboarding.step_advanced": event({
    source: "browser",
    purpose: "The operator pressed Next or Finish on a step; the time between two of them is the time a step takes",
    owner: "growth",
    properties: { step, position },
  }),
  "onboarding.step_completed": event({
    source: "browser",
    purpose: "The operator confirmed a step, by Next, Finish or its own button",
    owner: "growth",
    properties: { step },
  }),

  "ask.prompt_submitted": event({
    source: "browser",
    purpose: "A prompt was sent to AskVX; counts prompts and the modes they are asked in",
    owner: "ai",
    properties: {
      onboard,
      length: {
        type: z.int().min(0),
        unit: "characters",
        meaning: "Length of the prompt as the operator typed it",
        privacy: "plain",
      },
      mode: { type: z.string(), meaning: "Mode that AskVX answers in", privacy: "plain" },
    },
  }),
  "ask.response_stream_start": event({
    source: "browser",
    purpose: "The answer began to appear",
    owner: "ai",
    properties: { onboard, chars: answerChars },
  }),
  "ask.response_stream_complete": event({
    source: "browser",
    purpose: "The answer was shown to its end; carries the latency",
    owner: "ai",
    properties: {
      onboard,
      chars: answerChars,
      duration_ms: {
        type: z.number().min(0),
        unit: "milliseconds",
        meaning: "From sending the prompt to the last character of the answer",
        privacy: "plain",
      },
    },
  }),
  "ask.response_error": event({
    source: "browser",
    purpose: "A prompt got an error instead of an answer",
    owner: "ai",
    properties: { onboard, error },
  }),

  "ask.rated": event({
    source: "browser",
    purpose: "A person rated an answer of AskVX; who changes the rating sends it again",
    owner: "ai",
    properties: {
      onboard,
      answer_id: answerId,
      rating: {
        type: z.int().min(1),
        unit: "stars, 1 to 5",
        meaning: "1 is useless, 5 is just what was needed",
        privacy: "plain",
      },
    },
  }),
  "ask.shared": event({
    source: "browser",
    purpose: "A person passed an answer of AskVX on, out of the conversation; counts what is worth showing to others",
    owner: "ai",
    properties: {
      onboard,
      answer_id: answerId,
      target: {
        type: z.enum(["copy", "link", "email", "cadence"]),
        meaning: "Where it went: the clipboard, a link, an e-mail, or a message of a cadence",
        privacy: "plain",
      },
    },
  }),
  $ai_generation: event({
    namingException: "PostHog's own name",
    source: "server",
    purpose: "A model answered, or failed to; what it costs and how long it takes, never what was asked or answered",
    owner: "ai",
    properties: {
      tenant_id: { type: z.string().min(1), meaning: "The tenant that it was done for", privacy: "id" },
      $ai_trace_id: {
        type: z.string().min(1),
        meaning: "The conversation's step that this call of the model belongs to",
        privacy: "id",
      },
      $ai_model: { type: z.string().min(1), meaning: "The model, as its provider names it", privacy: "plain" },
      $ai_provider: { type: z.string().min(1), meaning: "Who runs the model", privacy: "plain" },
      $ai_input_tokens: {
        type: z.int().min(0),
        unit: "tokens",
        meaning: "What was asked, with all that was sent along",
        privacy: "plain",
      },
      $ai_output_tokens: { type: z.int().min(0), unit: "tokens", meaning: "What was answered", privacy: "plain" },
      $ai_latency: {
        type: z.number().min(0),
        unit: "seconds",
        meaning: "From the call of the model to its last word",
        privacy: "plain",
      },
      $ai_total_cost_usd: {
        type: z.number().min(0).optional(),
        unit: "US dollars",
        meaning: "What the call costs; absent where the price of the model is not known",
        privacy: "plain",
      },
      $ai_is_error: {
        type: z.boolean(),
        meaning: "true when the model gave no answer",
        privacy: "plain",
      },
      $ai_http_status: {
        type: z.int().min(100).optional(),
        unit: "HTTP status",
        meaning: "What the provider answered with",
        privacy: "plain",
      },
    },
  }),

  "cadence.message_queued": event({
    source: "server",
    purpose: "A cadence handed a message over for sending; each ends as sent or as failed",
    owner: "messaging",
    properties: cadenceMessage,
  }),
  "cadence.message_sent": event({
    source: "server",
    purpose: "A provider accepted the message, on the wanted channel or on the other one",
    owner: "messaging",
    properties: {
      ...cadenceMessage,
      fallback: {
        type: z.boolean().optional(),
        meaning: "true when the wanted channel failed and the other one (which `channel` then names) took the message",
        privacy: "plain",
      },
    },
  }),
  "cadence.message_failed": event({
    source: "server",
    purpose: "No provider took the message, the fallback included",
    owner: "messaging",
    properties: { ...cadenceMessage, error },
  }),

  $pageview: event({
    namingException: "PostHog's own name",
    source: "browser",
    purpose: "The router showed a page; captured by hand, because the app is a single page",
    owner: "platform",
    properties: {
      path: { type: z.string().startsWith("/"), meaning: "The router's path, without the query", privacy: "plain" },
      $current_url: {
        type: z.string().optional(),
        meaning: "The page's address, under PostHog's own name so that its web analytics finds it",
        privacy: "plain",
      },
    },
  }),
  client_error: event({
    namingException: "older than the dot.case rule",
    source: "browser",
    purpose: "A script failed, or wrote an error or a warning to the console; Sentry has the details",
    owner: "platform",
    properties: {
      message: { ...error, meaning: "Start of the message" },
      level: {
        type: z.enum(["error", "warning"]).optional(),
        meaning: "warning for console.warn, error otherwise",
        privacy: "plain",
      },
      source: { type: z.string().optional(), meaning: "Address of the script", privacy: "plain" },
      line: {
        type: z.int().min(1).optional(),
        unit: "line, from 1",
        meaning: "Line in the script",
        privacy: "plain",
      },
      column: {
        type: z.int().min(1).optional(),
        unit: "column, from 1",
        meaning: "Column in the line",
        privacy: "plain",
      },
      stack,
    },
  }),
  client_unhandled_rejection: event({
    namingException: "older than the dot.case rule",
    source: "browser",
    purpose: "A promise was rejected and nobody caught it; Sentry has the details",
    owner: "platform",
    properties: { message: { ...error, meaning: "Start of the reason, as text" }, stack },
  }),
  landing_view: event({
    namingException: "older than the dot.case rule",
    source: "browser",
    purpose: "The landing scene was shown",
    owner: "growth",
    properties: { scene },
  }),
  onboarding_complete: event({
    namingException: "older than the dot.case rule",
    source: "browser",
    purpose: "A scene declared the onboarding finished",
    owner: "growth",
    properties: { scene },
  }),
};

type Events = typeof events;

/** Name of an event that BrandVX measures. */
export type EventName = keyof Events;

/** Properties of an event as an app passes them: optional ones optional, unknown ones not allowed. */
export type EventProperties<Name extends EventName> = PropertiesByEvent[Name];

/** For an event without properties: an object without any key, since the type `{}` would allow every value. */
type PropertiesByEvent = {
  [Name in EventName]: keyof Events[Name]["properties"] extends never
    ? Record<string, never>
    : z.output<Events[Name]["schema"]>;
};

/** Property names of an event, or of any event in a union, without forbidden ones. */
export type PropertyName<Name extends EventName> = Name extends EventName
  ? {
      [Property in keyof EventProperties<Name> & string]: EventProperties<Name>[Property] extends undefined
        ? never
        : Property;
    }[keyof EventProperties<Name> & string]
  : never;

/** Type of a property's value, over all events of a union that have it. */
export type PropertyValue<Name extends EventName, Property extends string> = Name extends EventName
  ? Property extends keyof EventProperties<Name>
    ? NonNullable<EventProperties<Name>[Property]>
    : never
  : never;

/** Names of numeric properties, which can be averaged. */
export type NumericPropertyName<Name extends EventName> = {
  [Property in PropertyName<Name>]: PropertyValue<Name, Property> extends number ? Property : never;
}[PropertyName<Name>];

/** Names of the events that an app sends. */
export type EventNameFrom<Source extends Events[EventName]["source"]> = {
  [Name in EventName]: Events[Name]["source"] extends Source ? Name : never;
}[EventName];
