import { randomBytes } from "node:crypto";
import type { Clock } from "../../resources/kernel/clock.ts";
import { isUnanswered } from "../../resources/kernel/errors.ts";
import { patientTimeoutMs } from "../../resources/kernel/http.ts";
import type { SentryReleases } from "../access/releases.ts";
import { Failure } from "../command/failure.ts";

/**
 * Longer than one request may take. A run that has the lock may be slower than that, with several requests and waits for Sentry's
 * limits: before what must be done once it looks at its lock again ({@link Hold}), and sends it only if its answer comes in time.
 */
export const lockExpiresMs = patientTimeoutMs + 30_000;

/**
 * Looks at this run's lock again.
 * @returns the milliseconds within which a request must be sent, so that its answer comes before the lock expires
 * @throws Failure when another run has the lock, or there is no time left for a request
 */
export type Hold = () => Promise<number>;

export interface LockOptions {
  readonly sentry: Pick<SentryReleases, "addFile" | "filesNamed" | "removeFile">;
  readonly version: string;
  /** Name of the lock: one for each thing that must be done once. */
  readonly name: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Default {@link lockExpiresMs}. */
  readonly expiresMs?: number | undefined;
  /** Milliseconds that one request may take. Default: what the client waits for an answer. */
  readonly requestMs?: number | undefined;
  /** Milliseconds between two looks at a lock of another run. Default 1000. */
  readonly pollMs?: number | undefined;
  /** Called once when another run has the lock, which lasts so many milliseconds more at most. */
  readonly onWait: (lastsMs: number) => void;
}

/**
 * Does something to a release that no other run does at the same time. Sentry takes one file of a name for a release (its database
 * has a unique index) and answers 409 to each further one: the run whose file was taken has the lock.
 *
 * @param isDone looked at before each attempt: then nothing is done, and a lock that has expired is removed
 * @param work gets a function that it calls before each request that no other run may send meanwhile
 * @returns whether this run did it
 * @throws what `work` throws. When it is unknown whether Sentry carried it out, the lock stays until it expires: the next run then
 * sees what came of it.
 */
export async function once(
  options: LockOptions,
  isDone: () => Promise<boolean>,
  work: (hold: Hold) => Promise<void>,
): Promise<boolean> {
  const { sentry, version, name, clock, signal, pollMs = 1_000, onWait } = options;
  const { expiresMs = lockExpiresMs, requestMs = patientTimeoutMs } = options;
  const run = randomBytes(8).toString("hex");
  const present = async () => {
    const { files, serverNow } = await sentry.filesNamed(version, name);
    const [file] = files;
    return (
      file && { ...file, isMine: file.headers[runHeader] === run, ageMs: serverNow - Date.parse(file.dateCreated) }
    );
  };
  const hold: Hold = async () => {
    const askedAt = clock.now();
    const lock = await present();
    if (!lock?.isMine)
      throw new Failure(`another run has gone on with ${version}, because this one took too long`, again);
    // Sentry's Date header has whole seconds.
    const goneMs = lock.ageMs + 1_000 + (clock.now() - askedAt);
    const leftMs = expiresMs - requestMs - goneMs;
    if (leftMs < 0) throw new Failure(`Sentry's answers took too long to go on safely with ${version}`, again);
    return leftMs;
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
      if (left && left.ageMs >= expiresMs) await sentry.removeFile(version, left.id).catch(() => {});
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
      await work(hold);
      return true;
    } catch (error) {
      isKnown = !isUnanswered(error);
      throw error;
    } finally {
      // A lock that could not be removed expires, and the next run removes it.
      if (isKnown) await sentry.removeFile(version, mine.id, { mayWaitMs: unlockWaitMs }).catch(() => {});
    }
  }
  throw new Failure(`other runs are working on ${version}`, again);
}

/** How long the removal of a lock may wait for Sentry's limits. */
const unlockWaitMs = 10_000;

export const again = { fix: "run this again in some minutes: what is done stays done" };

const runHeader = "obs-run";
