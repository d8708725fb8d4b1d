import { onboardingSteps } from "../src/catalog/events.ts";
import {
  count,
  dashboard,
  funnel,
  median,
  not,
  people,
  step,
  timeToConvert,
  trend,
} from "../src/insights/define/index.ts";
import { managedByCode } from "./managed-by-code.ts";

export const activationFunnel = dashboard({
  key: "activation-funnel",
  title: "Activation funnel",
  owner: "growth",
  question: "Do new operators finish onboarding, how long does it take them, and where do they stop?",
  tiles: {
    conversion: funnel({
      title: "Opened to first step done",
      reading:
        "Share of the people who open the stepper and go on to complete any one step: under 40 %, look at the drop-off by step (who gets to the end is on “Opened to the end”).",
      steps: ["onboarding.stepper_open", "onboarding.step_completed"],
      windowDays: 14,
      place: { column: 0, row: 0, width: 6, height: 5 },
    }),

    "time-to-finish": timeToConvert({
      title: "Time to first step done",
      reading:
        "How long new operators take from opening the stepper for the very first time to completing any one step: a long tail beyond a day means that they leave and have to come back.",
      steps: [step("onboarding.stepper_open", { firstTime: true }), "onboarding.step_completed"],
      windowDays: 14,
      place: { column: 6, row: 0, width: 6, height: 5 },
    }),

    "way-to-the-end": funnel({
      title: "Opened to the end",
      reading:
        "New operators by the steps that they complete on the way to the end of onboarding: the last bar is who gets through, and the largest fall before it is the step to mend first.",
      steps: [
        step("onboarding.stepper_open", { firstTime: true, label: "opened" }),
        // Optional, so that a step that the stepper no longer has, or that people may skip, does not hide the end.
        ...onboardingSteps.map((key) =>
          step("onboarding.step_completed", { where: { step: key }, label: key, optional: true }),
        ),
        step("onboarding_complete", { label: "the end" }),
      ],
      windowDays: 14,
      place: { column: 0, row: 5, width: 12, height: 5 },
    }),

    "time-to-the-end": timeToConvert({
      title: "Time to the end",
      reading:
        "How long new operators take from opening the stepper for the very first time to the end of onboarding: most should need one sitting, and a second hump near a day is people who had to come back.",
      steps: [step("onboarding.stepper_open", { firstTime: true }), "onboarding_complete"],
      windowDays: 14,
      place: { column: 0, row: 10, width: 6, height: 5 },
    }),

    "drop-off-by-step": trend({
      title: "Drop-off by step",
      reading:
        "Share of the people who see a step and do not complete it: the tallest bar is the step that loses most and deserves the next fix.",
      series: [people("onboarding.step_viewed"), people("onboarding.step_completed")],
      formulas: { "Stop at this step": "(A - B) / A" },
      breakdown: "step",
      display: "total bars",
      unit: "share",
      place: { column: 6, row: 10, width: 6, height: 5 },
    }),

    "people-by-step": trend({
      title: "People by step",
      reading:
        "How many people the shares in the drop-off stand for: with fewer than 20 people at a step, ask them instead of trusting the share.",
      series: [
        people("onboarding.step_viewed", { label: "Saw the step" }),
        people("onboarding.step_completed", { label: "Completed it" }),
      ],
      breakdown: "step",
      display: "table",
      place: { column: 0, row: 15, width: 12, height: 5 },
    }),

    "completions-over-time": trend({
      title: "Completions over time",
      reading:
        "Steps completed each day against four weeks earlier: below the earlier line for several days, fewer people arrive or something in the stepper broke.",
      series: [count("onboarding.step_completed", { label: "Steps completed" })],
      // Whole weeks: PostHog then lays Mondays over Mondays.
      lastDays: 28,
      comparedWith: "period before",
      place: { column: 0, row: 20, width: 12, height: 5 },
    }),

    "viewed-backwards": trend({
      title: "Steps viewed backwards",
      reading:
        "How often people go back, by the step they return to: a step that grows here was left too early or not understood.",
      series: [count("onboarding.step_viewed", { label: "Went back to", where: { direction: "back" } })],
      breakdown: "step",
      display: "stacked bars",
      place: { column: 0, row: 25, width: 6, height: 5 },
    }),

    "median-position": trend({
      title: "Median position reached",
      reading:
        "Half of the steps seen on the way forwards stand at or before this position: near the middle of the stepper people get through, near 1 they stop at its start (0 is a day without onboarding).",
      series: [
        median("onboarding.step_viewed", "position", { label: "Median position", where: { direction: not("back") } }),
      ],
      place: { column: 6, row: 25, width: 6, height: 5 },
    }),

    about: managedByCode({ key: "activation-funnel", owner: "growth" }),
  },
});
