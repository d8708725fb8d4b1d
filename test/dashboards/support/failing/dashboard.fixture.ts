import { expect } from "vitest";
import { dashboard, funnel } from "../../../../src/insights/define/index.ts";
import { at, crowd, given, mistakesAreNoticed, test } from "../index.ts";

/** A dashboard with a mistake: its first step is the wrong event. */
const wrong = dashboard({
  key: "wrong",
  title: "Wrong",
  owner: "growth",
  question: "What does somebody see who made a mistake?",
  tiles: {
    conversion: funnel({
      title: "Opened to finished",
      reading: "How many of those who open the stepper complete a step.",
      steps: ["$pageview", "onboarding.step_completed"],
      windowDays: 14,
      place: { column: 0, row: 0, width: 12, height: 5 },
    }),
  },
});

const opened = (people: number) =>
  given(crowd(people, (one) => one.does("onboarding.stepper_open", at("2026-11-01 09:00")))).show(
    wrong.tile("conversion"),
  );

test("one fails at once", async () => {
  expect((await opened(1)).steps.map(({ count }) => count)).toEqual([1, 0]);
});

test("one fails while other questions of it are under way", async () => {
  await Promise.all([opened(2_000), opened(3_000), opened(2).then(() => expect.fail("the first answer is wrong"))]);
});

for (const people of [500, 600, 700, 800]) {
  test(`one asks about ${people} people`, async () => {
    expect((await opened(people)).steps).toEqual([]);
  });
}

test("one goes on after it has failed, as one does that took too long", async () => {
  // Many queries at a time, so that DuckDB is still busy when the file's tests end.
  const many = Array.from({ length: 40 }, (_, index) => index);
  const goOn = async () => {
    for (let people = 1; ; people += many.length) await Promise.all(many.map((more) => opened(people + more)));
  };
  goOn().catch(() => {});
  expect.fail("it has failed");
});

mistakesAreNoticed(wrong);
