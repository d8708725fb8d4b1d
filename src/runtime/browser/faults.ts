import type { Call } from "./calls.ts";

/**
 * Called with errors that the page reports: failed scripts, rejected promises, errors and warnings on the console.
 *
 * @param event its name in the catalog
 * @param said raw values of its message; formatting them needs code outside of the app's first chunk
 * @param isWithinBudget whether the kind's budget per minute is not exceeded
 * @param forSentry the value for Sentry
 */
export type FaultListener = (
  event: "client_error" | "client_unhandled_rejection",
  said: readonly unknown[],
  properties: Readonly<Record<string, unknown>>,
  isWithinBudget: boolean,
  forSentry: Call,
) => void;

/** Maximum per kind and minute, so that a failing loop does not cause a flood. */
const mostPerMinute = 10;
/** Ignored output of PostHog and Sentry: reporting their failed sending would send again. */
const ownMessages = /^\[(?:PostHog|observability)|^Sentry Logger/;
/** Ignored: harmless browser messages, and errors of browser extensions. */
export const noise = [/ResizeObserver loop/, /-extension:\/\/|webkit-masked-url:/] as const;

/** Starts listening for the page's errors. */
export function listenToFaults(listener: FaultListener): void {
  let telling = false;

  /** Each kind has its own budget, so that console warnings do not use up that of errors. */
  function budget(): (tell: (hasRoom: () => boolean) => void) => void {
    const recent: number[] = [];
    const hasRoom = () => {
      const now = performance.now();
      while ((recent[0] ?? now) < now - 60_000) recent.shift();
      return recent.length < mostPerMinute && recent.push(now) > 0;
    };
    return (tell) => {
      // Errors reported while reporting are ignored, to avoid a loop.
      if (telling) return;
      telling = true;
      try {
        tell(hasRoom);
      } catch {
        // The page sees the error as it would without this package.
      }
      telling = false;
    };
  }

  const faults = budget();
  addEventListener("error", ({ message, filename, lineno, colno, error }) =>
    faults((hasRoom) => {
      if (isNoise(message, error, filename)) return;
      const where = { source: filename || undefined, line: lineno || undefined, column: colno || undefined };
      const call = { kind: "error", error: error ?? message } as const;
      listener("client_error", [message], { ...where, level: "error" }, hasRoom(), call);
    }),
  );

  const rejections = budget();
  addEventListener("unhandledrejection", ({ reason }) =>
    rejections((hasRoom) => {
      if (isNoise(reason, reason)) return;
      listener("client_unhandled_rejection", [reason], {}, hasRoom(), { kind: "error", error: reason });
    }),
  );

  const prints = budget();
  for (const method of ["error", "warn"] as const) {
    const print = console[method];
    const level = method === "warn" ? "warning" : method;
    console[method] = (...said: unknown[]) => {
      print.apply(console, said);
      prints((hasRoom) => {
        if (typeof said[0] === "string" && ownMessages.test(said[0])) return;
        if (said.some((value) => isNoise(value, value))) return;
        listener("client_error", said, { level }, hasRoom(), { kind: "console", level, said, at: Date.now() });
      });
    };
  }
}

function isNoise(text: unknown, error: unknown, source?: string): boolean {
  const { message, stack } = (error ?? {}) as { message?: unknown; stack?: string };
  // The frame that threw: below it, an extension may only have passed on a call of the app.
  return [text, message, source, /^.*:\d+:\d+\)?$/m.exec(stack as string)?.[0]].some(
    (part) => typeof part === "string" && noise.some((pattern) => pattern.test(part)),
  );
}
