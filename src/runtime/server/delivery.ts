import type { SinkCounts } from "../shared/counts.ts";
import type { Outcome } from "../shared/posthog-answer.ts";
import { within } from "../shared/within.ts";
import { createQueue, type QueueLimits } from "./queue.ts";

export interface DeliveryOptions<Item> {
  readonly limits: QueueLimits;
  /** Throws nothing. */
  readonly send: (batch: readonly Item[]) => Promise<Outcome>;
  readonly onFull: () => void;
  readonly onFailure: (why: string) => void;
  readonly onSuccess: () => void;
}

/** Sends items in batches, one batch at a time and soon, and retries while the vendor cannot be reached. */
export interface Delivery<Item> {
  /** @returns false where the item alone is larger than the queue: it counts as dropped */
  add(item: Item): boolean;
  counts(): SinkCounts;
  /** Not sent yet. */
  readonly waiting: number;
  /** Sends pending items, for at most `deadlineMs`; the rest is dropped. Nothing may be added after it. */
  close(deadlineMs: number): Promise<SinkCounts>;
}

/** Maximum number of events in a request. */
const mostInBatch = 250;
/** Milliseconds that an event waits for others. */
const gatherMs = 1_000;
/** Milliseconds between attempts while the vendor cannot be reached: first and longest. */
const retryMs = { first: 1_000, last: 30_000 };

export function createDelivery<Item extends { readonly characters: number }>({
  limits,
  send,
  onFull,
  onFailure,
  onSuccess,
}: DeliveryOptions<Item>): Delivery<Item> {
  const counts = { sent: 0, dropped: 0, refused: 0 };
  const queue = createQueue<Item>(limits, (dropped) => {
    counts.dropped += dropped;
    onFull();
  });
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;
  let underWay = 0;
  let batchSize = mostInBatch;
  let retryAfterMs = 0;
  let closing = false;
  let ended = false;

  return {
    add(item) {
      if (!queue.push(item)) {
        counts.dropped += 1;
        return false;
      }
      if (sending || retryAfterMs > 0) return true;
      if (queue.length >= batchSize) begin();
      else timer ??= setTimeout(begin, gatherMs);
      return true;
    },
    counts: () => ({ ...counts }),
    get waiting() {
      return queue.length + underWay;
    },
    async close(deadlineMs) {
      closing = true;
      begin();
      await within(deadlineMs, sending ?? Promise.resolve()).catch(() => {});
      ended = true;
      clearTimeout(timer);
      counts.dropped += queue.take(Number.POSITIVE_INFINITY).length + underWay;
      underWay = 0;
      return { ...counts };
    },
  };

  function begin(): void {
    clearTimeout(timer);
    timer = undefined;
    sending ??= sendAll().finally(() => {
      sending = undefined;
      // Items that arrived since the last check.
      if (queue.length > 0 && retryAfterMs === 0 && !ended) timer ??= setTimeout(begin, gatherMs);
    });
  }

  /** Until nothing is pending, or the vendor cannot be reached. */
  async function sendAll(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.take(batchSize);
      underWay = batch.length;
      const outcome = await send(batch);
      // Items after the deadline were counted there.
      if (ended) return;
      underWay = 0;
      if (outcome.kind !== "away") retryAfterMs = 0;
      switch (outcome.kind) {
        case "sent":
          counts.sent += batch.length - outcome.lost;
          counts.dropped += outcome.lost;
          batchSize = Math.min(mostInBatch, batchSize * 2);
          onSuccess();
          break;
        case "refused":
          counts.refused += batch.length;
          onFailure(outcome.why);
          break;
        case "too large":
          if (batch.length === 1) {
            counts.refused += 1;
            onFailure("an event is too large for it");
          } else {
            queue.putBack(batch);
            batchSize = Math.ceil(batch.length / 2);
          }
          break;
        default:
          queue.putBack(batch);
          onFailure(outcome.why);
          retryAfterMs = outcome.retryAfterMs ?? Math.min(retryMs.last, Math.max(retryMs.first, retryAfterMs * 2));
          // A process with nothing else to do exits instead of waiting for an unreachable vendor.
          if (!closing) timer = setTimeout(begin, retryAfterMs).unref();
          return;
      }
    }
  }
}
