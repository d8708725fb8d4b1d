import type { Call, Sink } from "./calls.ts";

/** Calls that wait for a sink. When there are more, the oldest that can be spared goes; who the user is stays. */
const mostWaiting = 200;

/** One sink and the calls that wait for it. Takes calls from the first moment on, and hands them over in order. */
export interface Lane {
  handle(call: Call): void;
  /** Loads the sink, once. What is never to come (no key) is opened without a loader: its calls are dropped. */
  open(load: (() => Promise<Sink>) | "" | undefined): void;
  /** Forgets what waits, and a sink that is just being loaded. */
  forget(): void;
  readonly sink: Sink | undefined;
  /** What was to be sent and was dropped here. */
  readonly dropped: number;
}

/**
 * @param sent the kind of call that is sent by itself: it is counted
 * @param others kinds that concern the sink as well
 * @param onDrop told why, with the first that is dropped
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
          // A chunk that an ad blocker or a deploy took away: the app goes on without.
        },
        () => give("it did not load"),
      );
    },
  };
}

/** Analytics is never the reason that an app fails. */
function safely(sink: Sink, call: Call, waited: boolean): void {
  try {
    sink.handle(call, waited);
  } catch {
    // Nobody could do anything about it.
  }
}
