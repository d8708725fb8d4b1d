import { type Outcome, outcomeOf } from "../shared/posthog-answer.ts";
import { redactOutgoing } from "../shared/privacy/posthog.ts";
import { opaqueId } from "../shared/privacy/pseudonym.ts";
import { reasonOf } from "../shared/reason.ts";

/** A pending event, not redacted yet. */
export interface WaitingEvent {
  readonly event: string;
  readonly distinctId: string;
  readonly properties: Record<string, unknown>;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly characters: number;
  /** Set at the first attempt, so that PostHog counts a retried event once. */
  uuid?: string;
}

export interface PosthogOptions {
  readonly key: string;
  readonly host: string;
  readonly onDrop: (what: string) => void;
}

export interface PosthogSender {
  /** One request for all of them. Throws nothing. */
  send(batch: readonly WaitingEvent[]): Promise<Outcome>;
  /** Cancels requests in flight. */
  end(): void;
}

/** Maximum milliseconds of PostHog's answer. */
const answerMs = 5_000;

/**
 * posthog-node, for one batch at a time: its own queue silently loses events when it is full and when PostHog answers
 * with an error, so it only ever contains the batch being sent, and the answer decides what happens to that.
 *
 * @throws where posthog-node is not installed
 */
export async function openPosthog({ key, host, onDrop }: PosthogOptions): Promise<PosthogSender> {
  const { PostHog } = await import("posthog-node");
  const ended = new AbortController();
  let lost = 0;
  let outcome: Outcome | undefined;
  const client = new PostHog(key, {
    host,
    // Better lost than sent unredacted.
    before_send(event) {
      try {
        return redactOutgoing(event, onDrop);
      } catch {
        lost += 1;
        return null;
      }
    },
    // It sends everything it has when it is flushed.
    flushAt: 1_000,
    flushInterval: 0,
    requestTimeout: 2 * answerMs,
    fetchRetryCount: 0,
    featureFlagsRequestMaxRetries: 0,
    async fetch(url, request) {
      outcome = await answerOf(url, {
        ...request,
        signal: AbortSignal.any([AbortSignal.timeout(answerMs), ended.signal]),
      });
      // posthog-node must forget the batch after any answer: it is stored here.
      return new Response("{}", { status: outcome.kind === "sent" ? 200 : 400 });
    },
  });
  client.on("error", () => {});

  return {
    async send(batch) {
      lost = 0;
      outcome = undefined;
      try {
        await give(batch);
      } catch (error) {
        return { kind: "refused", why: reasonOf(error) };
      }
      if (lost === batch.length) return { kind: "sent", lost };
      const answer = outcome as Outcome | undefined;
      if (answer?.kind === "sent") return { kind: "sent", lost };
      return answer ?? { kind: "away", why: "posthog-node sent nothing" };
    },
    end: () => ended.abort(),
  };

  async function give(batch: readonly WaitingEvent[]): Promise<void> {
    for (const waiting of batch) {
      const { event, distinctId, properties, at } = waiting;
      waiting.uuid ??= crypto.randomUUID();
      client.capture({
        ...{ distinctId: opaqueId(distinctId), event, properties },
        ...{ timestamp: new Date(at), uuid: waiting.uuid },
      });
    }
    // It throws the errors of outcomeOf.
    await client.flush().catch(() => {});
  }
}

async function answerOf(url: string, request: object): Promise<Outcome> {
  try {
    // A redirect would turn the request into one without a body, which may be answered with 200.
    const response = await fetch(url, { ...request, redirect: "manual" });
    return outcomeOf(response, (await response.text()).slice(0, 10_000));
  } catch (error) {
    return { kind: "away", why: reasonOf(error) };
  }
}
