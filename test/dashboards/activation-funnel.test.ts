import { describe, expect } from "vitest";
import { activationFunnel } from "../../dashboards/activation-funnel.ts";
import { onboardingSteps } from "../../src/catalog/events.ts";
import { at, crowd, given, mistakesAreNoticed, type Person, person, test } from "./support/index.ts";

const profile = { step: "profile", position: 1 };
const tools = { step: "connect_tools", position: 2 };
const launch = { step: "review_launch", position: 3 };

describe("do new operators finish onboarding", () => {
  test("a person who comes back after the window does not count as activated", async () => {
    const shown = await given(
      person("ada").does("onboarding.stepper_open", at("2026-11-01 09:00")),
      person("ada").does("onboarding.step_completed", { step: "profile" }, at("2026-11-20 09:00")),
    ).show(activationFunnel.tile("conversion"));
    expect(shown.steps.map((s) => s.count)).toEqual([1, 0]);
  });

  test("a person who comes back on the 14th day does", async () => {
    const shown = await given(
      person("ada").does("onboarding.stepper_open", at("2026-11-01 09:00")),
      person("ada").does("onboarding.step_completed", { step: "profile" }, at("2026-11-15 09:00")),
    ).show(activationFunnel.tile("conversion"));
    expect(shown.steps.map((s) => s.count)).toEqual([1, 1]);
  });

  test("looking around between opening and completing takes nothing away", async () => {
    const shown = await given(
      person("ada").does("onboarding.stepper_open", at("2026-11-01 09:00")),
      person("ada").does("onboarding.step_viewed", profile, at("2026-11-01 09:01")),
      person("ada").does("$pageview", { path: "/settings" }, at("2026-11-01 09:02")),
      person("ada").does("onboarding.step_completed", { step: "profile" }, at("2026-11-01 09:10")),
    ).show(activationFunnel.tile("conversion"));
    expect(shown.steps.map((s) => s.count)).toEqual([1, 1]);
    expect(shown.steps[1]?.median_conversion_time).toBe(10 * 60);
  });

  test("a step completed before the stepper was opened again is no activation of the second opening", async () => {
    const shown = await given(
      person("ada").does("onboarding.step_completed", { step: "profile" }, at("2026-11-01 09:00")),
      person("ada").does("onboarding.stepper_open", at("2026-11-02 09:00")),
    ).show(activationFunnel.tile("conversion"));
    expect(shown.steps.map((s) => s.count)).toEqual([1, 0]);
  });

  test("a person who opens the stepper before signing in and completes a step afterwards is one person", async () => {
    const shown = await given(
      person("a new browser").does("onboarding.stepper_open", at("2026-11-01 09:00")),
      person("ada").was("a new browser"),
      person("ada").does("onboarding.step_completed", { step: "profile" }, at("2026-11-01 09:30")),
    ).show(activationFunnel.tile("conversion"));
    expect(shown.steps.map((s) => s.count)).toEqual([1, 1]);
  });

  test("four of ten who open it twice each are 40 %, not 20 %", async () => {
    const shown = await given(
      crowd(10, (one, index) => [
        one.does("onboarding.stepper_open", at("2026-11-01 09:00")),
        one.does("onboarding.stepper_open", at("2026-11-02 09:00")),
        ...(index < 4 ? [one.does("onboarding.step_completed", { step: "profile" }, at("2026-11-02 09:20"))] : []),
      ]),
    ).show(activationFunnel.tile("conversion"));
    expect(shown.steps.map((s) => s.count)).toEqual([10, 4]);
  });

  test("who opened it and completed a step long ago, and does both again, is activated again", async () => {
    const shown = await given(
      person("ada").does("onboarding.stepper_open", at("2026-06-01 09:00")),
      person("ada").does("onboarding.step_completed", { step: "profile" }, at("2026-06-01 09:10")),
      person("ada").does("onboarding.stepper_open", at("2026-11-01 09:00")),
      person("ada").does("onboarding.step_completed", { step: "connect_tools" }, at("2026-11-01 09:20")),
    ).show(activationFunnel.tile("conversion"));
    expect(shown.steps.map((s) => s.count)).toEqual([1, 1]);
  });

  test("the month starts at midnight of the project's time zone, 30 days back", async () => {
    const zone = "America/Los_Angeles";
    const opened = (when: string) =>
      given(
        person("ada").does("onboarding.stepper_open", at(when, zone)),
        person("ada").does("onboarding.step_completed", { step: "profile" }, at("2026-11-01 09:00", zone)),
      ).show(activationFunnel.tile("conversion"), { now: at("2026-11-30 09:00", zone), timeZone: zone });
    expect((await opened("2026-10-31 00:00")).steps.map((s) => s.count)).toEqual([1, 1]);
    expect((await opened("2026-10-30 23:59")).steps).toEqual([]);
  });
});

describe("do they get to the end", () => {
  const opens = "onboarding.stepper_open";
  const complete = "onboarding_complete";
  const completes = (one: Person, step: string, when: string) =>
    one.does("onboarding.step_completed", { step }, at(when));
  const countsOf = ({ steps }: { steps: readonly { count: number }[] }) => steps.map(({ count }) => count);
  const labelsOf = ({ steps }: { steps: readonly { custom_name: string | null }[] }) =>
    steps.map(({ custom_name }) => custom_name);

  test("each step shows who got that far, and the last one who got through", async () => {
    const shown = await given(
      crowd(10, (one, index) => [
        one.does(opens, at("2026-11-01 09:00")),
        // The first person stops before any step, the second after one, and so on; the last three complete all steps.
        ...onboardingSteps.slice(0, index).map((step, minute) => completes(one, step, `2026-11-01 09:1${minute}`)),
        ...(index >= 7 ? [one.does(complete, at("2026-11-01 09:30"))] : []),
      ]),
    ).show(activationFunnel.tile("way-to-the-end"));
    expect(labelsOf(shown)).toEqual(["opened", ...onboardingSteps, "the end"]);
    expect(countsOf(shown)).toEqual([10, 9, 8, 7, 6, 5, 4, 3]);
  });

  test("one step done is not the end", async () => {
    const story = given(
      crowd(4, (one, index) => [
        one.does(opens, at("2026-11-01 09:00")),
        completes(one, "welcome", "2026-11-01 09:10"),
        ...(index === 0 ? [one.does(complete, at("2026-11-01 09:30"))] : []),
      ]),
    );
    expect(countsOf(await story.show(activationFunnel.tile("conversion")))).toEqual([4, 4]);
    expect(countsOf(await story.show(activationFunnel.tile("way-to-the-end")))).toEqual([4, 4, 0, 0, 0, 0, 0, 1]);
  });

  test("a step that the stepper does not have any more shows nobody and takes nothing from the end", async () => {
    const shown = await given(
      onboardingSteps.flatMap((gone, index) => {
        const one = person(`person ${index}`);
        const others = onboardingSteps.filter((step) => step !== gone);
        return [
          one.does(opens, at("2026-11-01 09:00")),
          ...others.map((step, minute) => completes(one, step, `2026-11-01 09:1${minute}`)),
          one.does(complete, at("2026-11-01 09:30")),
        ];
      }),
    ).show(activationFunnel.tile("way-to-the-end"));
    expect(countsOf(shown)).toEqual([6, 5, 5, 5, 5, 5, 5, 6]);
  });

  test("looking around and going back on the way takes nothing away, and who is no new operator is not looked at", async () => {
    const shown = await given(
      person("ada").does(opens, at("2026-11-01 09:00")),
      completes(person("ada"), "welcome", "2026-11-01 09:10"),
      person("ada").does("onboarding.step_viewed", { ...profile, direction: "back" }, at("2026-11-01 09:11")),
      person("ada").does(opens, at("2026-11-02 09:00")),
      completes(person("ada"), "connect_tools", "2026-11-02 09:10"),
      person("ada").does(complete, at("2026-11-02 09:20")),
      person("ben").does(opens, at("2026-09-01 09:00")),
      person("ben").does(opens, at("2026-11-02 09:00")),
      person("ben").does(complete, at("2026-11-02 09:20")),
    ).show(activationFunnel.tile("way-to-the-end"));
    expect(countsOf(shown)).toEqual([1, 1, 1, 0, 0, 0, 0, 1]);
  });

  test("the end of somebody who never opened the stepper, or came to it before, counts for nothing", async () => {
    const shown = await given(
      person("ada").does(complete, at("2026-11-01 08:00")),
      person("ada").does(opens, at("2026-11-01 09:00")),
      person("ben").does(complete, at("2026-11-01 09:00")),
    ).show(activationFunnel.tile("way-to-the-end"));
    expect(countsOf(shown)).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
  });

  test("a step that the list lacks is none of those in it, and what was done before the opening can be done again", async () => {
    const shown = await given(
      person("ada").does(opens, at("2026-11-01 09:00")),
      completes(person("ada"), "profile", "2026-11-01 09:10"),
      completes(person("ben"), "welcome", "2026-11-01 08:00"),
      person("ben").does(complete, at("2026-11-01 08:10")),
      person("ben").does(opens, at("2026-11-01 09:00")),
      completes(person("ben"), "welcome", "2026-11-01 09:10"),
      person("ben").does(complete, at("2026-11-01 09:20")),
    ).show(activationFunnel.tile("way-to-the-end"));
    expect(countsOf(shown)).toEqual([2, 1, 0, 0, 0, 0, 0, 1]);
  });

  const through = (who: string, opened: string, ended: string) => [
    person(who).does(opens, at(opened)),
    completes(person(who), "welcome", `${opened}:30`),
    person(who).does(complete, at(ended)),
  ];

  test("both have 14 days for the way, from the very first opening of the last 30 days", async () => {
    const story = given(
      through("ada", "2026-10-31 09:00", "2026-11-14 09:00"),
      through("ben", "2026-10-31 09:00", "2026-11-14 09:01"),
      through("eve", "2026-10-30 23:59", "2026-10-31 00:10"),
      through("joe", "2026-11-05 09:00", "2026-11-05 09:20"),
      person("joe").does(opens, at("2026-11-05 09:10")),
    );
    const looking = { now: at("2026-11-30 09:00") };
    const way = await story.show(activationFunnel.tile("way-to-the-end"), looking);
    expect(countsOf(way)).toEqual([3, 3, 0, 0, 0, 0, 0, 2]);
    const times = await story.show(activationFunnel.tile("time-to-the-end"), looking);
    expect(times.people).toEqual({ 1200: 1, [14 * 24 * 3600]: 1 });
    expect(times.averageSeconds).toBe((1200 + 14 * 24 * 3600) / 2);
  });

  test("the time to the end is not the time to a step, and nothing of the way in another order", async () => {
    const times = await given(
      person("ada").does(complete, at("2026-11-01 08:00")),
      through("ada", "2026-11-01 09:00", "2026-11-01 10:00"),
      person("ben").does(complete, at("2026-11-01 08:00")),
      person("ben").does(opens, at("2026-11-01 09:00")),
      person("eve").does(opens, at("2026-11-01 09:00")),
      person("eve").does("onboarding.step_viewed", profile, at("2026-11-01 09:01")),
      person("eve").does("onboarding.step_advanced", profile, at("2026-11-01 09:02")),
      completes(person("eve"), "profile", "2026-11-01 09:03"),
    ).show(activationFunnel.tile("time-to-the-end"));
    expect(times.people).toEqual({ 3600: 1 });
  });
});

describe("how long does it take them", () => {
  const opensAndCompletes = (who: string, opened: string, completed: string) => [
    person(who).does("onboarding.stepper_open", at(opened)),
    person(who).does("onboarding.step_viewed", profile, at(`${opened}:02`)),
    person(who).does("onboarding.step_completed", { step: "profile" }, at(completed)),
  ];

  test("a tail of people who come back the next day stands apart from those who go through at once", async () => {
    const shown = await given(
      opensAndCompletes("ada", "2026-11-01 09:00", "2026-11-01 09:10"),
      opensAndCompletes("ben", "2026-11-01 09:00", "2026-11-01 09:20"),
      opensAndCompletes("eve", "2026-11-01 09:00", "2026-11-02 10:00"),
    ).show(activationFunnel.tile("time-to-finish"));
    const [ten, twenty, nextDay] = [10 * 60, 20 * 60, 25 * 3600];
    expect(shown.people).toEqual({ [ten]: 2, [nextDay]: 1 });
    expect(shown.medianSeconds).toBe(twenty);
    expect(shown.averageSeconds).toBe((ten + twenty + nextDay) / 3);
  });

  test("who leaves and opens the stepper again took all the time since the first opening", async () => {
    const shown = await given(
      person("ada").does("onboarding.stepper_open", at("2026-11-01 09:00")),
      person("ada").does("onboarding.stepper_open", at("2026-11-01 18:00")),
      person("ada").does("onboarding.stepper_open", at("2026-11-03 09:00")),
      person("ada").does("onboarding.step_completed", { step: "profile" }, at("2026-11-03 09:10")),
    ).show(activationFunnel.tile("time-to-finish"));
    expect(shown.people).toEqual({ [48 * 3600 + 600]: 1 });
  });

  test("who is no new operator is not looked at, whenever they come back", async () => {
    const shown = await given(
      person("ada").does("onboarding.stepper_open", at("2026-10-01 09:00")),
      person("ada").does("onboarding.stepper_open", at("2026-11-03 09:00")),
      person("ada").does("onboarding.step_completed", { step: "profile" }, at("2026-11-03 09:10")),
    ).show(activationFunnel.tile("time-to-finish"));
    expect(shown.people).toEqual({});
  });

  test("a step that was completed before the first opening is not what they finish with", async () => {
    const shown = await given(
      person("ada").does("onboarding.step_completed", { step: "profile" }, at("2026-11-01 08:00")),
      person("ada").does("onboarding.stepper_open", at("2026-11-01 09:00")),
      person("ada").does("onboarding.step_completed", { step: "connect_tools" }, at("2026-11-01 09:10")),
    ).show(activationFunnel.tile("time-to-finish"));
    expect(shown.people).toEqual({ 600: 1 });
  });

  test("only the time to the first completed step counts, and only within 14 days", async () => {
    const shown = await given(
      opensAndCompletes("ada", "2026-11-01 09:00", "2026-11-14 09:00"),
      person("ada").does("onboarding.step_completed", { step: "connect_tools" }, at("2026-11-14 10:00")),
      opensAndCompletes("ben", "2026-11-01 09:00", "2026-11-15 09:01"),
    ).show(activationFunnel.tile("time-to-finish"));
    expect(shown.people).toEqual({ [13 * 24 * 3600]: 1 });
  });

  test("who completed a step and opened the stepper later has not finished in the time between", async () => {
    const shown = await given(
      person("ada").does("onboarding.step_completed", { step: "profile" }, at("2026-11-01 09:00")),
      person("ada").does("onboarding.stepper_open", at("2026-11-01 10:00")),
    ).show(activationFunnel.tile("time-to-finish"));
    expect(shown.people).toEqual({});
  });

  test("openings of 30 days ago belong to it, earlier ones do not", async () => {
    const shown = await given(
      opensAndCompletes("ada", "2026-10-31 09:00", "2026-10-31 10:00"),
      opensAndCompletes("ben", "2026-10-30 23:59", "2026-10-31 00:10"),
    ).show(activationFunnel.tile("time-to-finish"), { now: at("2026-11-30 09:00") });
    expect(shown.people).toEqual({ 3600: 1 });
  });
});

describe("where do they stop", () => {
  /** Twelve see the first step and nine go on; of these, three stop at the tools; all see steps and confirm them twice. */
  const stoppingAtTools = crowd(12, (one, index) => {
    const seen = at("2026-11-03 09:00");
    const confirmed = at("2026-11-03 09:05");
    const goesThrough = (step: typeof profile) => [
      one.does("onboarding.step_viewed", step, seen),
      one.does("onboarding.step_viewed", { ...step, direction: "back" }, seen),
    ];
    const completes = ({ step }: typeof profile) => [
      one.does("onboarding.step_completed", { step }, confirmed),
      one.does("onboarding.step_completed", { step }, confirmed),
    ];
    return [
      ...goesThrough(profile),
      ...(index < 9 ? [...completes(profile), ...goesThrough(tools)] : []),
      ...(index < 6 ? [...completes(tools), ...goesThrough(launch), ...completes(launch)] : []),
    ];
  });

  test("the tallest bar is the step that loses the largest share of those who see it", async () => {
    const shown = await given(stoppingAtTools).show(activationFunnel.tile("drop-off-by-step"));
    const stops = shown.totals("Stop at this step");
    expect(stops).toEqual({ connect_tools: 3 / 9, profile: 3 / 12, review_launch: 0 });
    expect(shown.values[0]).toBe("connect_tools");
  });

  test("a person counts once at a step, however often they see or confirm it", async () => {
    const shown = await given(stoppingAtTools).show(activationFunnel.tile("people-by-step"));
    expect(shown.totals("Saw the step")).toEqual({ profile: 12, connect_tools: 9, review_launch: 6 });
    expect(shown.totals("Completed it")).toEqual({ profile: 9, connect_tools: 6, review_launch: 6 });
  });

  test("both look back over the same 30 days", async () => {
    const now = at("2026-11-30 09:00");
    const story = given(
      person("ada").does("onboarding.step_viewed", profile, at("2026-10-31 00:00")),
      person("ben").does("onboarding.step_viewed", profile, at("2026-10-30 23:59")),
      person("ben").does("onboarding.step_completed", { step: "profile" }, at("2026-10-30 23:59")),
    );
    const dropOff = await story.show(activationFunnel.tile("drop-off-by-step"), { now });
    expect(dropOff.totals("Stop at this step")).toEqual({ profile: 1 });
    const people = await story.show(activationFunnel.tile("people-by-step"), { now });
    expect(people.totals("Saw the step")).toEqual({ profile: 1 });
    expect(people.totals("Completed it")).toEqual({});
  });

  test("steps that people return to are counted where they return to, by the project's day", async () => {
    const zone = "America/New_York";
    const shown = await given(
      person("ada").does("onboarding.step_viewed", { ...tools, direction: "forward" }, at("2026-11-05 23:29", zone)),
      person("ada").does("onboarding.step_viewed", { ...profile, direction: "back" }, at("2026-11-05 23:30", zone)),
      person("ada").does("onboarding.step_viewed", { ...profile, direction: "back" }, at("2026-11-05 23:40", zone)),
      person("ada").does("onboarding.step_viewed", { ...tools, direction: "back" }, at("2026-11-06 00:10", zone)),
      person("ben").does("onboarding.step_viewed", launch, at("2026-11-06 00:10", zone)),
    ).show(activationFunnel.tile("viewed-backwards"), { timeZone: zone });
    expect(shown.values).toEqual(["profile", "connect_tools"]);
    expect(shown.line("Went back to", "profile").points).toEqual({ "2026-11-05": 2 });
    expect(shown.line("Went back to", "connect_tools").points).toEqual({ "2026-11-06": 1 });
  });

  test("half of the steps seen on the way forwards stand at or before the median; going back does not move it", async () => {
    const shown = await given(
      [1, 2, 3, 7].map((position) =>
        person("ada").does("onboarding.step_viewed", { step: `step ${position}`, position }, at("2026-11-05 09:00")),
      ),
      person("ada").does("onboarding.step_viewed", { ...launch, direction: "forward" }, at("2026-11-05 09:10")),
      person("ada").does("onboarding.step_viewed", { ...profile, direction: "back" }, at("2026-11-05 09:11")),
      person("ada").does("onboarding.step_viewed", { ...profile, direction: "back" }, at("2026-11-05 09:12")),
      person("ada").does("onboarding.step_viewed", { ...launch, direction: "forward" }, at("2026-11-07 09:00")),
    ).show(activationFunnel.tile("median-position"));
    expect(shown.line("Median position").points).toEqual({ "2026-11-05": 3, "2026-11-07": 3 });
  });
});

describe("is it getting better", () => {
  test("each step that somebody completes counts, beside the same weekday of four weeks before", async () => {
    const completes = (step: string, when: string) =>
      person("ada").does("onboarding.step_completed", { step }, at(when));
    const shown = await given(
      completes("profile", "2026-10-04 23:59"),
      completes("profile", "2026-10-05 00:00"),
      completes("profile", "2026-11-01 23:59"),
      completes("profile", "2026-11-02 00:00"),
      completes("profile", "2026-11-29 09:00"),
      completes("connect_tools", "2026-11-29 09:05"),
    ).show(activationFunnel.tile("completions-over-time"), { now: at("2026-11-30 09:00") });
    expect(shown.line("Steps completed").points).toEqual({ "2026-11-02": 1, "2026-11-29": 2 });
    const before = shown.lineBefore("Steps completed");
    expect(before.points).toEqual({ "2026-10-05": 1, "2026-11-01": 1, "2026-11-02": 1 });
    const weekday = (day: string | undefined) => new Date(`${day}T00:00:00Z`).getUTCDay();
    expect(weekday(before.days[0])).toBe(weekday(shown.line("Steps completed").days[0]));
  });

  test("backward views and positions show 30 days, too", async () => {
    const backAgain = (when: string) =>
      person("ada").does("onboarding.step_viewed", { ...profile, direction: "back" }, at(when));
    const forward = (when: string) => person("ada").does("onboarding.step_viewed", tools, at(when));
    const story = given(["2026-10-31 00:00", "2026-10-30 23:59"].flatMap((when) => [backAgain(when), forward(when)]));
    const now = at("2026-11-30 09:00");
    const backwards = await story.show(activationFunnel.tile("viewed-backwards"), { now });
    expect(backwards.line("Went back to", "profile").points).toEqual({ "2026-10-31": 1 });
    const positions = await story.show(activationFunnel.tile("median-position"), { now });
    expect(positions.line("Median position").points).toEqual({ "2026-10-31": 2 });
  });
});

mistakesAreNoticed(activationFunnel);
