import { describe, expect, expectTypeOf, test } from "vitest";
import type {
  EventName,
  EventNameFrom,
  EventProperties,
  NumericPropertyName,
  PropertyName,
  PropertyValue,
} from "../../src/catalog/events.ts";
import { events } from "../../src/catalog/events.ts";

describe("the catalog", () => {
  /** Lists only BrandVX's first events: to add an event, add it to the catalog and regenerate the page. */
  test("has every event that BrandVX began with, and whether the browser or the server sends it", () => {
    const sources = Object.fromEntries(Object.entries(events).map(([name, { source }]) => [name, source]));
    expect(sources).toMatchObject({
      "onboarding.stepper_open": "browser",
      "onboarding.step_viewed": "browser",
      "onboarding.step_advanced": "browser",
      "onboarding.step_completed": "browser",
      "ask.prompt_submitted": "browser",
      "ask.response_stream_start": "browser",
      "ask.response_stream_complete": "browser",
      "ask.response_error": "browser",
      "cadence.message_queued": "server",
      "cadence.message_sent": "server",
      "cadence.message_failed": "server",
      $pageview: "browser",
      client_error: "browser",
      client_unhandled_rejection: "browser",
      landing_view: "browser",
      onboarding_complete: "browser",
    });
  });

  test("accepts what the apps send", () => {
    const sent: { [Name in EventName]?: EventProperties<Name> } = {
      "onboarding.stepper_open": {},
      "onboarding.step_viewed": { step: "connect_tools", position: 1 },
      "ask.response_stream_complete": { onboard: false, chars: 812, duration_ms: 4310 },
      "cadence.message_sent": { channel: "email", template_id: "", contact_id: "c_81", fallback: true },
      $pageview: { path: "/contacts" },
    };
    for (const [name, properties] of Object.entries(sent)) {
      expect(events[name as EventName].schema.parse(properties)).toEqual(properties);
    }
  });

  test("refuses a property that an event does not have, and names it", () => {
    const { error } = events["onboarding.step_completed"].schema.safeParse({ step: "review_launch", stepp: 1 });
    expect(error?.issues).toMatchObject([{ code: "unrecognized_keys", keys: ["stepp"] }]);
  });

  test("refuses a missing property, a wrong type and an error longer than 120 characters", () => {
    const { schema } = events["cadence.message_failed"];
    const { error } = schema.safeParse({ channel: "fax", template_id: "t1", error: "x".repeat(121) });
    expect(error?.issues.map(({ path }) => path.join("."))).toEqual(["channel", "contact_id", "error"]);
  });

  test("refuses a stack trace where it is forbidden", () => {
    expect(events.client_error.schema.safeParse({ message: "boom" }).success).toBe(true);
    expect(events.client_error.schema.safeParse({ message: "boom", stack: "at x.js:1" }).success).toBe(false);
  });
});

describe("types inferred from the catalog", () => {
  test("a wrong event name does not compile", () => {
    expectTypeOf<"onboarding.step_viewed">().toExtend<EventName>();
    // @ts-expect-error a letter is missing
    const name: EventName = "onboarding.step_view";
    expect(events).not.toHaveProperty([name]);
  });

  test("an event without properties takes none", () => {
    expectTypeOf<EventProperties<"onboarding.stepper_open">>().toEqualTypeOf<Record<string, never>>();
    const none: EventProperties<"onboarding.stepper_open"> = {};
    // @ts-expect-error the event has no properties
    const some: EventProperties<"onboarding.stepper_open"> = { step: "connect_tools" };
    expect(events["onboarding.stepper_open"].schema.safeParse(none).success).toBe(true);
    expect(events["onboarding.stepper_open"].schema.safeParse(some).success).toBe(false);
  });

  test("properties are strict, and optional where the catalog says so", () => {
    expectTypeOf<EventProperties<"onboarding.step_viewed">>().toEqualTypeOf<{
      step: string;
      position: number;
      direction?: "forward" | "back" | undefined;
    }>();
    const send = <Name extends EventName>(name: Name, properties: EventProperties<Name>) => [name, properties];
    send("onboarding.step_completed", { step: "review_launch" });
    // @ts-expect-error the property is named step
    send("onboarding.step_completed", { stepp: "review_launch" });
    // @ts-expect-error position is missing
    send("onboarding.step_advanced", { step: "review_launch" });
    // @ts-expect-error there are SMS and e-mail only
    send("cadence.message_queued", { channel: "fax", template_id: "t", contact_id: "c" });
    // @ts-expect-error stack traces are forbidden
    send("client_error", { message: "boom", stack: "at x.js:1" });
  });

  test("the same event twice does not compile", () => {
    const twice = {
      // biome-ignore lint/suspicious/noDuplicateObjectKeys: the duplicate is what is tested
      landing_view: events.landing_view,
      // @ts-expect-error an object literal cannot have the same name twice
      landing_view: events.landing_view,
    };
    expect(Object.keys(twice)).toEqual(["landing_view"]);
  });

  test("property names and values of one event and of a union", () => {
    expectTypeOf<PropertyName<"onboarding.stepper_open">>().toBeNever();
    expectTypeOf<PropertyName<"ask.response_error" | "onboarding.step_completed">>().toEqualTypeOf<
      "onboard" | "error" | "step"
    >();
    expectTypeOf<PropertyName<"client_unhandled_rejection">>().toEqualTypeOf<"message">();
    expectTypeOf<PropertyValue<"cadence.message_sent", "fallback">>().toEqualTypeOf<boolean>();
    expectTypeOf<PropertyValue<"cadence.message_sent" | "ask.response_error", "channel">>().toEqualTypeOf<
      "sms" | "email"
    >();
  });

  test("only numbers are numeric", () => {
    expectTypeOf<NumericPropertyName<"onboarding.step_viewed">>().toEqualTypeOf<"position">();
    expectTypeOf<NumericPropertyName<"ask.response_stream_complete">>().toEqualTypeOf<"chars" | "duration_ms">();
    expectTypeOf<NumericPropertyName<"onboarding.step_completed">>().toBeNever();
  });

  test("events by the app that sends them", () => {
    expectTypeOf<"cadence.message_queued" | "cadence.message_sent" | "cadence.message_failed">().toExtend<
      EventNameFrom<"server">
    >();
    expectTypeOf<Extract<EventNameFrom<"server">, EventNameFrom<"browser">>>().toBeNever();
  });
});
