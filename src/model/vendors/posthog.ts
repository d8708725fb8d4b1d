import { defaultPosthog } from "../posthog/hosts.ts";
import type { Vendor } from "./vendor.ts";

/** Everything that a stack may need a personal API key for, by its scope (posthog/scopes.py). */
export const scopePurposes = {
  "dashboard:write": "make dashboards",
  "insight:write": "make what is on them",
  "alert:write": "make alerts",
  "hog_function:write": "send alerts to Slack and webhooks",
  "integration:read": "check the Slack workspace that alerts are sent to",
  "organization_member:read": "find the people whom alerts tell",
  "event_definition:write": "describe events",
  "annotation:write": "mark releases on charts",
  "feature_flag:write": "make feature flags",
  "project:write": "keep the project's settings",
  "subscription:write": "send dashboards to teams",
  "event_filter:write": "filter events at PostHog's door",
} as const;

/** A scope of a personal API key, as a person ticks it in PostHog. */
export type Scope = keyof typeof scopePurposes;

/** What a key should have, as a person ticks it: `query:read` is for `obs`, which runs the tiles' queries. */
export const neededScopes = [...Object.keys(scopePurposes), "query:read"].join(", ");

/** What a key should have that only reads: for previews, plans and looks for drift. */
export const readingScopes = neededScopes.replaceAll(":write", ":read");

export const posthog = {
  name: "PostHog",
  hosts: [".posthog.com"],
  address: { default: defaultPosthog.app, configKey: "posthog:host" },
  credentials: {
    key: {
      variable: "POSTHOG_PERSONAL_API_KEY",
      configKey: "posthog:personalApiKey",
      need: `a personal API key (phx_…) with the scopes ${neededScopes}`,
      mistake: (value) => {
        if (value.startsWith("phc_")) return "is a project key (phc_…), which can only send events";
        if (value.startsWith("phs_")) return "is a project's secret key (phs_…), which can only evaluate flags";
        return undefined;
      },
    },
  },
  hasPlugin: false,
  marks: [
    [/\bphx_\w{8,}/g, "a PostHog key that manages the project"],
    [/\bphs_\w{8,}/g, "the secret key of a PostHog project"],
  ],
  kinds: {
    "pulumi-nodejs:dynamic/posthog:Dashboard": {
      title: "dashboard",
      lost: "its address stops working for everybody who kept it, and its insights go with it. PostHog keeps a deleted dashboard: it can be restored there.",
    },
    "pulumi-nodejs:dynamic/posthog:InsightAlert": { title: "alert", lost: "nobody is told any more." },
    // PostHog keeps the marks of earlier releases.
    "pulumi-nodejs:dynamic/posthog:Annotation": { title: "mark of a release" },
    "pulumi-nodejs:dynamic/posthog:EventDefinitions": {
      title: "descriptions of events",
      lost: "PostHog's data-management page does not say any more what the events mean and who answers for them.",
    },
    "pulumi-nodejs:dynamic/posthog:EventFilter": {
      title: "event filter",
      lost: "it is switched off: PostHog takes in events that no app of BrandVX sends.",
    },
    "pulumi-nodejs:dynamic/posthog:EventSchemas": {
      title: "schemas of events",
      lost: "PostHog does not say any more what the events are sent with, and refuses none for it.",
    },
    "pulumi-nodejs:dynamic/posthog:FeatureFlag": {
      title: "feature flag",
      lost: "apps that ask for it get its default, and everybody who had it has it no more.",
    },
    "pulumi-nodejs:dynamic/posthog:Project": { title: "PostHog project" },
    "pulumi-nodejs:dynamic/posthog:Subscription": {
      title: "subscription",
      lost: "nobody is sent the dashboard any more.",
    },
    "pulumi-nodejs:dynamic/posthog:ProjectSettings": {
      title: "settings of the PostHog project",
      lost: "nobody watches any more whether PostHog drops IP addresses and records nothing; the settings stay as they are.",
    },
  },
} as const satisfies Vendor;
