import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { events } from "../../../src/catalog/events.ts";
import { eventRules } from "../../../src/runtime/shared/catalog.ts";
import { EventNotAllowedError, eventFindings, valueFits } from "../../../src/runtime/shared/check.ts";

const properties = Object.entries(events).flatMap(([event, { properties }]) =>
  Object.entries(properties).map(([property, definition]) => ({ event, property, definition })),
);

test.for(properties)(
  "the plain rule for $event.$property allows what the catalog's schema allows",
  ({ event, property, definition }) => {
    const rule = eventRules[event]?.[property];
    if (!rule) throw new Error("the rule is missing");
    const values = fc.oneof(
      fc.anything(),
      fc.string(),
      fc.string().map((text) => `/${text}`),
      fc.integer({ min: -2, max: 5 }),
      fc.double(),
      fc.constantFrom("sms", "email", "forward", "back", "error", "warning", "", 0, -0, Number.NaN, 1.5, true, false),
    );
    fc.assert(
      fc.property(values, (value) => {
        fc.pre(value !== undefined);
        // A text that is truncated before sending may be of any length.
        const tested = rule.privacy === "truncated-120" && typeof value === "string" ? value.slice(0, 120) : value;
        expect(valueFits(rule, value)).toBe(definition.type.safeParse(tested).success);
      }),
    );
  },
);

describe("an event is checked against its entry", () => {
  test("nothing is found in a right one", () => {
    expect(eventFindings("ask.prompt_submitted", { onboard: true, length: 12, mode: "chat" })).toEqual([]);
    expect(eventFindings("onboarding.step_viewed", { step: "profile", position: 1, direction: undefined })).toEqual([]);
  });

  test("every difference is found at once", () => {
    const passed = { onboard: "yes", lenght: 12, mode: "chat" };
    expect(eventFindings("ask.prompt_submitted", passed)).toEqual([
      { event: "ask.prompt_submitted", property: "onboard", problem: "wrong value", expected: "boolean" },
      { event: "ask.prompt_submitted", property: "lenght", problem: "unknown" },
      { event: "ask.prompt_submitted", property: "length", problem: "missing" },
    ]);
  });

  test("a forbidden property and an unknown event are found, PostHog's own are not", () => {
    expect(eventFindings("client_error", { message: "no", stack: "at x" })).toEqual([
      { event: "client_error", property: "stack", problem: "forbidden" },
    ]);
    expect(eventFindings("ask.promt", {})).toEqual([{ event: "ask.promt", problem: "unknown" }]);
    expect(eventFindings("constructor", {})).toEqual([{ event: "constructor", problem: "unknown" }]);
    expect(eventFindings("onboarding.step_completed", { step: "x", toString: 1 })).toEqual([
      { event: "onboarding.step_completed", property: "toString", problem: "unknown" },
    ]);
    expect(eventFindings("$identify", { anything: 1 })).toEqual([]);
  });

  test("the error says what is wrong, what follows and what to do", () => {
    const findings = eventFindings("cadence.message_sent", { channel: "fax", template_id: "t", contact_id: "c", x: 1 });
    expect(new EventNotAllowedError(findings).message).toMatchInlineSnapshot(`
      "cadence.message_sent: property "channel" is not sms | email
      cadence.message_sent: property "x" is not in the catalog
      Production sends the rest. Change it or src/catalog/events.ts."
    `);
  });
});
