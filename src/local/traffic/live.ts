import type { AppThread } from "./app-thread.ts";
import { minuteMs } from "./story/calendar.ts";
import type { Deed } from "./story/deed.ts";
import { castAt, type Happening, happeningAt, somethingAt } from "./story/now.ts";
import { randomOf } from "./story/random.ts";
import { story } from "./story/story.ts";

export interface Live {
  /** Makes something happen at once, beside what happens anyway. */
  happen(what: Happening): void;
  /** What the backend's `/health` answers. */
  health(): Promise<object>;
  /** Nothing begins after it; what the apps have captured is sent. */
  stop(): Promise<void>;
}

export interface LiveOptions {
  readonly apps: AppThread;
  readonly beginning: number;
  /** The time up to which the story has been played. */
  readonly from: number;
  /** Called with what the apps hand to their helpers, unchanged. */
  readonly onDeeds: (deeds: readonly Deed[]) => void;
  /** Called now and then with a time up to which the apps have sent what they were told. */
  readonly onProgress: (upTo: number) => void;
  readonly notice: (line: string) => void;
}

/** Between two of the small things that happen all the time, on average. */
const pauseMs = 22_000;

/** Longest that the apps keep an event before they send it, as a rule. */
const sentWithinMs = 30_000;

/** How often it is looked whether something is due. */
const tickMs = 400;

/** The story goes on, minute by minute, and more happens than in the story. */
export function goOn({ apps, beginning, from, onDeeds, onProgress, notice }: LiveOptions): Live {
  const cast = castAt(beginning, Date.now());
  const random = randomOf(`live ${Date.now()}`);
  let due: Deed[] = [];
  let upTo = from;
  /** Up to when what was due was handed to the apps. */
  let played = from;
  let nextThing = Date.now() + 2000;
  let playing: Promise<void> = Promise.resolve();
  const plan = (deeds: readonly Deed[]): void => {
    due = [...due, ...deeds].sort((one, other) => one.at - other.at);
  };

  const tick = (): void => {
    const now = Date.now();
    if (now > upTo) {
      if (now - sentWithinMs > from) onProgress(now - sentWithinMs);
      plan(story({ beginning, after: upTo, upTo: now + minuteMs }));
      upTo = now + minuteMs;
    }
    if (now > nextThing) {
      plan(somethingAt(now, `thing ${now}`, cast));
      nextThing = now + Math.min(4 * pauseMs, -Math.log(1 - random.share()) * pauseMs);
    }
    const happened = due.filter(({ at }) => at <= now);
    played = now;
    if (happened.length === 0) return;
    due = due.slice(happened.length);
    onDeeds(happened);
    playing = apps.play(happened).catch((error: Error) => notice(error.message));
  };
  const timer = setInterval(tick, tickMs);

  return {
    health: () => apps.health(),
    happen: (what) => plan(happeningAt(what, Date.now(), `${what} ${Date.now()}`, cast)),
    async stop() {
      clearInterval(timer);
      await playing;
      await apps.end();
      onProgress(played);
    },
  };
}
