import type { Call, Sink } from "./calls.ts";

/** A sink that sends nothing, because a variable is invalid. It counts the calls. */
export function nowhere(sent: Call["kind"]): Sink {
  let dropped = 0;
  return {
    handle(call) {
      if (call.kind === sent) dropped += 1;
    },
    losses: () => ({ dropped, refused: 0 }),
  };
}

/** The console message. */
export const warn = (message: string): void => console.warn(`[observability] ${message}`);
