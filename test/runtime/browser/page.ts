import { vi } from "vitest";

/** The part of a browser's page that the helper uses before its chunks are loaded. */
export interface FakePage {
  /** Lets the page be idle. */
  beIdle(): void;
  /** Dispatches an event on the page: `error`, `unhandledrejection`, `load`. */
  happen(type: string, event?: object): void;
  /** Console output that did not go through the helper. */
  readonly printed: unknown[][];
}

/** Puts a page into this process, for as long as the test lasts. */
export function fakePage(
  onEnd: (end: () => void) => void,
  { idle = true, ...navigator }: { idle?: boolean; doNotTrack?: string; globalPrivacyControl?: boolean } = {},
): FakePage {
  const listeners = new Map<string, ((event: object) => void)[]>();
  const waiting: (() => void)[] = [];
  const printed: unknown[][] = [];
  const { error, warn } = console;
  console.error = (...values: unknown[]) => void printed.push(values);
  console.warn = console.error;
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("document", { readyState: "interactive" });
  vi.stubGlobal("location", { href: "https://app.brandvx.io/clients?q=1", origin: "https://app.brandvx.io" });
  vi.stubGlobal("navigator", navigator);
  vi.stubGlobal("addEventListener", (type: string, listener: (event: object) => void) => {
    listeners.set(type, [...(listeners.get(type) ?? []), listener]);
  });
  vi.stubGlobal("requestIdleCallback", idle ? (callback: () => void) => void waiting.push(callback) : undefined);
  onEnd(() => {
    vi.unstubAllGlobals();
    console.error = error;
    console.warn = warn;
  });
  return {
    printed,
    beIdle() {
      for (const callback of waiting.splice(0)) callback();
    },
    happen(type, event = {}) {
      for (const listener of listeners.get(type) ?? []) listener(event);
    },
  };
}
