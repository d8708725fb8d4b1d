import { readFileSync, writeFileSync } from "node:fs";
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
  /** Where it is noted how far the story was told. */
  readonly folder: string;
  /** True when PostHog has no events: the story is then told from its beginning, whatever is noted. */
  readonly isNew: boolean;
  /** The events that PostHog has, those after the one with the id. */
  readonly arrived: (after: number) => readonly (ArrivedEvent & { readonly id: number })[];
  /** Called with a line for each step that takes long. */
  readonly progress: (line: string) => void;
  /** Called with each line that the apps print. */
  readonly notice: (line: string) => void;
  /** Called with what an app hands to its helper, unchanged, so that it can be compared with what arrives. */
  readonly said: (deeds: readonly Deed[]) => void;
}

/** BrandVX's operators and tenants, through the two apps and their helpers. */
export interface Traffic {
  /** Tells what happened since it was told the last time, up to now. Nothing after `stop`, which breaks it off. */
  tellHistory(variables: AppVariables): Promise<void>;
  /**
   * From now on things happen, until `stop`. To be called when the history is told, and again for apps with other variables.
   */
  goLive(variables: AppVariables): Promise<void>;
  /** What the backend's `/health` answers, from `goLive` on. */
  health(): Promise<object>;
  /** Makes something happen at once. Nothing before `goLive`. */
  happen(what: Happening): void;
  stop(): Promise<void>;
}

/** Longest that an event takes from an app to PostHog, as a rule. */
const settleMs = 30_000;

/** Deeds of the past that are worth to be compared with what arrived: what a screen holds. */
const mostCompared = 100;

export function createTraffic({ folder, isNew, arrived, progress, notice, said }: TrafficOptions): Traffic {
  const file = join(folder, "traffic.json");
  const { beginning, toldUpTo } = (isNew ? undefined : readNote(file)) ?? {
    beginning: beginningOfStory(Date.now()),
    toldUpTo: 0,
  };
  let from = toldUpTo;
  let stopped = false;
  let telling: AppThread | undefined;
  let live: Live | undefined;
  /** Whether PostHog lacks something of the story: the next start then looks from where all of it is there. */
  let isShort = false;
  let saidWhy = false;
  const write = (note: Note): void => {
    try {
      writeFileSync(file, JSON.stringify(note));
    } catch (error) {
      // A later start looks at more than it must, and tells nothing twice.
      if (!saidWhy) notice(diskTrouble(error) ?? String(error));
      saidWhy = true;
    }
  };
  /** Up to when all of the story is known to have arrived. */
  let marked = toldUpTo;
  const mark = (upTo: number, missing: number): void => {
    if (missing === 0) marked = upTo;
    isShort = missing > 0;
    write({ beginning, toldUpTo: marked });
  };
  let liveSince: number | undefined;
  /** What the apps send takes a moment. */
  const noteLive = (upTo: number, since: number): void => {
    from = upTo;
    const settled = upTo - settleMs;
    if (settled <= marked) return;
    const wasShort = isShort;
    mark(settled, notArrived(story({ beginning, after: marked, upTo: settled }), arrived(since)).length);
    if (isShort && !wasShort)
      notice("Some of what happens does not arrive at the local PostHog: it is told again at the next start.");
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
      // An earlier start may have told some of it before it was interrupted, or before the disk was full.
      const deeds = isNew ? all : notArrived(all, arrived(0));
      // Where the story is noted to begin says where to look, so that nothing is lost when this is broken off.
      write({ beginning, toldUpTo: from });
      said(deeds.slice(-mostCompared));
      await telling.play(deeds);
      await telling.end();
      telling = undefined;
      if (stopped) return;
      const missing = notArrived(deeds, arrived(0)).length;
      mark(upTo, missing);
      from = upTo;
      if (isShort) {
        progress(
          `${missing} of ${deeds.length} events of the days before did not arrive at the local PostHog: charts lack them. They are told again at the next start.`,
        );
      }
    },

    async goLive(variables) {
      // The days before today are told by the Node helpers, which is sooner done: it is the same catalog and redactor.
      const environment = await ensurePython(progress);
      const python = "python" in environment ? environment.python : undefined;
      progress(
        "python" in environment
          ? "From now on the backend is a FastAPI service with the Python package (python/); the days before today are the Node helpers'."
          : `The backend runs on the Node helpers: no FastAPI service, because ${environment.missing}.`,
      );
      if (stopped) return;
      // Those of the deployment before send what they have.
      await live?.stop();
      const apps = await openApps(variables, python);
      if (stopped) await apps.end();
      else {
        // Where something of the days before is missing, it is among what came earlier.
        liveSince ??= isShort ? 0 : (arrived(0).at(-1)?.id ?? 0);
        const since = liveSince;
        live = goOn({ apps, beginning, from, said, told: (upTo) => noteLive(upTo, since), notice });
      }
    },

    health: () => live?.health() ?? Promise.reject(new Error("the backend does not run yet")),
    happen: (what) => live?.happen(what),

    async stop() {
      stopped = true;
      await Promise.all([telling?.kill(), live?.stop()]);
    },
  };
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
