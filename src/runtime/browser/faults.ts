/** What the page itself reports: failed scripts, rejected promises, errors and warnings on the console. */
export interface FaultListener {
  failed(fault: { message: string; source?: string; line?: number; column?: number }, error: unknown): void;
  rejected(message: string, reason: unknown): void;
  printed(level: "error" | "warning", message: string): void;
}

/** Most faults that are told of in a minute: a loop that fails must not become a flood. */
const mostPerMinute = 10;
const longestMessage = 1_000;
/** PostHog and Sentry print too; what they print about sending must not be sent. */
const ownMessages = /^\[(?:PostHog|observability)|^Sentry Logger/;

/** Listens to the page's faults from now on, whatever becomes of them. */
export function listenToFaults({ failed, rejected, printed }: FaultListener): void {
  const recent: number[] = [];
  let telling = false;

  /** Runs `tell`, unless it is telling that failed, or there were too many. */
  function guarded(tell: () => void): void {
    const now = Date.now();
    while (recent[0] !== undefined && recent[0] < now - 60_000) recent.shift();
    if (telling || recent.length >= mostPerMinute) return;
    recent.push(now);
    telling = true;
    try {
      tell();
    } catch {
      // The fault itself is visible to the page as it would be without us.
    }
    telling = false;
  }

  addEventListener("error", ({ message, filename, lineno, colno, error }) =>
    guarded(() =>
      failed(
        {
          message: cut(message),
          ...(filename && { source: filename }),
          ...(lineno > 0 && { line: lineno }),
          ...(colno > 0 && { column: colno }),
        },
        error ?? message,
      ),
    ),
  );
  addEventListener("unhandledrejection", ({ reason }) => guarded(() => rejected(textOf(reason), reason)));

  for (const [method, level] of [
    ["error", "error"],
    ["warn", "warning"],
  ] as const) {
    const print = console[method];
    console[method] = (...values: unknown[]) => {
      print.apply(console, values);
      guarded(() => {
        const message = cut(values.map(textOf).join(" "));
        if (!ownMessages.test(message)) printed(level, message);
      });
    };
  }
}

function textOf(value: unknown): string {
  return cut(value instanceof Error ? `${value.name}: ${value.message}` : String(value));
}

function cut(text: string): string {
  return text.slice(0, longestMessage);
}
