import { type Clock, systemClock } from "./clock.ts";
import { isUnanswered, isVendorError, VendorError } from "./errors.ts";

const attempts = 4;
/** Before each look for what was made. A proxy gives up on a request that the vendor may still be working on: hence a second look. */
const pausesMs = [500, 1500];
/** The same for a request that took too long: the vendor is most likely still working on it. A minute in all. */
const patientPausesMs = [500, 1500, 3000, 5000, 10_000, 15_000, 25_000];
/** Codes of connections that were never there. */
const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
/** Codes of a client that waited long enough. */
const tookTooLong = new Set(["ECONNABORTED", "ETIMEDOUT"]);

/**
 * Makes exactly one of something, although the vendor has no way to say "only once": when the answer to `make` is lost,
 * looks for what it may have made before making it again. After a request that took too long nothing is made again: what
 * the vendor still works on comes to light at the next run, which looks first.
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

/** Looks for what a request without an answer may have done, as often and as long as it may take. */
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

/** A server that says 500 is done with the request; of a broken connection or a proxy's 502 and 503 nobody knows. */
function looksAfter(error: VendorError): number[] {
  if (isUnderWay(error)) return patientPausesMs;
  const { status, code } = error.failure;
  return status === 500 || neverSent.has(code ?? "") ? pausesMs.slice(0, 1) : pausesMs;
}

/** True when client or proxy gave up waiting while the vendor may go on: to repeat it would be to do it twice. */
export const isUnderWay = ({ failure }: VendorError): boolean =>
  failure.status === 504 || (failure.status === undefined && tookTooLong.has(failure.code ?? ""));

/** The error for a request that is given up although the vendor may still complete it. */
export const stillUnknown = ({ failure, message }: VendorError): VendorError =>
  new VendorError(
    failure,
    `${message}. Whether it was done is not known, so it was not sent again: run the same command again in a few minutes, it looks for what is there first`,
  );

/** With up to a fifth more, so that those who were interrupted together do not come back together. */
const pause = (clock: Clock, ms: number): Promise<unknown> => clock.sleep(ms * (1 + Math.random() / 5));
