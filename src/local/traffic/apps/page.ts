import { setImmediate as turn } from "node:timers/promises";

/** A simulated browser page in this thread, with what the browser helper and posthog-js use of one. */
export interface Page {
  /** Navigates to a path, like a single-page app. */
  goTo(path: string): void;
  /** Hides the page, so that posthog-js sends queued events; resolves when they have arrived. */
  hide(): Promise<void>;
}

const userAgent =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";

/** Makes this thread simulate a page of the operator UI. Call it once, before posthog-js is loaded. */
export function becomePage(origin: string): Page {
  const events = new EventTarget();
  const underWay = new Set<Promise<unknown>>();
  const location = new URL(origin);
  const send = globalThis.fetch;
  const fetchAndCount: typeof fetch = (input, init) => {
    const sending = send(input, init);
    const settled = sending.then(
      () => {},
      () => {},
    );
    underWay.add(settled);
    void settled.then(() => underWay.delete(settled));
    return sending;
  };

  define({
    window: globalThis,
    self: globalThis,
    location,
    document: {
      location,
      readyState: "complete",
      visibilityState: "visible",
      title: "",
      referrer: "",
      body: {},
      documentElement: {},
      // Without cookies and storage, posthog-js stores its state in memory, so each visitor has a new browser.
      get cookie() {
        return "";
      },
      set cookie(_: string) {},
      createElement: () => ({}),
      getElementsByTagName: () => [],
      addEventListener() {},
      removeEventListener() {},
    },
    navigator: {
      userAgent,
      language: "en-US",
      onLine: true,
      sendBeacon: (url: string, body: NonNullable<RequestInit["body"]>) => {
        void fetchAndCount(url, { method: "POST", body }).catch(() => {});
        return true;
      },
    },
    screen: { width: 1440, height: 900 },
    innerWidth: 1440,
    innerHeight: 789,
    onpagehide: null,
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
    requestIdleCallback: (callback: () => void) => setImmediate(callback),
    fetch: fetchAndCount,
  });

  return {
    goTo(path) {
      location.href = new URL(path, origin).href;
    },
    async hide() {
      events.dispatchEvent(new Event("pagehide"));
      await turn();
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

function define(globals: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}
