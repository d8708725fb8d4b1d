import { startChecker } from "./edits/checker.ts";
import { placeOf } from "./edits/definitions.ts";
import { watchEdits } from "./edits/watch.ts";
import { whenLauncherIsGone } from "./ends-with-us.ts";
import { projectFolder } from "./folder.ts";

/*
 * Starts the local cloud, also while a file that it is made of is broken: what is wrong is said, and it starts when the
 * file is mended. Nothing that people edit may be imported here.
 */

const isOnce = process.argv.includes("--once");

/** @returns what keeps it from starting; undefined when it has started */
async function start(): Promise<unknown> {
  try {
    await import("./main.ts");
    return undefined;
  } catch (error) {
    return error;
  }
}

/** What the files say is wrong, as the compiler or Node has it. */
async function sayProblems(error: unknown): Promise<void> {
  const checker = startChecker(projectFolder);
  const { read, compiled } = checker.check();
  const [{ problems }, mistakes] = await Promise.all([read, compiled]);
  checker.stop();
  for (const one of mistakes.length > 0 ? mistakes : problems) console.error(`${placeOf(one)}: ${one.message}`);
  if (mistakes.length === 0 && problems.length === 0) console.error(error);
}

/** Resolves with the next save of an edited file. */
const saved = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = watchEdits(projectFolder, () => {
      stop();
      resolve();
    });
  });

let error = await start();
if (error !== undefined) whenLauncherIsGone(() => process.exit(1));
while (error !== undefined) {
  const next = saved();
  await sayProblems(error);
  // A file that was run halfway is not run again by Node.
  const canGoOn = !isOnce && error instanceof SyntaxError;
  if (!canGoOn) process.exit(1);
  console.error("Nothing is started with that: save the file again when it is mended, and it goes on by itself.");
  await next;
  error = await start();
}
