import { type Clock, systemClock } from "./clock.ts";
import { isUnanswered, isVendorError, VendorError } from "./errors.ts";

const attempts = 4;
/**
 * Milliseconds before each lookup of what was created. A proxy may give up on a request that the vendor is still
 * working on: hence a second lookup.
 */
const pausesMs = [500, 1500];
/** The same for a request that timed out: the vendor is most likely still working on it. A minute in total. */
const patientPausesMs = [500, 1500, 3000, 5000, 10_000, 15_000, 25_000];
/** Error codes of connections that were never established. */
const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
/** Error codes of a client's timeout. */
const tookTooLong = new Set(["ECONNABORTED", "ETIMEDOUT"]);

/**
 * Creates exactly one object although the vendor has no idempotency keys: when the answer to `make` is lost, looks up
 * what it may have created before trying again. After a timeout nothing is created again: the next run looks it up
 * first.
 */
export async function makeOnce<T>(
  make: () => Promise<T>,
  find: () => Promise<T | undefined>,
  clock: Clock = systemClock,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await make();
    } catch (error) {
      if (!isVendorError(error) || !isUnanswered(error)) throw error;
      const made = await lookFor(error, find, clock, attempt);
      if (made !== undefined) return made;
      if (isUnderWay(error)) throw stillUnknown(error);
      if (attempt === attempts) throw error;
    }
  }
}

/** Looks up the result of a request without an answer, repeatedly, for as long as it may take. */
export async function lookFor<T>(
  error: VendorError,
  find: () => Promise<T | undefined>,
  clock: Clock,
  attempt = 1,
): Promise<T | undefined> {
  for (const pauseMs of looksAfter(error)) {
    await pause(clock, pauseMs * attempt);
    const made = neverSent.has(error.failure.code ?? "") ? undefined : await find();
    if (made !== undefined) return made;
  }
  return undefined;
}

/**
 * A server that answers 500 has finished the request; with a broken connection or a proxy's 502 and 503 that is
 * unknown.
 */
function looksAfter(error: VendorError): number[] {
  if (isUnderWay(error)) return patientPausesMs;
  const { status, code } = error.failure;
  return status === 500 || neverSent.has(code ?? "") ? pausesMs.slice(0, 1) : pausesMs;
}

/**
 * True when client or proxy timed out while the vendor may still be working: repeating the request could do it twice.
 */
export const isUnderWay = ({ failure }: VendorError): boolean =>
  failure.status === 504 || (failure.status === undefined && tookTooLong.has(failure.code ?? ""));

/** The error for a request that is abandoned although the vendor may still complete it. */
export const stillUnknown = ({ failure, message }: VendorError): VendorError =>
  new VendorError(
    failure,
    `${message}. Whether it was done is not known, so it was not sent again: run the same command again in a few minutes, it looks for what is there first`,
  );

/** Adds up to a fifth, so that clients that were interrupted together do not retry together. */
const pause = (clock: Clock, ms: number): Promise<unknown> => clock.sleep(ms * (1 + Math.random() / 5));
