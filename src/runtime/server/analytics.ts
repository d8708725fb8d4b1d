import type { PostHog } from "posthog-node";
import { type EventFinding, EventNotAllowedError, eventFindings } from "../shared/check.ts";
import type { OnDrop } from "../shared/privacy/event.ts";
import { redactOutgoing } from "../shared/privacy/posthog.ts";
import { opaqueId } from "../shared/privacy/pseudonym.ts";
import { within } from "../shared/within.ts";

export type SinkStatus = "ok" | "error" | "disabled";

/** Events on their way to PostHog. No call throws, but for `capture` in development. */
export interface Analytics {
  capture(event: string, distinctId: string, properties: Readonly<Record<string, unknown>>): void;
  /** "error" while the last attempt to send failed. */
  status(): SinkStatus;
  /** Sends what is waiting, for at most `deadlineMs`; false if something was left. Later events are not taken. */
  close(deadlineMs: number): Promise<boolean>;
}

export interface AnalyticsOptions {
  readonly key: string | undefined;
  readonly host: string;
  readonly development: boolean;
  readonly onDrop: OnDrop;
  readonly warn: (message: string) => void;
}

interface Waiting {
  readonly event: string;
  readonly distinctId: string;
  readonly properties: Record<string, unknown>;
  readonly timestamp: Date;
}

/** Events that are kept while posthog-node is being loaded. */
const mostWaiting = 1_000;

export function createAnalytics({ key, host, development, onDrop, warn }: AnalyticsOptions): Analytics {
  let client: PostHog | undefined;
  let failed = false;
  let closed = !key;
  const ended = new AbortController();
  const waiting: Waiting[] = [];
  const loaded = key ? load(key) : Promise.resolve();

  return {
    capture(event, distinctId, properties) {
      if (development) throwFindings(eventFindings(event, properties ?? {}));
      if (closed) return;
      try {
        // Copied now: what the caller changes later is not what happened.
        send({ event, distinctId, properties: { ...properties }, timestamp: new Date() });
      } catch {
        failed = true;
      }
    },

    status() {
      if (!key) return "disabled";
      return failed ? "error" : "ok";
    },

    async close(deadlineMs) {
      if (!key) return true;
      closed = true;
      const begun = performance.now();
      await within(deadlineMs, loaded).catch(() => {});
      if (!client) return waiting.length === 0;
      const left = Math.max(1, deadlineMs - (performance.now() - begun));
      const sent = await within(
        left,
        client.flush().then(() => true),
      ).catch(() => false);
      // Retries that go on would keep the process for seconds.
      ended.abort();
      return sent;
    },
  };

  function send(what: Waiting): void {
    if (!client) {
      if (waiting.length < mostWaiting) waiting.push(what);
      return;
    }
    const { event, distinctId, properties, timestamp } = what;
    // Without an id PostHog makes one up and no person of it.
    const id = distinctId ? { distinctId: opaqueId(distinctId) } : {};
    client.capture({ ...id, event, properties, timestamp });
  }

  async function load(apiKey: string): Promise<void> {
    try {
      const { PostHog } = await import("posthog-node");
      const opened = new PostHog(apiKey, {
        host,
        // PostHog loses an event whose hook throws; the redactor does not, but better lost than in clear.
        before_send: (event) => redactOutgoing(event, onDrop),
        maxQueueSize: 5_000,
        requestTimeout: 5_000,
        fetchRetryCount: 2,
        fetchRetryDelay: 1_000,
        featureFlagsRequestMaxRetries: 0,
        fetch: (url, { signal, ...request }) =>
          fetch(url, { ...request, signal: AbortSignal.any(signal ? [signal, ended.signal] : [ended.signal]) }),
      });
      opened.on("error", fail);
      opened.on("flush", () => {
        failed = false;
      });
      flushQuietly(opened);
      client = opened;
      for (const what of waiting.splice(0)) send(what);
    } catch (error) {
      fail(error);
    }
  }

  function fail(error: unknown): void {
    if (!failed) warn(`Events do not reach PostHog: ${error instanceof Error ? error.message : String(error)}`);
    failed = true;
  }
}

/**
 * While PostHog is away posthog-node begins a flush with each event, each with its retries, and prints a stack for each.
 * One at a time is enough, and `error` above tells once.
 */
function flushQuietly(client: PostHog): void {
  let flushing = false;
  const flushBackground = async () => {
    if (flushing) return;
    flushing = true;
    await client.flush().catch(() => {});
    flushing = false;
  };
  Object.assign(client, { flushBackground });
}

function throwFindings(findings: readonly EventFinding[]): void {
  if (findings.length > 0) throw new EventNotAllowedError(findings);
}
