import type { Call, Sink } from "./calls.ts";

/** Calls that wait for a sink. When there are more, the oldest event goes; who the user is stays. */
const mostWaiting = 200;

/** One sink and the calls that wait for it. Takes calls from the first moment on, and hands them over in order. */
export interface Lane {
  handle(call: Call): void;
  /** Loads the sink, once. What is never to come (no key) is opened without a loader: its calls are dropped. */
  open(load: (() => Promise<Sink>) | "" | undefined): void;
  /** Forgets what waits, and a sink that is just being loaded. */
  forget(): void;
  readonly sink: Sink | undefined;
}

export function createLane(): Lane {
  let waiting: Call[] | undefined = [];
  let sink: Sink | undefined;
  let opened = false;
  let loads = 0;

  return {
    get sink() {
      return sink;
    },
    handle(call) {
      if (sink) return safely(sink, call, false);
      if (!waiting) return;
      if (waiting.length >= mostWaiting) {
        const oldest = waiting.findIndex(({ kind }) => kind === "event" || kind === "console");
        waiting.splice(Math.max(0, oldest), 1);
      }
      waiting.push(call);
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
      const drop = () => {
        if (thisLoad === loads) waiting = undefined;
      };
      if (!load) return drop();
      load().then((loaded) => {
        if (thisLoad !== loads) return;
        const calls = waiting ?? [];
        waiting = undefined;
        for (const call of calls) safely(loaded, call, true);
        sink = loaded;
        // A chunk that an ad blocker or a deploy took away: the app goes on without.
      }, drop);
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
