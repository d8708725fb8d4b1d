import { busynessOf, hourMs, minuteMs, momentOf } from "./calendar.ts";
import { type BrowserDeed, track } from "./deed.ts";
import { cutsAnswers, hasNightlyScript, hasSlowTail, isModelInTrouble, isNewsletterDay } from "./incidents.ts";
import { type Operator, opensApp } from "./operators.ts";
import { type Random, randomOf } from "./random.ts";

/** A day of the story. */
export interface StoryDay {
  readonly day: number;
  readonly dayStart: number;
}

/** What a settled operator asks AskVX on a day; nothing on most days. */
export function askingOf(operator: Operator, settledAt: number, { day, dayStart }: StoryDay): BrowserDeed[] {
  const { seed, keenness } = operator;
  const random = randomOf(`${seed} asks ${day}`);
  const weeks = Math.max(0, dayStart - settledAt) / (7 * 24 * hourMs);
  // The novelty wears off, and a part of it stays.
  const appetite = keenness * (0.4 + 0.6 * 0.75 ** weeks) * busynessOf(dayStart);
  const deeds: BrowserDeed[] = [];
  if (random.chance(appetite)) {
    let at = momentOf(dayStart, random);
    deeds.push(...opensApp(operator, at, "/workspace"));
    for (let left = 1 + random.count(1.1); left > 0; left -= 1) {
      deeds.push(...exchange(seed, at, random.weighted({ chat: 6, campaign: 2, report: 2 }), false, { day, dayStart }));
      at += Math.ceil(random.around(2.5 * minuteMs, 0.6));
    }
  }
  if (isNewsletterDay(dayStart) && random.chance(0.06 + 0.6 * keenness)) {
    const at = dayStart + 16 * hourMs + Math.floor(random.share() * 40 * minuteMs);
    deeds.push(...opensApp(operator, at, "/campaigns"), ...exchange(seed, at, "campaign", false, { day, dayStart }));
  }
  return deeds;
}

/** Prompts of the step where AskVX helps a new operator to find their voice. */
export function onboardingPromptsOf({ seed }: Operator, asksAt: number, day: StoryDay): BrowserDeed[] {
  const random = randomOf(`${seed} brand voice`);
  const prompts = Array.from({ length: random.count(1.5) }, (_, index) => asksAt - index * minuteMs);
  return prompts.flatMap((at) => exchange(seed, at, "chat", true, day));
}

/** One operator's script asks for a report a few dozen times, in a quarter of an hour of the night. */
export function nightlyScriptOf(operator: Operator, { day, dayStart }: StoryDay): BrowserDeed[] {
  if (!hasNightlyScript(day)) return [];
  const random = randomOf(`script ${day}`);
  const begun = dayStart + 3 * hourMs + 10 * minuteMs;
  const prompts = Array.from({ length: random.whole(16, 24) }, (_, index) => begun + index * 25_000);
  return [
    ...opensApp(operator, begun, "/reports"),
    ...prompts.flatMap((at) => exchange(operator.seed, at, "report", false, { day, dayStart })),
  ];
}

const typicalSeconds: Readonly<Record<string, number>> = { chat: 2.2, campaign: 4.5, report: 6.5 };
const typicalChars: Readonly<Record<string, number>> = { chat: 480, campaign: 900, report: 1900 };

/** A prompt and what comes of it. */
export function exchange(
  visitor: string,
  at: number,
  mode: string,
  onboard: boolean,
  { day, dayStart }: StoryDay,
): BrowserDeed[] {
  const random = randomOf(`${visitor} prompt ${at}`);
  const prompt = track(at, visitor, "ask.prompt_submitted", {
    mode,
    onboard,
    length: Math.ceil(random.around(90, 0.8)),
  });
  const trouble = isModelInTrouble(day, dayStart, at);
  if (random.chance(trouble ? 0.42 : 0.012)) {
    const error = errorOf(random, trouble);
    return [prompt, track(at + random.whole(900, 30_000), visitor, "ask.response_error", { onboard, error })];
  }
  const slow = (trouble ? 2.6 : 1) * (hasSlowTail(day) && random.chance(0.04) ? 9 : 1);
  const duration_ms = Math.round(random.around((typicalSeconds[mode] ?? 3) * 1000 * slow, 0.45));
  const whole = Math.round(random.around(typicalChars[mode] ?? 500, 0.5));
  const chars = cutsAnswers(day) && random.chance(0.6) ? Math.ceil(whole / 9) : whole;
  const begins = at + Math.min(duration_ms, random.whole(300, 1100));
  return [
    prompt,
    track(begins, visitor, "ask.response_stream_start", { onboard, chars: random.whole(1, 24) }),
    track(at + duration_ms, visitor, "ask.response_stream_complete", { onboard, chars, duration_ms }),
  ];
}

/** Errors as they come, with what people should not read in them: the runtime's redactor has to take it out. */
function errorOf(random: Random, trouble: boolean): string {
  if (trouble) return random.pick(["model overloaded, retry later", "upstream timed out after 30000 ms"]);
  return random.pick([
    "upstream timed out after 30000 ms",
    "context length exceeded",
    "calendar of jo@halo-studio.example is not shared with the assistant",
  ]);
}
