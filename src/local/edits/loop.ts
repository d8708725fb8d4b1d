import { type Check, type Checker, startChecker } from "./checker.ts";
import { type Definitions, type Problem, placeOf } from "./definitions.ts";
import { watchEdits } from "./watch.ts";
import { editWords } from "./words.ts";

/** State of the newest edit. */
export type EditState =
  /** The stack matches the files. */
  | { readonly state: "applied" }
  /** The files are valid and shown; `pulumi up` is running. */
  | { readonly state: "applying"; readonly words: readonly string[] }
  /** The files have mistakes; their previous content is shown. */
  | {
      readonly state: "broken";
      readonly problems: readonly Problem[];
      /** They never could since the local cloud was started: nothing is shown, and no stack is brought up. */
      readonly sinceStart?: true;
    }
  /** The files are valid and shown, but `pulumi up` failed, so the stack does not match them. */
  | { readonly state: "failed"; readonly words: readonly string[]; readonly output: string };

export interface Edits {
  /** The last valid content of the files. */
  readonly definitions: Definitions;
  /** The definitions of the last successful `up`. */
  readonly applied: Definitions;
  readonly newest: EditState;
}

/** The initial state: nothing edited. */
export const unedited = (definitions: Definitions): Edits => ({
  definitions,
  applied: definitions,
  newest: { state: "applied" },
});

const nothing: Definitions = { dashboards: [], alerts: [], events: {} };

/** What the files say when the local cloud starts. */
export async function editsAtStart(checker: Checker): Promise<Edits> {
  const { read, compiled } = checker.check();
  const { definitions, problems } = await read;
  if (definitions !== null && problems.length === 0) return unedited(definitions);
  const shownProblems = await mostTelling(compiled, problems);
  return {
    definitions: nothing,
    applied: nothing,
    newest: { state: "broken", problems: shownProblems, sinceStart: true },
  };
}

/** The compiler says where; what follows from it when the file is loaded says less. */
async function mostTelling(compiled: Check["compiled"], problems: readonly Problem[]): Promise<readonly Problem[]> {
  const mistakes = await compiled;
  return mistakes.length > 0 ? mistakes : problems;
}

export interface EditLoopOptions {
  /** Folder of the project. */
  readonly folder: string;
  /** What the files said when the local cloud was started. */
  readonly atStart: Edits;
  /** Runs `pulumi up` and returns its result. Runs never overlap. */
  readonly apply: () => Promise<{ readonly succeeded: boolean; readonly output: string }>;
  /** Called whenever the state changes. */
  readonly changed: () => void;
  /** Prints a line to the terminal. */
  readonly progress: (line: string) => void;
  /** Default: the real one. */
  readonly checker?: Checker;
  readonly now?: () => number;
}

export interface EditLoop {
  readonly edits: Edits;
  /** Stops; resolves when running work has ended. */
  stop(): Promise<void>;
}

/**
 * Follows the edited files: each save is checked, described and applied. Saves during a run are applied together by one run
 * after it.
 */
export function followEdits(options: EditLoopOptions): EditLoop {
  const { folder, apply, changed, progress, now = () => performance.now() } = options;
  const checker = options.checker ?? startChecker(folder);
  let edits = options.atStart;
  let saved: string[] = [];
  let isStopped = false;
  let work: Promise<void> | undefined;

  const show = (next: Partial<Edits>): void => {
    edits = { ...edits, ...next };
    changed();
  };

  async function take(files: readonly string[]): Promise<void> {
    const startedAt = now();
    progress(`Saved: ${files.join(", ")}`);
    const before = edits.definitions;
    const isWaiting = edits.newest.state === "broken" && edits.newest.sinceStart === true;
    const { read, compiled } = checker.check();
    const { definitions, problems } = await read;
    if (isStopped) return;
    const isFine = definitions !== null && problems.length === 0;
    // Show the definitions before the compiler has finished; wait for it before applying anything.
    if (isFine) show({ definitions, newest: { state: "applying", words: editWords(edits.applied, definitions) } });
    const mistakes = await compiled;
    // A save made meanwhile may already fix it.
    if (isStopped || saved.length > 0) return;
    if (!isFine || mistakes.length > 0) {
      const shownProblems = await mostTelling(compiled, problems);
      for (const one of shownProblems) progress(`  ${placeOf(one)}: ${one.message}`);
      progress("  Nothing was applied: save the file again when it is mended.");
      show({
        definitions: before,
        newest: { state: "broken", problems: shownProblems, ...(isWaiting && { sinceStart: true }) },
      });
      return;
    }
    const words = editWords(edits.applied, definitions);
    for (const line of words) progress(`  ${line}`);
    if (words.length === 0)
      progress("  No dashboard, alert or event of PostHog differs; the stack is brought up all the same.");
    const { succeeded, output } = await apply();
    if (isStopped) return;
    if (succeeded) {
      progress(`  Applied to the local stack, ${((now() - startedAt) / 1000).toFixed(1)} s after the save.`);
      show({ applied: definitions, newest: { state: "applied" } });
    } else {
      progress(`  It could not be applied:\n${output.trim()}`);
      show({ newest: { state: "failed", words, output } });
    }
  }

  async function takeAll(): Promise<void> {
    while (saved.length > 0 && !isStopped) {
      const files = [...new Set(saved)];
      saved = [];
      try {
        await take(files);
      } catch (error) {
        if (!isStopped)
          progress(`  The edit could not be taken over: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    work = undefined;
  }

  const stopWatching = watchEdits(folder, (files) => {
    saved.push(...files);
    work ??= takeAll();
  });
  return {
    get edits() {
      return edits;
    },
    async stop() {
      isStopped = true;
      stopWatching();
      checker.stop();
      await work;
    },
  };
}
