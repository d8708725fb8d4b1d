import {
  addBreadcrumb,
  addEventProcessor,
  addIntegration,
  browserTracingIntegration,
  captureException,
  getClient,
  init,
  setTag,
  setUser,
} from "@sentry/browser";
import { browserRules } from "../shared/environment.ts";
import { opaqueId } from "../shared/privacy/pseudonym.ts";
import { redactSentryEvent } from "../shared/privacy/sentry.ts";
import { countErrors } from "../shared/sentry-counts.ts";
import { dataCollection, redactEnvelopesOf, sentryHooks } from "../shared/sentry-options.ts";
import { defaultSentryEnvironment, defaultTracesSampleRate } from "../shared/settings.ts";
import { readVariables } from "../shared/variables.ts";
import type { AnalyticsOptions, BrowserEnvironment } from "./analytics.ts";
import type { Sink } from "./calls.ts";
import { nowhere, warn } from "./nowhere.ts";
import { redactRecording } from "./recording.ts";
import type { replayIntegration as ReplayIntegrationFunction } from "./replay.ts";
import { messageOf } from "./texts.ts";

type ReplayIntegration = typeof ReplayIntegrationFunction;

/**
 * Starts Sentry: errors, a tenth of the traces, and replays, which are sent only with an error.
 *
 * @param noise errors to ignore, by message or address
 */
export async function open(
  env: BrowserEnvironment,
  { release, traceTargets }: AnalyticsOptions,
  noise: readonly RegExp[],
): Promise<Sink> {
  const { VITE_SENTRY_DSN, VITE_SENTRY_ENVIRONMENT } = browserRules;
  const variables = readVariables(env, { VITE_SENTRY_DSN, VITE_SENTRY_ENVIRONMENT }, warn);
  const dsn = variables.VITE_SENTRY_DSN.value;
  if (dsn === undefined) return nowhere("error");
  const { value: environment, wrong } = variables.VITE_SENTRY_ENVIRONMENT;
  const client = init({
    dsn,
    environment: environment ?? (wrong === undefined ? defaultSentryEnvironment : "unknown"),
    ignoreErrors: [...noise],
    denyUrls: [...noise],
    ...(release !== undefined && { release }),
    tracesSampleRate: defaultTracesSampleRate,
    replaysSessionSampleRate: 0,
    replaysOnErrorSampleRate: 1,
    integrations: [browserTracingIntegration()],
    dataCollection,
    ...sentryHooks,
    // By default requests to the page's own origin have trace headers.
    ...(traceTargets && { tracePropagationTargets: [...traceTargets] }),
  });
  redactEnvelopesOf(client);
  let failed = false;
  const fail = (why: string) => {
    if (!failed) warn(`Errors do not reach Sentry: ${why}. losses() counts them.`);
    failed = true;
  };
  const counted =
    client &&
    countErrors(client, { onSent: () => {}, onFailure: fail, onFull: () => fail("more than 64 wait for it") });
  // Replays do not go through beforeSend.
  addEventProcessor((event) =>
    (event.type as string | undefined) === "replay_event" ? redactSentryEvent(event) : event,
  );
  // An ad blocker may block the chunk; errors are then sent without a replay.
  const replay = await import("./replay.ts").then(
    ({ replayIntegration }) => startReplay(replayIntegration),
    () => undefined,
  );

  return {
    losses() {
      const { dropped, refused } = counted?.counts() ?? { dropped: 0, refused: 0 };
      return { dropped, refused };
    },

    handle(call) {
      switch (call.kind) {
        case "identify":
          setUser({ id: opaqueId(call.userId) });
          return;
        case "tenant":
          setTag("tenant_id", opaqueId(call.tenantId));
          return;
        case "reset":
          setUser(null);
          setTag("tenant_id", undefined);
          return;
        case "error":
          captureException(call.error);
          return;
        case "console":
          addBreadcrumb({
            category: "console",
            level: call.level,
            message: messageOf(call.said),
            timestamp: call.at / 1_000,
          });
          return;
        case "consent": {
          const client = getClient();
          if (client) client.getOptions().enabled = call.granted;
          if (call.granted) replay?.startBuffering();
          else void replay?.stop();
          return;
        }
        default:
      }
    },
  };
}

/** Records only for errors, with masked text and redacted addresses. */
function startReplay(replayIntegration: ReplayIntegration): ReturnType<ReplayIntegration> | undefined {
  const replay = replayIntegration({
    maskAllText: true,
    blockAllMedia: true,
    beforeAddRecordingEvent: redactRecording,
  });
  // Sentry's hook gets only some recorded events; a plugin of its recorder gets all, including the page's address.
  const recorder: unknown = Reflect.get(replay, "_recordingOptions");
  // This version of Sentry has its recorder elsewhere: no replay is better than an unredacted one.
  if (typeof recorder !== "object" || recorder === null) return undefined;
  Object.assign(recorder, { plugins: [{ name: "redaction", options: {}, eventProcessor: redactRecording }] });
  addIntegration(replay);
  return replay;
}
