import { type Clock, systemClock } from "./clock.ts";
import { isUnanswered, isVendorError, type VendorError } from "./errors.ts";

const attempts = 4;
/** Before each look for what was made. A proxy gives up on a request that the vendor may still be working on: hence a second look. */
const pausesMs = [500, 1500];
/** Codes of connections that were never there. */
const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/**
 * Makes exactly one of something, although the vendor has no way to say "only once": when the answer to `make` is lost,
 * looks for what it may have made before making it again.
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
      for (const pauseMs of looksAfter(error)) {
        await pause(clock, pauseMs * attempt);
        const made = neverSent.has(error.failure.code ?? "") ? undefined : await find();
        if (made !== undefined) return made;
      }
      if (attempt === attempts) throw error;
    }
  }
}

/** A server that says 500 is done with the request; of a broken connection or a proxy's 502 to 504 nobody knows. */
const looksAfter = ({ failure }: VendorError): number[] =>
  failure.status === 500 || neverSent.has(failure.code ?? "") ? pausesMs.slice(0, 1) : pausesMs;

/** With up to a fifth more, so that those who were interrupted together do not come back together. */
export const pause = (clock: Clock, ms: number): Promise<unknown> => clock.sleep(ms * (1 + Math.random() / 5));
