import type { Call, Sink } from "./calls.ts";

/**
 * Maximum queued calls of a sink. Beyond that the oldest event is dropped, or the flag's older value; the user's identity
 * is never dropped, nor is the last value of a flag.
 */
const mostWaiting = 200;

type Keyed = Call & { readonly key?: string };

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
  /** The loading that counts: a forgotten one is none. */
  let opened: object | undefined;
  let dropped = 0;
  let lost = "";

  function drop(calls: readonly Call[], why: string): void {
    for (const { kind } of calls) if (kind === sent && !dropped++) onDrop(why);
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
      if (waiting.length >= mostWaiting) {
        const spared = waiting.findIndex(
          ({ kind, key }: Keyed) => kind === sent || kind === "console" || (key && key === (call as Keyed).key),
        );
        if (spared >= 0) drop(waiting.splice(spared, 1), `more than ${mostWaiting} waited`);
      }
      waiting.push(call);
    },
    forget() {
      if (sink) return;
      waiting = [];
      opened = undefined;
    },
    open(load) {
      if (opened) return;
      const thisLoad = {};
      opened = thisLoad;
      const give = (why: string) => {
        if (thisLoad !== opened) return;
        lost = why;
        if (why) drop(waiting ?? [], why);
        waiting = undefined;
      };
      if (!load) return give("");
      load().then(
        (loaded) => {
          if (thisLoad !== opened) return;
          for (const call of waiting ?? []) safely(loaded, call, true);
          waiting = undefined;
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
