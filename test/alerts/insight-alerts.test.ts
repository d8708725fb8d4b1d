import { describe, expect } from "vitest";
import { insightAlerts } from "../../alerts/index.ts";
import { dashboards } from "../../dashboards/index.ts";
import { type InsightAlertDefinition, insightAlertFindings } from "../../src/alerts/posthog/index.ts";
import { at, given, person, tenant, times } from "../dashboards/support/index.ts";
import { insightAlertMistakes, toldOf } from "./support/insight-alerts.ts";
import { mistakesAreNoticed, test } from "./support/mistakes.ts";

const alertNamed = (name: string): InsightAlertDefinition => {
  const found = insightAlerts.find((alert) => alert.name === name);
  if (found === undefined) throw new Error(`there is no alert “${name}”`);
  return found;
};

describe("cadence messages", () => {
  const alert = alertNamed("Cadence messages fail");
  const sms = { channel: "sms", template_id: "birthday", contact_id: "contact-1" } as const;
  const messages = (sent: number, failed: number, when: string) => [
    times(sent, tenant("glow").does("cadence.message_sent", sms, at(when))),
    times(failed, tenant("glow").does("cadence.message_failed", { ...sms, error: "provider down" }, at(when))),
  ];
  const hour = (sent: number, failed: number) =>
    toldOf(alert, given(...messages(sent, failed, "2026-11-03 10:20"), ...messages(20, 0, "2026-11-03 12:20")));

  test("in an hour in which 2 of 20 fail, messaging and platform are told; in one in which none fails, nobody is", async () => {
    expect(await hour(18, 2)).toEqual(["messaging", "platform"]);
    expect(await hour(20, 0)).toEqual([]);
  });

  test("one in twenty is not too many, and two in thirty are", async () => {
    expect(await hour(19, 1)).toEqual([]);
    expect(await hour(28, 2)).toEqual(["messaging", "platform"]);
  });

  test("an hour of trouble is told although the rest of the day goes well", async () => {
    const day = Array.from({ length: 10 }, (_, index) =>
      messages(50, index === 3 ? 10 : 0, `2026-11-03 ${10 + index}:30`),
    );
    expect(await toldOf(alert, given(...day.flat()))).toEqual(["messaging", "platform"]);
  });

  test("a trouble that goes on is told as well as one that begins, and one in fifty all day long is none", async () => {
    const day = (failed: number) =>
      given(
        ...Array.from({ length: 6 }, (_, index) => messages(50 - failed, failed, `2026-11-03 1${index}:30`)).flat(),
      );
    expect(await toldOf(alert, day(20))).toEqual(["messaging", "platform"]);
    expect(await toldOf(alert, day(1))).toEqual([]);
  });

  test("messages that only the other channel took have not failed, and many messages are no trouble", async () => {
    const fallback = times(
      30,
      tenant("glow").does("cadence.message_sent", { ...sms, fallback: true }, at("2026-11-03 10:20")),
    );
    const queued = times(90, tenant("glow").does("cadence.message_queued", sms, at("2026-11-03 10:10")));
    expect(await toldOf(alert, given(queued, fallback, ...messages(60, 0, "2026-11-03 10:20")))).toEqual([]);
  });
});

describe("answers of AskVX", () => {
  const alert = alertNamed("AskVX answers fail");
  const answers = (complete: number, errors: number, when: string) => [
    times(
      complete,
      person("ada").does("ask.response_stream_complete", { onboard: false, chars: 800, duration_ms: 4000 }, at(when)),
    ),
    times(errors, person("ada").does("ask.response_error", { onboard: false, error: "overloaded" }, at(when))),
  ];
  const hour = (complete: number, errors: number) =>
    toldOf(alert, given(...answers(complete, errors, "2026-11-03 10:20"), ...answers(20, 0, "2026-11-03 12:20")));

  test("in an hour in which 3 of 20 end in an error, the team of AskVX is told; in one without errors, nobody is", async () => {
    expect(await hour(17, 3)).toEqual(["ai"]);
    expect(await hour(20, 0)).toEqual([]);
  });

  test("one in ten is not too many, and one in eight is", async () => {
    expect(await hour(18, 2)).toEqual([]);
    expect(await hour(14, 2)).toEqual(["ai"]);
  });

  test("an error or two among many answers, hour by hour, are nothing to wake somebody for", async () => {
    const day = Array.from({ length: 6 }, (_, index) => answers(60, index % 3, `2026-11-03 1${index}:30`));
    expect(await toldOf(alert, given(...day.flat()))).toEqual([]);
  });

  test("an hour of trouble is told although the rest of the day goes well, and one that goes on, too", async () => {
    const day = (bad: (hour: number) => boolean) =>
      given(
        ...Array.from({ length: 10 }, (_, hour) =>
          answers(30, bad(hour) ? 15 : 0, `2026-11-03 ${10 + hour}:30`),
        ).flat(),
      );
    expect(
      await toldOf(
        alert,
        day((hour) => hour === 4),
      ),
    ).toEqual(["ai"]);
    expect(
      await toldOf(
        alert,
        day(() => true),
      ),
    ).toEqual(["ai"]);
  });
});

describe("onboarding", () => {
  const alert = alertNamed("Nobody completes a step");
  const completes = (count: number, when: string) =>
    times(count, person("ada").does("onboarding.step_completed", { step: "welcome" }, at(when)));
  const looksAround = (when: string) => [
    person("ada").does("onboarding.stepper_open", at(when)),
    times(3, person("ada").does("onboarding.step_viewed", { step: "welcome", position: 1 }, at(when))),
    person("ada").does("ask.prompt_submitted", { onboard: true, length: 3, mode: "chat" }, at(when)),
  ];

  test("after a day on which nobody completes a step, growth is told; after one on which somebody does, nobody is", async () => {
    const days = (second: number) =>
      given(
        completes(4, "2026-11-02 10:00"),
        ...looksAround("2026-11-03 10:00").flat(),
        completes(second, "2026-11-03 11:00"),
        completes(4, "2026-11-04 10:00"),
      );
    expect(await toldOf(alert, days(0))).toEqual(["growth"]);
    expect(await toldOf(alert, days(1))).toEqual([]);
    expect(await toldOf(alert, days(9))).toEqual([]);
  });

  test("nights in which nobody is at work are nothing to tell of", async () => {
    const week = [2, 3, 4, 5].map((day) => completes(1, `2026-11-0${day} 15:00`));
    expect(await toldOf(alert, given(...week))).toEqual([]);
  });

  test("a day on which nothing at all happens is told, too", async () => {
    expect(await toldOf(alert, given(completes(4, "2026-11-02 10:00"), completes(4, "2026-11-05 10:00")))).toEqual([
      "growth",
    ]);
  });
});

const findings = (alert: InsightAlertDefinition) => insightAlertFindings([alert], dashboards);
mistakesAreNoticed(insightAlerts, insightAlertMistakes, findings);
