import type { FlagValue } from "../shared/flag-facts.ts";
import { reasonOf } from "../shared/reason.ts";
import { numberRules } from "./options.ts";

export interface FlagsClientOptions {
  /** The project's key. */
  readonly key: string;
  readonly host: string;
  /** The project's secret key, for evaluation in this process; undefined: PostHog is asked for each value. */
  readonly flagsKey: string | undefined;
  /** Called when a value is used for the first time for a person, with what PostHog's SDK would send. */
  readonly onCalled: (distinctId: string, properties: Record<string, unknown>) => void;
  /** Why the definitions of flags could not be read; undefined when they were. */
  readonly onDefinitions: (why: string | undefined) => void;
}

export type FlagAnswer =
  /** @param accept the value, which the app then uses */
  | { readonly kind: "value"; readonly value: FlagValue; readonly accept: () => FlagValue; readonly wasAsked: boolean }
  | { readonly kind: "unknown"; readonly wasAsked: boolean }
  | { readonly kind: "away"; readonly why: string };

export interface FlagsClient {
  /** @param mayAsk whether PostHog may be asked where this process cannot evaluate the flag */
  ask(
    key: string,
    distinctId: string,
    properties: Readonly<Record<string, unknown>>,
    mayAsk: boolean,
  ): Promise<FlagAnswer>;
  /** Resolves when the definitions are there that this process evaluates by. */
  ready(): Promise<unknown>;
  /** Cancels requests in flight. */
  end(): Promise<void>;
}

/** Milliseconds between two looks for changed definitions. */
const pollMs = 60_000;
/** Maximum milliseconds of an answer. */
const answerMs = numberRules["flag.deadlineMs"].most;
/** Persons of whom it is remembered which values they got, so that each is reported to PostHog once. */
const mostRemembered = 10_000;

/**
 * posthog-node for feature flags alone; its events go the same way as all others.
 *
 * @throws where posthog-node is not installed
 */
export async function openFlagsClient(options: FlagsClientOptions): Promise<FlagsClient> {
  const { key: projectKey, host, flagsKey, onCalled, onDefinitions } = options;
  const { PostHog } = await import("posthog-node");
  const ended = new AbortController();
  const counted = { answers: 0, failures: 0 };
  let why = "";
  const client = new PostHog(projectKey, {
    host,
    ...(flagsKey !== undefined && { secretKey: flagsKey }),
    // Its own timer would keep the process alive.
    featureFlagsPollingInterval: null,
    featureFlagsRequestTimeoutMs: answerMs,
    featureFlagsRequestMaxRetries: 0,
    featureFlagsLogWarnings: false,
    requestTimeout: answerMs,
    flushInterval: 0,
    maxCacheSize: mostRemembered,
    before_send(event) {
      if (event?.event === "$feature_flag_called" && event.distinctId !== undefined)
        onCalled(event.distinctId, ofTheFlag(event.properties ?? {}));
      return null;
    },
    fetch: (url, request) => (url.includes("/flags/definitions") ? definitions(url, request) : values(url, request)),
  });
  client.on("error", () => {});
  const poll = flagsKey === undefined ? undefined : setInterval(() => void client.reloadFeatureFlags(), pollMs).unref();

  return {
    async ask(key, distinctId, properties, mayAsk) {
      const before = { ...counted };
      const found = await client.evaluateFlags(distinctId, {
        flagKeys: [key],
        personProperties: { ...properties },
        onlyEvaluateLocally: !mayAsk,
      });
      const wasAsked = counted.answers > before.answers;
      const value = found.getFlag(key, { sendFeatureFlagEvents: false });
      if (value !== undefined) return { kind: "value", value, accept: () => found.getFlag(key) ?? value, wasAsked };
      if (!mayAsk || counted.failures > before.failures) return { kind: "away", why };
      return { kind: "unknown", wasAsked };
    },
    ready: async () => flagsKey !== undefined && client.waitForLocalEvaluationReady(answerMs),
    async end() {
      clearInterval(poll);
      ended.abort();
      await client.shutdown(answerMs);
    },
  };

  async function definitions(url: string, request: object): Promise<Response> {
    try {
      const response = await fetch(url, { ...request, ...manual(request) });
      const { status } = response;
      onDefinitions(status === 200 || status === 304 ? undefined : `it answers ${status} to POSTHOG_FLAGS_KEY`);
      return response;
    } catch (error) {
      if (!ended.signal.aborted) onDefinitions(reasonOf(error));
      throw error;
    }
  }

  async function values(url: string, request: object): Promise<Response> {
    try {
      const response = await fetch(url, { ...request, ...manual(request) });
      const text = await response.text();
      const trouble = response.status === 200 ? troubleIn(text) : `it answers ${response.status}`;
      if (trouble === undefined) {
        counted.answers += 1;
        return new Response(text);
      }
      why = trouble;
    } catch (error) {
      why = reasonOf(error);
    }
    counted.failures += 1;
    return new Response(null, { status: 503 });
  }

  /** A redirect would turn the question into one without a body. */
  function manual({ signal }: { signal?: AbortSignal | null }) {
    return { redirect: "manual", signal: signal ? AbortSignal.any([signal, ended.signal]) : ended.signal } as const;
  }
}

/** Why a body is not an answer about flags; undefined if it is. */
function troubleIn(text: string): string | undefined {
  try {
    const { flags, quotaLimited } = JSON.parse(text) as { flags?: unknown; quotaLimited?: unknown };
    if (Array.isArray(quotaLimited) && quotaLimited.includes("feature_flags"))
      return "the quota of questions for feature flags is used up";
    if (typeof flags === "object" && flags !== null) return undefined;
  } catch {
    // Not JSON.
  }
  return "what answers is not PostHog: it says nothing of flags";
}

/** Without the SDK's name and the flag's number, which the redactor would take for a person's. */
const ofTheFlag = (properties: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(properties).filter(
      ([name, value]) => name.startsWith("$feature") && name !== "$feature_flag_id" && value !== undefined,
    ),
  );
