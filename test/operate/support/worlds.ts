import type { World } from "./plans.ts";
import {
  allAlerts,
  allDashboards,
  dashboard,
  featureFlag,
  pagesVariables,
  publicValue,
  redis,
  renderVariables,
  secretValue,
  sentryAlert,
  sentryKey,
  sentryMonitor,
  withTile,
} from "./stated.ts";

const window = (days: number) => (tile: object) => {
  const changed = structuredClone(tile) as { query: { source: { funnelsFilter: object } } };
  changed.query.source.funnelsFilter = { ...changed.query.source.funnelsFilter, funnelWindowInterval: days };
  return changed as never;
};

/** The change of the example: one tile and one variable. */
export const small: World = {
  before: [
    dashboard("activation-funnel"),
    pagesVariables({ VITE_SENTRY_DSN: { type: "plain_text", value: "https://old@o1.ingest.us.sentry.io/1" } }),
  ],
  after: [
    withTile(dashboard("activation-funnel"), "time-to-finish", window(7)),
    pagesVariables({ VITE_SENTRY_DSN: { type: "plain_text", value: "https://new@o1.ingest.us.sentry.io/1" } }),
  ],
};

const [failing, asking, completing] = allAlerts();
if (!failing || !asking || !completing) throw new Error("the alerts are gone");

/** Some resources of every kind, and many of them destroyed. */
export const large: World = {
  before: [
    dashboard("activation-funnel"),
    dashboard("ai-engagement"),
    ...[failing, asking, completing],
    ...[
      featureFlag({ rules: [{ conditions: [], rolloutPercent: 10 }] }),
      { ...featureFlag({ key: "onboarding-length" }), name: "onboarding-length" },
    ],
    ...[redis(), sentryKey("backend-1"), sentryMonitor(), sentryAlert()],
    pagesVariables({
      VITE_POSTHOG_KEY: { type: "plain_text", value: "phc_1" },
      VITE_SENTRY_DSN: { type: "plain_text", value: "1" },
    }),
    renderVariables({ REDIS_URL: secretValue, SENTRY_ENVIRONMENT: publicValue("production") }),
  ],
  after: [
    withTile(
      withTile(
        withTile(dashboard("activation-funnel"), "viewed-backwards", () => undefined),
        "median-position",
        (tile) => ({ ...tile, place: { column: 0, row: 25, width: 12, height: 5 } }),
      ),
      "time-to-finish",
      window(7),
    ),
    dashboard("cadence-throughput"),
    failing,
    {
      ...completing,
      inputs: {
        ...completing.inputs,
        when: { kind: "below", value: 5 },
        subscribers: ["growth@brandvx.example", "platform@brandvx.example"],
      },
    },
    featureFlag({ rules: [{ conditions: [], rolloutPercent: 50 }] }),
    redis({ databaseName: "brandvx-2" }),
    sentryKey("backend-2"),
    sentryMonitor({ thresholds: { high: { gt: 80 }, medium: { gt: 25 }, resolved: { lte: 25 } } }),
    sentryAlert({ frequencyMinutes: 60 }),
    pagesVariables({ VITE_POSTHOG_KEY: { type: "plain_text", value: "phc_1" } }),
    renderVariables({
      REDIS_URL: secretValue,
      SENTRY_ENVIRONMENT: publicValue("production"),
      SENTRY_TRACES_SAMPLE_RATE: publicValue("0.5"),
    }),
  ].map((stated) => (stated.name === "state" ? { ...stated, replaced: true } : stated)),
};

/** A world that breaks every rule that a plan can break. */
export const unruly: World = {
  after: [
    withTile(dashboard("activation-funnel"), "conversion", (tile) => ({ ...tile, reading: " " }) as typeof tile),
    { ...dashboard("ai-engagement"), inputs: { ...dashboard("ai-engagement").inputs, owner: "mesaging" } },
    { ...redis({ tls: false }), protect: false },
    sentryAlert({ environment: "staging", emails: [] }),
    featureFlag({ owner: "agi" }),
    { ...failing, inputs: { ...failing.inputs, because: "", enabled: false } },
    renderVariables({ REDIS_URL: publicValue("redis://default:hunter2hunter2@example.upstash.io:6379") }),
  ],
  config: { "posthog:personalApiKey": "phx_0123456789abcdef", "brandvx-observability:environment": "production" },
};

const asLive = (stated: ReturnType<typeof dashboard>, tiles: object) => ({
  ...stated,
  inputs: { ...stated.inputs, tiles: { ...(stated.inputs.tiles as object), ...tiles } },
});

/** Changes that people made by hand: to a chart, a new chart, to an alert, a variable, and a whole dashboard. */
export const byHand: World = {
  before: [...allDashboards(), failing, completing, sentryAlert(), renderVariables({ REDIS_URL: secretValue })],
  after: [
    asLive(withTile(dashboard("activation-funnel"), "conversion", window(30)), {
      "added by hand: My chart (#77)": { kind: "insight", title: "My chart", query: {}, place: { column: 0, row: 30 } },
    }),
    withTile(dashboard("ai-engagement"), "latency", () => undefined),
    { ...failing, inputs: { ...failing.inputs, enabled: false } },
    sentryAlert({ emails: ["intern@brandvx.example"] }),
    renderVariables({ REDIS_URL: { visibility: "secret", value: "(set by hand)" } }),
  ],
};
