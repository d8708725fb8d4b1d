import fc from "fast-check";
import { describe, expect, test as plainTest } from "vitest";
import { activationFunnel } from "../../dashboards/activation-funnel.ts";
import { dashboards } from "../../dashboards/index.ts";
import { alertOn, below, insightAlertFindings } from "../../src/alerts/posthog/index.ts";
import { dashboard, funnel } from "../../src/insights/define/index.ts";
import { checkFunnelAlert } from "../../src/local/twins/posthog/alerts/funnels.ts";
import { alertFields, reflectAlert } from "../../src/resources/posthog/insight-alert/fields.ts";
import type { InsightAlertInputs } from "../../src/resources/posthog/insight-alert/inputs.ts";
import type { Happening } from "../dashboards/support/given.ts";
import { at, given, person } from "../dashboards/support/index.ts";
import { insightAlertMistakes, toldOf } from "./support/insight-alerts.ts";
import { mistakesAreNoticed, test } from "./support/mistakes.ts";

/** As somebody would write it in alerts/posthog.ts. */
const alert = alertOn(activationFunnel.tile("conversion"), {
  name: "Few new operators get going",
  when: below(0.4),
  check: "daily",
  notify: ["growth"],
  because:
    "Fewer than two in five complete a first step: open the stepper yourself, then look at the drop-off by step.",
});

describe("an alert on the conversion of a funnel", () => {
  const day = (opened: number, completed: number) =>
    given(
      ...Array.from({ length: opened }, (_, index) => [
        person(`p${index}`).does("onboarding.stepper_open", at("2026-11-03 10:00")),
        ...(index < completed
          ? [person(`p${index}`).does("onboarding.step_completed", { step: "welcome" }, at("2026-11-03 11:00"))]
          : []),
      ]).flat(),
    );

  test("when 3 of 10 who open the stepper complete a step, growth is told; when 4 or 9 do, nobody is", async () => {
    expect(await toldOf(alert, day(10, 3))).toEqual(["growth"]);
    expect(await toldOf(alert, day(10, 4))).toEqual([]);
    expect(await toldOf(alert, day(10, 9))).toEqual([]);
  });

  test("one in five is few, and so is nobody", async () => {
    expect(await toldOf(alert, day(5, 1))).toEqual(["growth"]);
    expect(await toldOf(alert, day(5, 0))).toEqual(["growth"]);
    expect(await toldOf(alert, day(3, 1))).toEqual(["growth"]);
  });

  const stepsOf = (completed: number, opened: string, done: string) =>
    Array.from({ length: 10 }, (_, index) => [
      person(`${opened} ${index}`).does("onboarding.stepper_open", at(opened)),
      ...(index < completed
        ? [person(`${opened} ${index}`).does("onboarding.step_completed", { step: "welcome" }, at(done))]
        : []),
    ]).flat();

  test("people who take some hours for the first step are nothing to tell of", async () => {
    expect(await toldOf(alert, given(stepsOf(9, "2026-11-03 10:00", "2026-11-03 17:00")))).toEqual([]);
  });

  test("a bad day is told on the next one, although the days after it are good", async () => {
    const good = ["05", "06"].flatMap((date) => stepsOf(10, `2026-11-${date} 10:00`, `2026-11-${date} 11:00`));
    const bad = stepsOf(1, "2026-11-03 10:00", "2026-11-03 11:00");
    expect(await toldOf(alert, given(bad, good))).toEqual(["growth"]);
  });

  test("who completes a step without having opened the stepper is not counted, and who does it twice counts once", async () => {
    const others = Array.from({ length: 9 }, (_, index) =>
      person(`other${index}`).does("onboarding.step_completed", { step: "welcome" }, at("2026-11-03 09:00")),
    );
    const twice = ["09", "12", "13"].map((hour) =>
      person("p0").does("onboarding.step_completed", { step: "welcome" }, at(`2026-11-03 ${hour}:30`)),
    );
    const four = Array.from({ length: 4 }, (_, index) =>
      person(`p${index}`).does("onboarding.stepper_open", at("2026-11-03 10:00")),
    );
    expect(await toldOf(alert, given(...others, ...twice, ...four))).toEqual(["growth"]);
  });
});

mistakesAreNoticed([alert], insightAlertMistakes, (wrong) => insightAlertFindings([wrong], dashboards));

const events = ["onboarding.stepper_open", "onboarding.step_viewed", "onboarding.step_completed"] as const;
const windowMinutes = 30;
const watched = funnel({
  title: "Watched",
  reading: "As it is.",
  steps: [...events] as [(typeof events)[0], (typeof events)[1], (typeof events)[2]],
  windowMinutes,
  place: { column: 0, row: 0, width: 6, height: 5 },
});
const board = dashboard({
  key: "board",
  title: "Board",
  owner: "growth",
  question: "Is it right?",
  tiles: { watched },
});

/** What a person did: which of the events, and at which minute of a day. */
type Did = readonly { readonly event: number; readonly minute: number }[];

/** How far a person gets at best: the steps in their order, all within the window from the first one. */
function reached(did: Did): number {
  const sorted = did.toSorted((a, b) => a.minute - b.minute);
  const ways = sorted.map((first, start) => {
    if (first.event !== 0) return 0;
    let next = 1;
    for (const { event, minute } of sorted.slice(start + 1))
      if (event === next && minute - first.minute <= windowMinutes) next += 1;
    return next;
  });
  return Math.max(0, ...ways);
}

const happening = (who: string, { event, minute }: Did[number]): Happening => {
  const time = at(
    `2026-11-03 ${String(10 + Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`,
  );
  if (event === 0) return person(who).does("onboarding.stepper_open", time);
  if (event === 1) return person(who).does("onboarding.step_viewed", { step: "welcome", position: 1 }, time);
  return person(who).does("onboarding.step_completed", { step: "welcome" }, time);
};

const inputsOf = (conversion: NonNullable<InsightAlertInputs["conversion"]>, value: number): InsightAlertInputs => {
  const { when, ...rest } = alertOn(board.tile("watched"), {
    ...{ name: "a", when: below(value), check: "daily", notify: ["growth"], because: "b" },
    ...(conversion.toStep === undefined ? {} : { toStep: conversion.toStep }),
    from: conversion.from,
  });
  const { tileKey, tileTitle, line, name, check, because } = rest;
  return {
    ...{ projectId: 1, dashboardId: "1", tileKey, tileTitle, line, name, when, check, because, owner: "growth" },
    ...{ subscribers: [], enabled: true, conversion: rest.conversion },
  };
};

const story = fc.array(
  fc.uniqueArray(fc.record({ event: fc.nat(2), minute: fc.nat(119) }), {
    maxLength: 8,
    selector: ({ minute }) => minute,
  }),
  { minLength: 1, maxLength: 6 },
);
const part = fc.record(
  { toStep: fc.integer({ min: 1, max: 2 }), from: fc.constantFrom("first step" as const, "step before" as const) },
  { requiredKeys: ["from"] },
);

plainTest("the number that is compared is the funnel's own, whatever people do", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(story, part, fc.integer({ min: 1, max: 100 }), async (people, conversion, percent) => {
      const happened = people.flatMap((did, index) => did.map((one) => happening(`p${index}`, one)));
      // Somebody else, on another day outside of the funnel's steps, so that there is a table at all.
      const facts = given(happened, person("other").does("onboarding_complete", at("2026-11-03 09:00")));
      const far = people.map(reached);
      const { toStep = 2, from } = conversion;
      const count = (step: number): number => far.filter((steps) => steps > step).length;
      const base = count(from === "first step" ? 0 : toStep - 1);
      const share = base === 0 ? 0 : count(toStep) / base;
      const sent = alertFields(inputsOf(conversion, percent / 100), []) as never;
      const now = at("2026-11-03 20:00");
      const checked = checkFunnelAlert(sent, { ...watched.query }, async (asked) => ({
        ...(await facts.ask(asked, now)),
      }));
      if (count(0) === 0) {
        await expect(checked).rejects.toThrow("returned no data");
        return;
      }
      const found = await checked;
      expect(found.value).toBeCloseTo(share * 100, 9);
      expect(found.breaches.length > 0).toBe((found.value ?? 0) < percent);
    }),
    { numRuns: 200 },
  );
});

plainTest("a share is per cent at PostHog, and read back as it was written", () => {
  for (let permille = 1; permille < 1000; permille += 1) {
    const inputs = inputsOf({ from: "step before", toStep: 1 }, permille / 1000);
    const fields = alertFields(inputs, []) as Record<string, never>;
    expect(fields.threshold).toEqual({ configuration: { type: "absolute", bounds: { lower: permille / 10 } } });
    const live = { ...fields, id: "a", insight: { id: 1 }, subscribed_users: [] } as never;
    expect(reflectAlert(inputs, live)).toEqual(inputs);
  }
});
