/*
 * Simulates one person in an ordered or strict funnel, and in an unordered one: a table of the open attempts, changed
 * event by event.
 */

export interface Step {
  /** Seconds since 1970. */
  readonly at: number;
  /** Steps that the event matches, from 1. */
  readonly steps: readonly number[];
  /** Steps, from 2, before which the event is an exclusion. */
  readonly excludes: readonly number[];
  readonly value: string;
  readonly period: number;
}

export interface Walked {
  /** Steps of the attempt that counts, from 1. */
  readonly steps: readonly number[];
  readonly times: readonly number[];
  /** Number of steps reached, without optional ones. */
  readonly depth: number;
}

export interface Rules {
  readonly steps: number;
  readonly window: number;
  readonly strict: boolean;
  readonly optional: readonly number[];
  /** The step, from 1, that only an event with `value` can match. */
  readonly valueAt: number | null;
  readonly value: string;
}

interface Attempt {
  start: number;
  steps: number[];
  times: number[];
  events: Step[];
  spoiled: boolean;
}

export function walkOrdered(events: readonly Step[], rules: Rules): Walked | null {
  const standing: (Attempt | null)[] = Array.from({ length: rules.steps + 1 }, () => null);
  let champion: { depth: number; attempt: Attempt } | null = null;

  /** The attempt that could continue to the step, and its current step; null if it has already reached the step. */
  function candidate(event: Step, step: number): { attempt: Attempt; from: number } | null {
    let from = step - 1;
    const ready = (place: number) => {
      const attempt = place === 0 ? fresh(event) : (standing[place] ?? null);
      return attempt !== null && event.at - attempt.start <= rules.window ? attempt : null;
    };
    let attempt = ready(from);
    while (attempt === null && from > 0 && rules.optional.includes(from)) {
      from -= 1;
      attempt = ready(from);
    }
    if (attempt === null || standing[step]?.start === attempt.start) return null;
    return { attempt, from };
  }

  function reach(event: Step, step: number, together: boolean): void {
    const found = candidate(event, step);
    if (found === null) return;
    const { attempt, from } = found;
    if (rules.valueAt !== null && from === rules.valueAt - 1 && event.value !== rules.value) return;
    if (together && attempt.events.includes(event)) return;
    const optional = rules.optional.includes(step);
    const further: Attempt = {
      start: attempt.start,
      steps: [...attempt.steps, step],
      times: optional ? attempt.times : [...attempt.times, event.at],
      events: optional ? attempt.events : [...attempt.events, event],
      spoiled: attempt.spoiled,
    };
    if (!attempt.spoiled) standing[step] = further;
    if (champion === null || step > champion.depth || (step === champion.depth && champion.attempt.spoiled)) {
      champion = { depth: step, attempt: structuredCopy(further) };
    }
  }

  function exclude(event: Step, step: number): void {
    const found = candidate(event, step);
    if (found === null || found.attempt.spoiled) return;
    found.attempt.spoiled = true;
    if (champion?.depth === found.from && event.at - champion.attempt.start <= rules.window)
      champion.attempt.spoiled = true;
  }

  for (const instant of groupByTime(events)) {
    if (standing[rules.steps] !== null) break;
    const kinds = new Set(instant.map(({ steps, excludes }) => JSON.stringify([steps, excludes])));
    if (kinds.size > 1) {
      for (let step = 1; step <= rules.steps; step += 1) {
        for (const event of instant) if (event.steps.includes(step)) reach(event, step, true);
      }
      continue;
    }
    for (const event of instant) {
      for (const step of [...event.excludes].reverse()) exclude(event, step);
      for (const step of [...event.steps].reverse()) reach(event, step, false);
      if (rules.strict) {
        for (let place = 1; place <= rules.steps; place += 1) if (!event.steps.includes(place)) standing[place] = null;
      }
    }
  }
  const result = champion as { depth: number; attempt: Attempt } | null;
  if (result === null || result.attempt.spoiled) return null;
  const skippable = rules.optional.filter((step) => step <= result.depth).length;
  return { steps: result.attempt.steps, times: result.attempt.times, depth: result.depth - skippable };
}

const fresh = (event: Step): Attempt => ({ start: event.at, steps: [], times: [], events: [], spoiled: false });
const structuredCopy = (attempt: Attempt): Attempt => ({ ...attempt });

function groupByTime(events: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (last?.[0]?.at === event.at) last.push(event);
    else groups.push([event]);
  }
  return groups;
}

export type UnorderedRules = Pick<Rules, "steps" | "window" | "valueAt" | "value">;

/** Called each time the oldest event leaves the window: the number of completed steps, when each began, and that event. */
export type Look = (completed: number, times: readonly number[], oldest: Step) => void;

/** `lastLook`: call `look` once more at the end ("once"), or until the window is empty ("all"). */
export function walkUnordered(
  events: readonly Step[],
  rules: UnorderedRules,
  look: Look,
  lastLook: "once" | "all",
): void {
  let inWindow: { event: Step; step: number }[] = [];
  const completed = () => new Set(inWindow.map(({ step }) => step)).size;
  const firstTimes = () => {
    const times: number[] = [];
    for (let step = 1; step <= rules.steps; step += 1) {
      const first = inWindow.find((one) => one.step === step);
      if (first) times.push(first.event.at);
    }
    return times.sort((a, b) => a - b);
  };
  /** The oldest of the first events of each step; if several are equally old, that of the first step. */
  const oldest = () => {
    const firsts = [];
    for (let step = 1; step <= rules.steps; step += 1) firsts.push(inWindow.find((one) => one.step === step));
    return firsts.reduce(
      (found, one) => (one !== undefined && (found === undefined || one.event.at < found.event.at) ? one : found),
      undefined,
    );
  };
  let finished = false;
  const lookNow = (event: Step) => {
    look(completed(), firstTimes(), event);
    if (completed() === rules.steps && lastLook === "once") finished = true;
  };
  for (const event of events) {
    if (finished) return;
    for (
      let one = oldest();
      one && (one.event.at + rules.window < event.at || completed() === rules.steps);
      one = oldest()
    ) {
      lookNow(one.event);
      inWindow = inWindow.filter((other) => other !== one);
    }
    if (event.steps.length === 0) {
      inWindow = [];
      continue;
    }
    if (rules.valueAt !== null && completed() === rules.valueAt - 1 && event.value !== rules.value) continue;
    const lastOf = (step: number) => inWindow.filter((one) => one.step === step).at(-1)?.event.at ?? 0;
    let step = event.steps[0] ?? 1;
    for (const other of event.steps) if (lastOf(other) < lastOf(step)) step = other;
    inWindow.push({ event, step });
  }
  for (let one = oldest(); one && !finished; one = oldest()) {
    lookNow(one.event);
    if (lastLook === "once") return;
    inWindow = inWindow.filter((other) => other !== one);
  }
}

/** An event between two of the same kind adds nothing: PostHog removes it first. */
export function dropRepeats(events: readonly Step[]): Step[] {
  const same = (a: Step, b: Step) =>
    JSON.stringify([a.steps, a.excludes, a.value]) === JSON.stringify([b.steps, b.excludes, b.value]);
  return events.filter((event, index) => {
    const [before, after] = [events[index - 1], events[index + 1]];
    if (!before || !after || event.steps.length + event.excludes.length > 1) return true;
    return !(same(event, before) && same(event, after) && before.at < event.at && event.at < after.at);
  });
}
