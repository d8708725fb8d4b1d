import { busynessOf, hourMs, minuteMs, momentOf } from "./calendar.ts";
import { capture, type Deed, track } from "./deed.ts";
import { cutsAnswers, hasNightlyScript, hasSlowTail, isModelInTrouble, isNewsletterDay } from "./incidents.ts";
import { type Operator, opensApp } from "./operators.ts";
import { type Random, randomOf } from "./random.ts";

/** A day of the story. */
export interface StoryDay {
  readonly day: number;
  readonly dayStart: number;
}

/** What a settled operator asks AskVX on a day; nothing on most days. */
export function askingOf(operator: Operator, settledAt: number, { day, dayStart }: StoryDay): Deed[] {
  const { seed, keenness } = operator;
  const random = randomOf(`${seed} asks ${day}`);
  const weeks = Math.max(0, dayStart - settledAt) / (7 * 24 * hourMs);
  // Use declines after the first days, down to a constant share.
  const appetite = keenness * (0.4 + 0.6 * 0.75 ** weeks) * busynessOf(dayStart);
  const deeds: Deed[] = [];
  if (random.chance(appetite)) {
    let at = momentOf(dayStart, random);
    deeds.push(...opensApp(operator, at, "/workspace"));
    for (let left = 1 + random.count(1.1); left > 0; left -= 1) {
      deeds.push(
        ...exchange(operator, at, random.weighted({ chat: 6, campaign: 2, report: 2 }), false, { day, dayStart }),
      );
      at += Math.ceil(random.around(2.5 * minuteMs, 0.6));
    }
  }
  if (isNewsletterDay(dayStart) && random.chance(0.06 + 0.6 * keenness)) {
    const at = dayStart + 16 * hourMs + Math.floor(random.share() * 40 * minuteMs);
    deeds.push(
      ...opensApp(operator, at, "/campaigns"),
      ...exchange(operator, at, "campaign", false, { day, dayStart }),
    );
  }
  return deeds;
}

/** Prompts of the onboarding step where AskVX helps an operator to define their brand voice. */
export function onboardingPromptsOf(operator: Operator, asksAt: number, day: StoryDay): Deed[] {
  const random = randomOf(`${operator.seed} brand voice`);
  const prompts = Array.from({ length: random.count(1.5) }, (_, index) => asksAt - index * minuteMs);
  return prompts.flatMap((at) => exchange(operator, at, "chat", true, day));
}

/** One operator's script requests a few dozen reports within a quarter of an hour at night. */
export function nightlyScriptOf(operator: Operator, { day, dayStart }: StoryDay): Deed[] {
  if (!hasNightlyScript(day)) return [];
  const random = randomOf(`script ${day}`);
  const begun = dayStart + 3 * hourMs + 10 * minuteMs;
  const prompts = Array.from({ length: random.whole(16, 24) }, (_, index) => begun + index * 25_000);
  return [
    ...opensApp(operator, begun, "/reports"),
    ...prompts.flatMap((at) => exchange(operator, at, "report", false, { day, dayStart })),
  ];
}

const typicalSeconds: Readonly<Record<string, number>> = { chat: 2.2, campaign: 4.5, report: 6.5 };
const typicalChars: Readonly<Record<string, number>> = { chat: 480, campaign: 900, report: 1900 };

/** A prompt and its effects: in the app, and in the backend, which calls the model. */
export function exchange(
  operator: Pick<Operator, "seed" | "tenantId">,
  at: number,
  mode: string,
  onboard: boolean,
  { day, dayStart }: StoryDay,
): Deed[] {
  const { seed: visitor } = operator;
  const random = randomOf(`${visitor} prompt ${at}`);
  const prompt = track(at, visitor, "ask.prompt_submitted", {
    mode,
    onboard,
    length: Math.ceil(random.around(90, 0.8)),
  });
  const trouble = isModelInTrouble(day, dayStart, at);
  if (random.chance(trouble ? 0.42 : 0.012)) {
    const error = errorOf(random, trouble);
    const failsAt = at + random.whole(900, 30_000);
    const failed = { mode, endsAt: failsAt, chars: 0, isError: true };
    return [
      prompt,
      generation(operator, at, failed),
      track(failsAt, visitor, "ask.response_error", { onboard, error }),
    ];
  }
  const slow = (trouble ? 2.6 : 1) * (hasSlowTail(day) && random.chance(0.04) ? 9 : 1);
  const duration_ms = Math.round(random.around((typicalSeconds[mode] ?? 3) * 1000 * slow, 0.45));
  const whole = Math.round(random.around(typicalChars[mode] ?? 500, 0.5));
  const chars = cutsAnswers(day) && random.chance(0.6) ? Math.ceil(whole / 9) : whole;
  const begins = at + Math.min(duration_ms, random.whole(300, 1100));
  const endsAt = at + duration_ms;
  return [
    prompt,
    track(begins, visitor, "ask.response_stream_start", { onboard, chars: random.whole(1, 24) }),
    generation(operator, at, { mode, endsAt, chars, isError: false }),
    track(endsAt, visitor, "ask.response_stream_complete", { onboard, chars, duration_ms }),
    ...reactionTo(visitor, endsAt, onboard, chars < whole || slow > 2),
  ];
}

/** A person's reaction to an answer, usually none besides reading. Bad answers are cut off or late. */
function reactionTo(visitor: string, answeredAt: number, onboard: boolean, isBad: boolean): Deed[] {
  const random = randomOf(`${visitor} answer ${answeredAt}`);
  const about = { onboard, answer_id: random.uuid() };
  const deeds: Deed[] = [];
  if (random.chance(isBad ? 0.3 : 0.16)) {
    const stars = isBad ? { 1: 5, 2: 3, 3: 1 } : { 3: 1, 4: 3, 5: 4 };
    const rating = Number(random.weighted<string>(stars));
    deeds.push(track(answeredAt + random.whole(2000, 12_000), visitor, "ask.rated", { ...about, rating }));
  }
  if (!isBad && random.chance(0.12)) {
    const target = random.weighted({ copy: 5, cadence: 3, email: 2, link: 1 });
    deeds.push(track(answeredAt + random.whole(3000, 14_000), visitor, "ask.shared", { ...about, target }));
  }
  return deeds;
}

/** US dollars per million input and output tokens. */
const prices = { small: { asked: 0.8, answered: 4 }, large: { asked: 3, answered: 15 } } as const;
/** Approximate characters per token. */
const charsOfToken = 4;

interface Call {
  readonly mode: string;
  readonly endsAt: number;
  readonly chars: number;
  readonly isError: boolean;
}

/** The backend's model call. The small model answers chat. */
function generation({ seed, tenantId }: Pick<Operator, "seed" | "tenantId">, at: number, call: Call): Deed {
  const random = randomOf(`${seed} generation ${at}`);
  const size = call.mode === "chat" ? "small" : "large";
  const asked = Math.ceil(random.around(size === "small" ? 900 : 3200, 0.4));
  const answered = Math.ceil(call.chars / charsOfToken);
  const cost = (asked * prices[size].asked + answered * prices[size].answered) / 1_000_000;
  return capture(call.endsAt, tenantId, "$ai_generation", {
    tenant_id: tenantId,
    $ai_trace_id: random.uuid(),
    $ai_model: `assistant-${size}-1`,
    $ai_provider: "models.example",
    $ai_input_tokens: asked,
    $ai_output_tokens: answered,
    $ai_latency: (call.endsAt - at) / 1000,
    ...(call.isError ? {} : { $ai_total_cost_usd: Number(cost.toFixed(6)) }),
    $ai_is_error: call.isError,
    $ai_http_status: call.isError ? 529 : 200,
  });
}

/** Raw error messages, some with personal data that the runtime's redactor must remove. */
function errorOf(random: Random, trouble: boolean): string {
  if (trouble) return random.pick(["model overloaded, retry later", "upstream timed out after 30000 ms"]);
  return random.pick([
    "upstream timed out after 30000 ms",
    "context length exceeded",
    "calendar of jo@halo-studio.example is not shared with the assistant",
  ]);
}
