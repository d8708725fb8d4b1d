import type { PostHog } from "posthog-js";
import { browserRules } from "../shared/environment.ts";
import type { FlagValue } from "../shared/flag-facts.ts";
import { createDrops, droppedInWords } from "../shared/privacy/drops.ts";
import { redactPerson } from "../shared/privacy/person.ts";
import { redactOutgoing } from "../shared/privacy/posthog.ts";
import { opaqueId } from "../shared/privacy/pseudonym.ts";
import { redactText } from "../shared/privacy/text.ts";
import { defaultPosthogHost } from "../shared/settings.ts";
import { readVariables } from "../shared/variables.ts";
import type { AnalyticsOptions, BrowserEnvironment } from "./analytics.ts";
import { watchAnswers } from "./answers.ts";
import type { Sink } from "./calls.ts";
import { nowhere, warn } from "./nowhere.ts";
import { redactPersistence } from "./persistence.ts";
import { messageOf } from "./texts.ts";

/** Removes posthog-js' data from the browser, except for the refusal itself. */
function forgetStored(): void {
  for (const storage of [localStorage, sessionStorage]) {
    for (const name of Object.keys(storage)) {
      if (/^ph_/.test(name) && !/opt_in_out/.test(name)) storage.removeItem(name);
    }
  }
}

const answers = watchAnswers();

/** Resolves once posthog-js is loaded. Nothing is stored or sent before the function is called. */
export const open: Promise<(env: BrowserEnvironment, options: AnalyticsOptions) => Sink> = answers
  .during(() => import("posthog-js"))
  .then(
    ({ posthog }) =>
      (env, options) =>
        openPosthog(posthog, env, options),
  );

/** Starts posthog-js for the app's own calls only: no external scripts, no recording, no autocapture. */
function openPosthog(posthog: PostHog, env: BrowserEnvironment, options: AnalyticsOptions): Sink {
  const { VITE_POSTHOG_KEY, VITE_POSTHOG_HOST } = browserRules;
  const variables = readVariables(env, { VITE_POSTHOG_KEY, VITE_POSTHOG_HOST }, warn);
  const key = variables.VITE_POSTHOG_KEY.value;
  if (key === undefined || variables.VITE_POSTHOG_HOST.wrong !== undefined) return nowhere("event");
  const drops = createDrops((what) => warn(droppedInWords(what)));
  const featureFlags = options.featureFlags === true;
  let userId: string | undefined;
  const flags: Record<string, FlagValue> = {};
  let dropped = 0;
  /** Requests that were refused and whose events nobody sees. */
  let refused = 0;
  const host = variables.VITE_POSTHOG_HOST.value ?? defaultPosthogHost;
  answers.watch(host, warn);

  posthog.init(key, {
    api_host: host,
    autocapture: false,
    capture_pageview: false,
    capture_pageleave: false,
    capture_exceptions: false,
    capture_performance: false,
    capture_heatmaps: false,
    capture_dead_clicks: false,
    rageclick: false,
    // Sentry makes replays, for errors only.
    disable_session_recording: true,
    disable_surveys: true,
    disable_external_dependency_loading: true,
    advanced_disable_flags: !featureFlags,
    remote_config_refresh_interval_ms: 0,
    person_profiles: "identified_only",
    opt_out_useragent_filter: options.automatedBrowsers === "count",
    on_request_error({ statusCode }) {
      if (answers.seen || featureFlags || statusCode >= 500) return;
      if (refused === 0) warn(`PostHog refuses requests (${statusCode}). losses() counts them.`);
      refused += 1;
    },
    // posthog-js drops an event whose hook throws.
    before_send: (event) => event && redactOutgoing(event, drops.count),
  });
  redactPersistence([posthog.persistence, posthog.sessionPersistence]);

  /** posthog-js returns undefined for events that it does not send: more than ten a second, bots, opt-out. */
  function lose(): void {
    if (dropped === 0) warn("posthog-js does not send some events. losses() counts them.");
    dropped += 1;
  }

  return {
    drops: drops.totals,
    losses() {
      const answered = answers.counts();
      return { dropped: dropped + answered.dropped, refused: refused + answered.refused };
    },
    flag(name) {
      const flag = featureFlags ? posthog.getFeatureFlagResult(name) : undefined;
      return flag?.variant ?? flag?.enabled;
    },

    handle(call, waited) {
      switch (call.kind) {
        case "event": {
          const properties = {
            ...(waited && { $current_url: call.address }),
            ...call.properties,
            ...(call.said && { message: messageOf(call.said) }),
          };
          // Redacted here: posthog-js stores person properties and sends them with flag requests before any hook runs.
          for (const name of ["$set", "$set_once"]) {
            const given: unknown = Reflect.get(properties, name);
            if (typeof given === "object" && given !== null)
              Object.assign(properties, { [name]: redactPerson({ ...given }, name, drops.count) });
          }
          // Queued events come all at once and are bounded already; posthog-js' rate limit would drop half of them.
          const taken = posthog.capture(
            call.event,
            properties,
            waited ? { timestamp: new Date(call.at), skip_client_rate_limiting: true } : undefined,
          );
          if (!taken) lose();
          return;
        }
        case "identify": {
          const id = opaqueId(call.userId);
          // Without a reset, posthog-js would merge the two people.
          if (userId !== undefined && userId !== id) posthog.reset();
          userId = id;
          posthog.identify(id, redactPerson(call.person, "identify", drops.count));
          return;
        }
        case "flag":
          if (call.value === undefined) delete flags[call.key];
          // It is kept in the browser.
          else flags[call.key] = typeof call.value === "string" ? redactText(call.value, 200) : call.value;
          posthog.featureFlags?.overrideFeatureFlags(Object.keys(flags).length > 0 ? { flags } : false);
          return;
        case "flag listener": {
          const { listener } = call;
          let stop = (): void => {};
          // It calls at once where the flags are there. What a listener throws is the app's, and must not stop posthog-js.
          stop = posthog.onFeatureFlags(() => (listener.stopped ? stop() : queueMicrotask(listener.call)));
          return;
        }
        case "reset":
          userId = undefined;
          posthog.reset();
          return;
        case "consent":
          if (call.granted) return posthog.opt_in_capturing({ captureEventName: false });
          userId = undefined;
          posthog.reset(true);
          posthog.opt_out_capturing();
          posthog.persistence?.clear();
          forgetStored();
          return;
        default:
      }
    },
  };
}
