import type { Call } from "./calls.ts";

/**
 * Called with what the page itself reports: failed scripts, rejected promises, errors and warnings on the console.
 *
 * @param event its name in the catalog
 * @param said what makes its message, as it was given: a text of it needs more than the app's first chunk has
 * @param isWithinBudget whether few enough of the kind were told lately
 * @param forSentry what Sentry is told of it
 */
export type FaultListener = (
  event: "client_error" | "client_unhandled_rejection",
  said: readonly unknown[],
  properties: Readonly<Record<string, unknown>>,
  isWithinBudget: boolean,
  forSentry: Call,
) => void;

/** Most of each kind that are within the budget of a minute: a loop that fails must not become a flood. */
const mostPerMinute = 10;
/** PostHog and Sentry print too; what they print about sending must not be sent. */
const ownMessages = /^\[(?:PostHog|observability)|^Sentry Logger/;
/** What browsers report of a page that works, and what people's own extensions do on it. */
export const noise = [/ResizeObserver loop/, /-extension:\/\/|webkit-masked-url:/] as const;

/** Listens to the page's faults from now on, whatever becomes of them. */
export function listenToFaults(listener: FaultListener): void {
  let telling = false;

  /** A budget of its own for each kind: warnings on the console must not use up what errors have. */
  function budget(): (tell: (hasRoom: () => boolean) => void) => void {
    const recent: number[] = [];
    const hasRoom = () => {
      const now = performance.now();
      while (recent[0] !== undefined && recent[0] < now - 60_000) recent.shift();
      return recent.length < mostPerMinute && recent.push(now) > 0;
    };
    return (tell) => {
      // What telling itself reports is not told.
      if (telling) return;
      telling = true;
      try {
        tell(hasRoom);
      } catch {
        // The fault itself is visible to the page as it would be without us.
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
  const { message, stack } = (error ?? {}) as { message?: unknown; stack?: unknown };
  return [text, message, stack, source].some(
    (part) => typeof part === "string" && noise.some((pattern) => pattern.test(part)),
  );
}
