import { setTimeout as delay } from "node:timers/promises";
import { isUnanswered } from "./errors.ts";

const attempts = 4;
const firstPauseMs = 300;

/**
 * Makes exactly one of something, although the vendor has no way to say "only once": when the answer to `make` is lost,
 * looks for what it may have made before making it again.
 */
export async function makeOnce<T>(make: () => Promise<T>, find: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await make();
    } catch (error) {
      if (!isUnanswered(error) || attempt === attempts) throw error;
      await delay(firstPauseMs * 2 ** attempt);
      const made = await find();
      if (made) return made;
    }
  }
}
