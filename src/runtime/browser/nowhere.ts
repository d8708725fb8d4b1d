import type { Call, Sink } from "./calls.ts";

/** A sink that sends nothing, because a variable cannot be right. What was to be sent is counted. */
export function nowhere(sent: Call["kind"]): Sink {
  let dropped = 0;
  return {
    handle(call) {
      if (call.kind === sent) dropped += 1;
    },
    losses: () => ({ dropped, refusedRequests: 0 }),
  };
}

/** What a browser's console is told. */
export const warn = (message: string): void => console.warn(`[observability] ${message}`);
