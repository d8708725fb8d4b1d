import { type Outcome, outcomeOf, quotaUsedUp } from "../shared/posthog-answer.ts";

/** Counts events by the answers to posthog-js' requests: its hooks have neither the request nor its events. */
export interface Answers {
  /** Runs the import of posthog-js, which keeps the `fetch` that it finds while it is evaluated. */
  during<Library>(load: () => Promise<Library>): Promise<Library>;
  /** From now on requests with events to this address are counted. */
  watch(host: string, warn: (message: string) => void): void;
  /** Whether a request was seen: none is where the app had loaded posthog-js before. */
  readonly seen: boolean;
  /** Events that were given up (`dropped`) and that PostHog refused (`refused`). */
  counts(): { dropped: number; refused: number };
}

type Body = RequestInit["body"];

/** Paths of posthog-js' requests with events. Source: its posthog-core.ts, `/e/` and `/i/v0/e/`. */
const eventPath = /\/(?:e|i\/v0\/e|batch|capture|track)\/?(?:[?#]|$)/;
/** Number of retries after which posthog-js gives up. Source: its retry-queue.ts; a test compares the two. */
export const mostRetries = { withoutAnswer: 3, failure: 10 } as const;
/** Milliseconds without requests after a used-up quota. Source: posthog-js' rate-limiter.ts. */
const quotaPauseMs = 60_000;
/** Maximum characters of an answer that are read. */
const longestAnswer = 10_000;

export function watchAnswers(): Answers {
  const counted = { dropped: 0, refused: 0 };
  const send = globalThis.fetch;
  let isWatched = (_url: string): boolean => false;
  let warn = (_message: string): void => {};
  let seen = false;
  let quotaUntil = 0;

  function count(what: "dropped" | "refused", why: string, body: Body): Response {
    const before = counted[what];
    // One for the time of the decoding, and where it cannot be decoded.
    counted[what] += 1;
    if (before === 0) {
      const said = what === "refused" ? "PostHog refuses events" : "Events do not reach PostHog";
      warn(`${said}: ${why}. losses() counts them.`);
    }
    void eventsIn(body).then((events) => {
      counted[what] += events - 1;
    });
    // posthog-js sends a request again unless the answer is 200 or between 400 and 499.
    return new Response(null, { status: 400 });
  }

  async function sendEvents(url: string, request: RequestInit | undefined): Promise<Response> {
    const body = request?.body;
    if (performance.now() < quotaUntil) return count("refused", quotaUsedUp, body);
    const retries = Number(/[?&]retry_count=(\d+)/.exec(url)?.[1] ?? 0);
    let response: Response;
    let outcome: Outcome;
    try {
      response = await send.call(globalThis, url, request);
      outcome = outcomeOf(response, (await response.clone().text()).slice(0, longestAnswer));
    } catch (error) {
      if (retries < mostRetries.withoutAnswer) throw error;
      return count("dropped", "no answer", body);
    }
    switch (outcome.kind) {
      case "sent":
        return response.status === 200 ? response : new Response("{}");
      case "away":
        // posthog-js retries after a failure on PostHog's side, and never after 408 and 429.
        if (response.status < 500) return count("refused", outcome.why, body);
        return retries < mostRetries.failure ? response : count("dropped", outcome.why, body);
      case "too large":
        return count("refused", "a request is too large for it", body);
      default:
        if (outcome.why === quotaUsedUp) quotaUntil = performance.now() + quotaPauseMs;
        return count("refused", outcome.why, body);
    }
  }

  const watched: typeof fetch = (input, request) => {
    if (typeof input !== "string" || !isWatched(input)) return send.call(globalThis, input, request);
    seen = true;
    return sendEvents(input, request);
  };

  return {
    async during(load) {
      globalThis.fetch = watched;
      try {
        return await load();
      } finally {
        // Sentry may have put its own around it, which then stays.
        if (globalThis.fetch === watched) globalThis.fetch = send;
      }
    },
    watch(host, tell) {
      warn = tell;
      // posthog-js replaces PostHog's older addresses by its newer ones.
      isWatched = (url) =>
        (url.startsWith(host) || /^https:\/\/[\w.]+\.posthog\.com\//.test(url)) && eventPath.test(url);
    },
    get seen() {
      return seen;
    },
    counts: () => ({ ...counted }),
  };
}

/** Number of events in the body of a request: JSON, packed by gzip, or (after a refused beacon) in base 64. */
async function eventsIn(body: Body): Promise<number> {
  try {
    const { batch } = JSON.parse(await textOf(body)) as { batch?: unknown };
    return Array.isArray(batch) ? batch.length : 1;
  } catch {
    return 1;
  }
}

async function textOf(body: Body): Promise<string> {
  if (typeof body !== "string") {
    const packed = new Response(body).body;
    return new Response(packed?.pipeThrough(new DecompressionStream("gzip"))).text();
  }
  return body.startsWith("data=") ? atob(decodeURIComponent(body.slice("data=".length))) : body;
}
