import { posthog } from "posthog-js";
import { createDrops } from "../shared/privacy/drops.ts";
import { redactPerson } from "../shared/privacy/person.ts";
import { redactOutgoing } from "../shared/privacy/posthog.ts";
import { opaqueId } from "../shared/privacy/pseudonym.ts";
import { defaultPosthogHost, given, projectKey } from "../shared/settings.ts";
import type { AnalyticsOptions, BrowserEnvironment } from "./analytics.ts";
import type { FlagValue, Sink } from "./calls.ts";

/** Removes what posthog-js keeps in the browser; the refusal itself stays. */
function forgetStored(): void {
  for (const storage of [localStorage, sessionStorage]) {
    for (const name of Object.keys(storage)) {
      if (/^ph_/.test(name) && !/opt_in_out/.test(name)) storage.removeItem(name);
    }
  }
}

/** Starts posthog-js with nothing but what the app itself sends: no scripts, no recording, no capturing by itself. */
export function openPosthog(env: BrowserEnvironment, options: AnalyticsOptions): Sink {
  const warn = (message: string) => console.warn(`[observability] ${message}`);
  const key = projectKey("VITE_POSTHOG_KEY", env.VITE_POSTHOG_KEY, warn);
  if (key === undefined) return { handle: () => {} };
  const drops = createDrops((what) => warn(`${what} is not in the catalog as it was sent, and was dropped.`));
  const featureFlags = options.featureFlags === true;
  let userId: string | undefined;
  const flags: Record<string, FlagValue> = {};

  posthog.init(key, {
    api_host: given(env.VITE_POSTHOG_HOST) ?? defaultPosthogHost,
    autocapture: false,
    capture_pageview: false,
    capture_pageleave: false,
    capture_exceptions: false,
    capture_performance: false,
    capture_heatmaps: false,
    capture_dead_clicks: false,
    rageclick: false,
    // Replays are Sentry's, with errors alone.
    disable_session_recording: true,
    disable_surveys: true,
    disable_external_dependency_loading: true,
    advanced_disable_flags: !featureFlags,
    remote_config_refresh_interval_ms: 0,
    person_profiles: "identified_only",
    opt_out_useragent_filter: options.automatedBrowsers === "count",
    // posthog-js drops an event whose hook throws.
    before_send: (event) => event && redactOutgoing(event, drops.count),
  });

  return {
    dropped: drops.totals,
    flag(name) {
      const flag = featureFlags ? posthog.getFeatureFlagResult(name) : undefined;
      return flag?.variant ?? flag?.enabled;
    },

    handle(call, waited) {
      switch (call.kind) {
        case "event": {
          const properties = waited ? { $current_url: call.address, ...call.properties } : call.properties;
          posthog.capture(call.event, properties, waited ? { timestamp: new Date(call.at) } : undefined);
          return;
        }
        case "identify": {
          const id = opaqueId(call.userId);
          // posthog-js would go on under the new id without telling the two people apart.
          if (userId !== undefined && userId !== id) posthog.reset();
          userId = id;
          posthog.identify(id, redactPerson(call.person));
          return;
        }
        case "flag":
          if (call.value === undefined) delete flags[call.key];
          else flags[call.key] = call.value;
          posthog.featureFlags?.overrideFeatureFlags(Object.keys(flags).length > 0 ? { flags } : false);
          return;
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
