import { type OnboardingStep, onboardingSteps } from "../../../catalog/events.ts";
import { dayMs, hourMs, minuteMs } from "./calendar.ts";
import { type BrowserDeed, track } from "./deed.ts";
import { isConnectingHarder } from "./incidents.ts";
import { type Operator, opensApp } from "./operators.ts";
import { randomOf } from "./random.ts";

interface Step {
  /** Median time, in minutes. */
  readonly medianMinutes: number;
  /** Share of those who see it and leave. */
  readonly stall: number;
}

const stepsByKey: Readonly<Record<OnboardingStep, Step>> = {
  welcome: { medianMinutes: 1.5, stall: 0.2 },
  connect_tools: { medianMinutes: 6, stall: 0.24 },
  import_contacts: { medianMinutes: 4, stall: 0.14 },
  brand_voice: { medianMinutes: 3, stall: 0.05 },
  choose_cadence: { medianMinutes: 2.5, stall: 0.05 },
  review_launch: { medianMinutes: 1, stall: 0.03 },
};

const steps = onboardingSteps.map((step) => ({ step, ...stepsByKey[step] }));

export interface Onboarding {
  readonly deeds: readonly BrowserDeed[];
  /** Time of completion; null for those who stopped. */
  readonly finishedAt: number | null;
  /** Time of the AskVX step, if they reach it. */
  readonly asksAt: number | null;
}

/** An operator's way through the stepper: most finish in one session, some the next day, some never. */
export function onboardingOf(operator: Operator, beginning: number): Onboarding {
  const { seed: visitor, signedUpAt } = operator;
  const random = randomOf(`${visitor} onboarding`);
  const deeds = landingOf(operator);
  let now = signedUpAt;
  let asksAt: number | null = null;

  const opens = () => {
    deeds.push(...opensApp(operator, now, "/onboarding"), track(now, visitor, "onboarding.stepper_open", {}));
  };
  const views = (step: string, position: number, direction?: "forward" | "back") =>
    deeds.push(track(now, visitor, "onboarding.step_viewed", { step, position, ...(direction && { direction }) }));
  const takes = (medianMs: number) => {
    now += Math.ceil(random.around(medianMs, 0.7));
  };

  opens();
  for (const [index, { step, medianMinutes, stall }] of steps.entries()) {
    const position = index + 1;
    const before = steps[index - 1];
    takes(4000);
    views(step, position, before && "forward");
    if (before && random.chance(0.14)) {
      takes(0.7 * minuteMs);
      views(before.step, index, "back");
      takes(0.8 * minuteMs);
      views(step, position, "forward");
    }
    if (random.chance(stall + extraStall(step, now - beginning))) {
      if (random.chance(0.55)) return { deeds, finishedAt: null, asksAt };
      // They continue some hours later, or the next day.
      takes(random.pick([4, 20]) * hourMs);
      // Most of them have left the tab open.
      if (random.chance(0.35)) opens();
      takes(3000);
      views(step, position);
      if (random.chance(0.3)) return { deeds, finishedAt: null, asksAt };
    }
    takes(medianMinutes * minuteMs);
    if (step === "brand_voice") asksAt = now - minuteMs;
    deeds.push(track(now, visitor, "onboarding.step_advanced", { step, position }));
    deeds.push(track(now + 5, visitor, "onboarding.step_completed", { step }));
  }
  deeds.push(track(now + 200, visitor, "onboarding_complete", { scene: "ReviewLaunch" }));
  return { deeds, finishedAt: now, asksAt };
}

/** The landing page, through which most visitors arrive anonymously. */
function landingOf({ seed: visitor, signedUpAt }: Operator): BrowserDeed[] {
  const random = randomOf(`${visitor} landing`);
  if (!random.chance(0.7)) return [];
  const at = signedUpAt - 5000 - Math.ceil(random.around(4 * minuteMs, 0.8));
  return [
    { app: "browser", kind: "page", at, visitor, path: "/" },
    track(at + 400, visitor, "landing_view", { scene: "Landing" }),
  ];
}

function extraStall(step: string, sinceBeginningMs: number): number {
  return step === "connect_tools" && isConnectingHarder(Math.floor(sinceBeginningMs / dayMs)) ? 0.16 : 0;
}
