import { type Rules, type Step, walkUnordered } from "./walk.ts";

/*
 * Funnel trends: for each period in which a person did the first step, whether they converted.
 */

type Mark = "converted" | "entered";

interface Start {
  at: number;
  spoiled: boolean;
}

interface Story {
  starts: (Start | null)[];
  depth: number;
  deepAt: number;
  damage: "none" | "partial" | "full";
}

/** `from` and `to` are steps, counted from 1. */
export function referenceEntrances(
  events: readonly Step[],
  rules: Rules & { readonly unordered: boolean },
  from: number,
  to: number,
): Map<number, Mark> {
  return rules.unordered ? inAnyOrder(events, rules, from, to) : inOrder(events, rules, from, to);
}

function inAnyOrder(events: readonly Step[], rules: Rules, from: number, to: number): Map<number, Mark> {
  const most = new Map<number, number>();
  walkUnordered(
    events,
    rules,
    (completed, _times, oldest) => most.set(oldest.period, Math.max(completed, most.get(oldest.period) ?? 0)),
    "all",
  );
  const marks = new Map<number, Mark>();
  for (const [period, count] of most) if (count >= from) marks.set(period, count >= to ? "converted" : "entered");
  return marks;
}

function inOrder(events: readonly Step[], rules: Rules, from: number, to: number): Map<number, Mark> {
  const stories = new Map<number, Story>();
  const marks = new Map<number, Mark>();
  const movable = (story: Story, event: Step, step: number) => {
    const start = story.starts[step - 1] ?? null;
    if (start === null || event.at - start.at > rules.window) return null;
    return story.starts[step]?.at === start.at ? null : start;
  };
  for (const event of events) {
    for (const step of [...event.excludes].reverse()) {
      for (const story of stories.values()) {
        const start = movable(story, event, step);
        if (start === null || start.spoiled) continue;
        start.spoiled = true;
        if (story.depth === step - 1 && event.at - story.deepAt <= rules.window) story.damage = "partial";
      }
    }
    for (const step of [...event.steps].reverse()) {
      if (rules.valueAt === step && event.value !== rules.value) continue;
      if (step === 1) {
        if (marks.has(event.period)) continue;
        const story = stories.get(event.period);
        if (story === undefined || (story.depth === 1 && story.damage !== "none")) {
          const starts = [null, { at: event.at, spoiled: false }];
          stories.set(event.period, { starts, depth: 1, deepAt: event.at, damage: "none" });
        } else story.starts[1] = { at: event.at, spoiled: false };
        continue;
      }
      for (const [period, story] of [...stories]) {
        const start = movable(story, event, step);
        if (start === null) continue;
        if (!start.spoiled) story.starts[step] = { at: start.at, spoiled: false };
        if (story.starts[to]) {
          marks.set(period, "converted");
          stories.delete(period);
        } else if (step > story.depth || (step === story.depth && story.damage === "partial")) {
          story.depth = step;
          story.deepAt = event.at;
          story.damage = start.spoiled ? "full" : "none";
        }
      }
    }
    if (rules.strict) {
      for (const story of stories.values()) {
        for (let step = 1; step <= rules.steps; step += 1) if (!event.steps.includes(step)) story.starts[step] = null;
      }
    }
  }
  const isRuined = [...stories.values()].some(({ damage }) => damage === "full");
  for (const [period, { depth, damage }] of stories) {
    if (!isRuined && damage === "none" && depth >= from) marks.set(period, "entered");
  }
  return marks;
}
