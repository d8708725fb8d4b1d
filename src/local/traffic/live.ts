import type { AppThread } from "./app-thread.ts";
import { minuteMs } from "./story/calendar.ts";
import type { Deed } from "./story/deed.ts";
import { castAt, type Happening, happeningAt, somethingAt } from "./story/now.ts";
import { randomOf } from "./story/random.ts";
import { story } from "./story/story.ts";

export interface Live {
  /** Makes something happen immediately, in addition to the usual traffic. */
  happen(what: Happening): void;
  /** The backend's `/health` answer. */
  health(): Promise<object>;
  /** Stops new actions; the apps send what they have captured. */
  stop(): Promise<void>;
}

export interface LiveOptions {
  readonly apps: AppThread;
  readonly beginning: number;
  /** The time up to which the story has been played. */
  readonly from: number;
  /** Called with the apps' unchanged calls of their helpers. */
  readonly onDeeds: (deeds: readonly Deed[]) => void;
  /** Called now and then with a time up to which the apps have sent what they were told. */
  readonly onProgress: (upTo: number) => void;
  readonly notice: (line: string) => void;
}

/** Average time between two small live actions. */
const pauseMs = 22_000;

/** Longest that the apps keep an event before they send it, as a rule. */
const sentWithinMs = 30_000;

/** Interval for checking whether an action is due. */
const tickMs = 400;

/** Continues the story minute by minute, with additional live actions. */
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
