import { randomBytes } from "node:crypto";
import type { Clock } from "../../resources/kernel/clock.ts";
import { isUnanswered } from "../../resources/kernel/errors.ts";
import type { SentryReleases } from "../access/releases.ts";

/**
 * Longer than a request may take (150 s, kernel/http.ts): a lock that is older belongs to a run that was killed, or whose request
 * got no answer.
 */
export const lockExpiresMs = 180_000;

export interface LockOptions {
  readonly sentry: Pick<SentryReleases, "addFile" | "filesNamed" | "removeFile">;
  readonly version: string;
  /** Name of the lock: one for each thing that must be done once. */
  readonly name: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Default {@link lockExpiresMs}. */
  readonly expiresMs?: number | undefined;
  /** Milliseconds between two looks at a lock of another run. Default 1000. */
  readonly pollMs?: number | undefined;
  /** Called once when another run has the lock, which lasts so many milliseconds more at most. */
  readonly onWait: (lastsMs: number) => void;
}

/**
 * Does something to a release that no other run does at the same time. Sentry takes one file of a name for a release (its database
 * has a unique index) and answers 409 to each further one: the run whose file was taken has the lock.
 *
 * @param isDone looked at before each attempt: then nothing is done, and a lock that is left is removed
 * @returns whether this run did it
 * @throws what `work` throws. When it is unknown whether Sentry carried it out, the lock stays until it expires: the next run then
 * sees what came of it.
 */
export async function once(
  options: LockOptions,
  isDone: () => Promise<boolean>,
  work: () => Promise<void>,
): Promise<boolean> {
  const { sentry, version, name, clock, signal, expiresMs = lockExpiresMs, pollMs = 1_000, onWait } = options;
  const run = randomBytes(8).toString("hex");
  const present = async () => {
    const { files, serverNow } = await sentry.filesNamed(version, name);
    const [file] = files;
    return (
      file && { ...file, isMine: file.headers[runHeader] === run, ageMs: serverNow - Date.parse(file.dateCreated) }
    );
  };
  /** The lock's file when this run has it, also when the answer that said so was lost. */
  const take = async () => {
    try {
      return await sentry.addFile(version, name, { [runHeader]: run });
    } catch (error) {
      const lock = isUnanswered(error) ? await present() : undefined;
      if (lock === undefined) throw error;
      return lock.isMine ? lock : undefined;
    }
  };

  let hasWaited = false;
  // Each turn of others ends within their lock's time.
  for (const until = clock.now() + 3 * expiresMs; clock.now() < until; ) {
    signal.throwIfAborted();
    if (await isDone()) {
      const left = await present();
      if (left) await sentry.removeFile(version, left.id).catch(() => {});
      return false;
    }
    const mine = await take();
    if (mine === undefined) {
      const other = await present();
      if (other && other.ageMs >= expiresMs) {
        await sentry.removeFile(version, other.id);
      } else if (other) {
        if (!hasWaited) onWait(expiresMs - other.ageMs);
        hasWaited = true;
        await clock.sleep(pollMs);
      }
      continue;
    }
    let isKnown = true;
    try {
      signal.throwIfAborted();
      if (await isDone()) return false;
      await work();
      return true;
    } catch (error) {
      isKnown = !isUnanswered(error);
      throw error;
    } finally {
      // A lock that could not be removed expires, and the next run removes it.
      if (isKnown) await sentry.removeFile(version, mine.id).catch(() => {});
    }
  }
  throw new Error(`other runs are working on ${version}: run this again when they are done`);
}

const runHeader = "obs-run";
