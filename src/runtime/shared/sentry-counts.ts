import type { getClient } from "@sentry/browser";
import type { SinkCounts } from "./counts.ts";

type Client = NonNullable<ReturnType<typeof getClient>>;

export interface ErrorCounter {
  counts(): SinkCounts;
  /** Given to Sentry's SDK, and still pending. */
  waiting(): number;
  /** Whatever is pending now counts as dropped. */
  end(): void;
}

export interface ErrorCounterListener {
  readonly onSent: () => void;
  readonly onFailure: (why: string) => void;
  /** The SDK's queue was full. */
  readonly onFull: () => void;
}

/** What Sentry's SDK drops on purpose: an error that equals the previous one, and what a hook or the sampling drops. */
const meant = new Set(["event_processor", "before_send", "sample_rate", "ignored"]);

/** Counts the results of errors, from the events and the client report of Sentry's client. */
export function countErrors(client: Client, { onSent, onFailure, onFull }: ErrorCounterListener): ErrorCounter {
  const counts = { sent: 0, dropped: 0, refused: 0 };
  let begun = 0;
  let ended = false;
  const over = (what?: keyof SinkCounts) => {
    if (ended) return;
    begun = Math.max(0, begun - 1);
    if (what) counts[what] += 1;
  };

  client.on("preprocessEvent", ({ type }) => {
    if (!type && !ended) begun += 1;
  });
  client.on("afterSendEvent", ({ type }, { statusCode }) => {
    if (type) return;
    if (statusCode === undefined) {
      over("dropped");
      onFailure("no answer");
    } else if (statusCode >= 400) {
      over("refused");
      onFailure(`it answers ${statusCode}`);
    } else {
      over("sent");
      onSent();
    }
  });
  // Dropped before sending; what is dropped while sending has no status above.
  const note = client.recordDroppedEvent.bind(client);
  client.recordDroppedEvent = (reason, category, count) => {
    note(reason, category, count);
    if (category !== "error") return;
    if (reason === "queue_overflow") {
      if (!ended) counts.dropped += count ?? 1;
      onFull();
    } else over(meant.has(reason) ? undefined : "dropped");
  };

  return {
    counts: () => ({ ...counts }),
    waiting: () => begun,
    end() {
      counts.dropped += begun;
      begun = 0;
      ended = true;
    },
  };
}
