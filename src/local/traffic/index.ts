import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { diskTrouble } from "../machine.ts";
import { ensurePython } from "../python.ts";
import type { AppThread } from "./app-thread.ts";
import { ensureHelperPackage } from "./apps/package.ts";
import { type AppVariables, startApps } from "./apps.ts";
import { type ArrivedEvent, notArrived } from "./arrived.ts";
import { goOn, type Live } from "./live.ts";
import { beginningOfStory } from "./story/calendar.ts";
import type { Deed } from "./story/deed.ts";
import type { Happening } from "./story/now.ts";
import { story } from "./story/story.ts";

export type { AppVariables } from "./apps.ts";
export type { Deed } from "./story/deed.ts";
export type { Happening } from "./story/now.ts";

export interface TrafficOptions {
  /** The folder of the file that says up to when the story has been played. */
  readonly folder: string;
  /** True when PostHog has no events: the story is then played from its beginning, whatever the file says. */
  readonly isNew: boolean;
  readonly posthog: {
    /** The events that have arrived, in order of arrival. */
    events(): readonly ArrivedEvent[];
    /** How many came in and could not be stored, and have not come again. */
    unstored(): number;
  };
  /** Called with a line for each step that takes long. */
  readonly progress: (line: string) => void;
  /** Called with each line of the apps' output. */
  readonly notice: (line: string) => void;
  /** Called with an app's unchanged call of its helper, for comparison with the arrived event. */
  readonly onDeeds: (deeds: readonly Deed[]) => void;
}

/** Simulated operators and tenants, acting through the two apps and their helpers. */
export interface Traffic {
  /**
   * Tells what happened since the last time at which all was known to have arrived, up to now: what PostHog has of it already
   * is not told again. Nothing after `stop`, which breaks it off.
   */
  tellHistory(variables: AppVariables): Promise<void>;
  /** Starts live traffic until `stop`. Call it after the history was replayed. */
  goLive(variables: AppVariables): Promise<void>;
  /** The backend's `/health` answer, from `goLive` on. */
  health(): Promise<object>;
  /** Makes something happen immediately. Does nothing before `goLive`. */
  happen(what: Happening): void;
  stop(): Promise<void>;
}

/** Number of past actions to record for the comparison: as many as a page shows. */
const mostCompared = 100;

export function createTraffic({ folder, isNew, posthog, progress, notice, onDeeds }: TrafficOptions): Traffic {
  const file = join(folder, "traffic.json");
  const { beginning, toldUpTo } = (isNew ? undefined : readNote(file)) ?? {
    beginning: beginningOfStory(Date.now()),
    toldUpTo: 0,
  };
  let from = toldUpTo;
  let stopped = false;
  let telling: AppThread | undefined;
  let live: Live | undefined;
  let saidWhy = false;
  let isShort = false;
  /** Notes how far the story has arrived. Not beyond what could not be stored: the next start tells that again. */
  const onProgress = (upTo: number): void => {
    from = upTo;
    const unstored = posthog.unstored();
    if (unstored > 0) {
      if (!isShort)
        notice(
          `The local PostHog could not store ${unstored} events: charts lack them until the next npm start, which tells them again.`,
        );
      isShort = true;
      return;
    }
    isShort = false;
    try {
      writeNote(file, { beginning, toldUpTo: upTo });
    } catch (error) {
      const trouble = diskTrouble(error);
      if (trouble === undefined) throw error;
      if (!saidWhy) notice(trouble);
      saidWhy = true;
    }
  };
  const openApps = async (variables: AppVariables, python?: string) => {
    await ensureHelperPackage(progress);
    return startApps(variables, notice, python);
  };

  return {
    async tellHistory(variables) {
      telling = await openApps(variables);
      if (stopped) return telling.kill();
      const upTo = Date.now();
      const all = story({ beginning, after: from, upTo });
      // A start before this one may have told some of it before it was interrupted, or before the disk was full.
      const deeds = isNew ? all : notArrived(all, posthog.events());
      // Noted before anything is told: where the story begins, or what arrives would be of another one than the next start's.
      writeNote(file, { beginning, toldUpTo: from });
      onDeeds(deeds.slice(-mostCompared));
      await telling.play(deeds);
      await telling.end();
      telling = undefined;
      if (!stopped) onProgress(upTo);
    },

    async goLive(variables) {
      // The Node helpers replay the history because they are faster; catalog and redactor are the same.
      const interpreter = await ensurePython(progress);
      const python = "python" in interpreter ? interpreter.python : undefined;
      progress(
        "python" in interpreter
          ? "From now on the backend is a FastAPI service with the Python package (python/); the Node helpers sent the days before today."
          : `The backend runs on the Node helpers: no FastAPI service, because ${interpreter.missing}.`,
      );
      if (stopped) return;
      // The apps of the previous deployment send their queued events.
      await live?.stop();
      const apps = await openApps(variables, python);
      if (stopped) await apps.end();
      else live = goOn({ apps, beginning, from, onDeeds, onProgress, notice });
    },

    health: () => live?.health() ?? Promise.reject(new Error("the backend does not run yet")),
    happen: (what) => live?.happen(what),

    async stop() {
      stopped = true;
      await Promise.all([telling?.kill(), live?.stop()]);
    },
  };
}

/** The note is the old one or the new one, also where the disk is full. */
function writeNote(file: string, note: Note): void {
  const temporary = `${file}.new`;
  try {
    writeFileSync(temporary, JSON.stringify(note));
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

const note = z.object({ beginning: z.number(), toldUpTo: z.number() });
type Note = z.output<typeof note>;

function readNote(file: string): Note | undefined {
  try {
    return note.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // The file is missing or unreadable: the story starts from its beginning.
    return undefined;
  }
}
