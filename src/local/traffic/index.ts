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
  /** Called with each line that the apps print. */
  readonly notice: (line: string) => void;
  /** Called with what an app hands to its helper, unchanged, so that it can be compared with what arrives. */
  readonly onDeeds: (deeds: readonly Deed[]) => void;
}

/** BrandVX's operators and tenants, through the two apps and their helpers. */
export interface Traffic {
  /**
   * Tells what happened since the last time at which all was known to have arrived, up to now: what PostHog has of it already
   * is not told again. Nothing after `stop`, which breaks it off.
   */
  tellHistory(variables: AppVariables): Promise<void>;
  /** From now on things happen, until `stop`. To be called when the history is told. */
  goLive(variables: AppVariables): Promise<void>;
  /** What the backend's `/health` answers, from `goLive` on. */
  health(): Promise<object>;
  /** Makes something happen at once. Nothing before `goLive`. */
  happen(what: Happening): void;
  stop(): Promise<void>;
}

/** Deeds of the past that are worth to be compared with what arrived: what a screen holds. */
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
      // The days before today are told by the Node helpers, which is sooner done: it is the same catalog and redactor.
      const interpreter = await ensurePython(progress);
      const python = "python" in interpreter ? interpreter.python : undefined;
      progress(
        "python" in interpreter
          ? "From now on the backend is a FastAPI service with the Python package (python/); the days before today are the Node helpers'."
          : `The backend runs on the Node helpers: no FastAPI service, because ${interpreter.missing}.`,
      );
      if (stopped) return;
      // Those of the deployment before send what they have.
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
    // There is no file yet, or it cannot be read: the story begins anew.
    return undefined;
  }
}
