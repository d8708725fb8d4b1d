import type { Call, Sink } from "./calls.ts";

/** Maximum queued calls of a sink. Beyond that the oldest event is dropped; the user's identity is never dropped. */
const mostWaiting = 200;

/** One sink and its queue. Accepts calls from the start, and passes them on in order. */
export interface Lane {
  handle(call: Call): void;
  /** Loads the sink, once. Without a loader (no key) its calls are dropped. */
  open(load: (() => Promise<Sink>) | "" | undefined): void;
  /** Discards the queue, and a sink that is being loaded. */
  forget(): void;
  readonly sink: Sink | undefined;
  /** Number of dropped calls. */
  readonly dropped: number;
}

/**
 * @param sent the kind of call that sends something, and is counted
 * @param others other kinds that the sink handles
 * @param onDrop called with the reason of the first drop
 */
export function createLane(sent: Call["kind"], others: RegExp, onDrop: (why: string) => void): Lane {
  let waiting: Call[] | undefined = [];
  let sink: Sink | undefined;
  let opened = false;
  let loads = 0;
  let dropped = 0;
  let lost = "";

  function drop(calls: readonly (Call | undefined)[], why: string): void {
    const count = calls.filter((call) => call?.kind === sent).length;
    if (count > 0 && dropped === 0) onDrop(why);
    dropped += count;
  }

  return {
    get sink() {
      return sink;
    },
    get dropped() {
      return dropped;
    },
    handle(call) {
      if (call.kind !== sent && !others.test(call.kind)) return;
      if (sink) return safely(sink, call, false);
      if (!waiting) return lost ? drop([call], lost) : undefined;
      waiting.push(call);
      if (waiting.length > mostWaiting) {
        const spared = waiting.findIndex(({ kind }) => kind === sent || kind === "console");
        drop(waiting.splice(Math.max(0, spared), 1), `more than ${mostWaiting} waited`);
      }
    },
    forget() {
      if (sink) return;
      waiting = [];
      opened = false;
      loads += 1;
    },
    open(load) {
      if (opened) return;
      opened = true;
      loads += 1;
      const thisLoad = loads;
      const give = (why: string) => {
        if (thisLoad !== loads) return;
        lost = why;
        if (why) drop(waiting ?? [], why);
        waiting = undefined;
      };
      if (!load) return give("");
      load().then(
        (loaded) => {
          if (thisLoad !== loads) return;
          const calls = waiting ?? [];
          waiting = undefined;
          for (const call of calls) safely(loaded, call, true);
          sink = loaded;
          // The chunk was blocked by an ad blocker or removed by a deploy: the app continues without it.
        },
        () => give("it did not load"),
      );
    },
  };
}

/** Analytics must never make an app fail. */
function safely(sink: Sink, call: Call, waited: boolean): void {
  try {
    sink.handle(call, waited);
  } catch {
    // Ignored: the app could do nothing about it.
  }
}
