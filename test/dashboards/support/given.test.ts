import { describe, expect, expectTypeOf, test } from "vitest";
import { activationFunnel } from "../../../dashboards/activation-funnel.ts";
import { cadenceThroughput } from "../../../dashboards/cadence-throughput.ts";
import type { FunnelStepItem } from "../../../src/insights/evaluate/index.ts";
import { at, given, person, tenant } from "./given.ts";
import type { ShownTimes, ShownTrend } from "./shown.ts";

const when = at("2026-11-01 09:00");
const opens = person("ada").does("onboarding.stepper_open", when);

describe("what did not happen does not compile", () => {
  test("an event that the catalog lacks", () => {
    // @ts-expect-error there is no such event
    expect(() => person("ada").does("onboarding.stepper_opened", when)).toThrow();
  });

  test("a property that the event lacks, one of another type, and one that is missing", () => {
    // @ts-expect-error `steps` is not a property
    expect(() => person("ada").does("onboarding.step_completed", { steps: "profile" }, when)).toThrow(/steps/);
    // @ts-expect-error a step is a text
    expect(() => person("ada").does("onboarding.step_completed", { step: 1 }, when)).toThrow(/string/);
    // @ts-expect-error a completed step has a name
    expect(() => person("ada").does("onboarding.step_completed", when)).toThrow(/step/);
  });

  test("a person who does what the backend does, and a tenant who does what people do", () => {
    const message = { channel: "sms", template_id: "", contact_id: "contact-1" } as const;
    // @ts-expect-error messages are sent on behalf of a tenant
    person("ada").does("cadence.message_sent", message, when);
    // @ts-expect-error a tenant has no browser
    tenant("glow").does("onboarding.stepper_open", when);
    expect(tenant("glow").does("cadence.message_sent", message, when).properties).toEqual(message);
  });
});

test("a value that the catalog refuses throws, although its type is right", () => {
  expect(() => person("ada").does("onboarding.step_viewed", { step: "profile", position: 0 }, when)).toThrow(/>=1/);
});

test("the type of what is shown follows from the tile", async () => {
  const steps = await given(opens).show(activationFunnel.tile("conversion"));
  expectTypeOf(steps.steps).toEqualTypeOf<readonly FunnelStepItem[]>();
  const times = await given(opens).show(activationFunnel.tile("time-to-finish"));
  expectTypeOf(times).toEqualTypeOf<ShownTimes>();
  const ratio = await given(opens).show(cadenceThroughput.tile("failure-ratio"));
  expectTypeOf(ratio).toEqualTypeOf<ShownTrend<"Failure ratio">>();
  // @ts-expect-error the tile shows the ratio alone, not its parts
  expect(() => ratio.line("Sent")).toThrow('the tile has no line "Sent", only Failure ratio');
  // @ts-expect-error a text shows nothing
  await expect(given(opens).show(activationFunnel.tile("about"))).rejects.toThrow();
});

test("a line that is not drawn is an error that says which ones are", async () => {
  const message = { channel: "sms", template_id: "", contact_id: "contact-1" } as const;
  const shown = await given(tenant("glow").does("cadence.message_sent", message, when)).show(
    cadenceThroughput.tile("failure-ratio-by-channel"),
  );
  expect(() => shown.line("Failure ratio", "email")).toThrow('of "email"; there is Failure ratio / sms');
});

test("a time on the wall is read in its zone", () => {
  expect(at("2026-11-01 09:00", "America/New_York").toISOString()).toBe("2026-11-01T14:00:00.000Z");
  expect(at("2026-10-31 09:00", "America/New_York").toISOString()).toBe("2026-10-31T13:00:00.000Z");
});
