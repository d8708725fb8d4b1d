import { activationFunnel } from "../dashboards/activation-funnel.ts";
import { subscribe, weekly } from "../src/alerts/posthog/index.ts";

/**
 * Digests: dashboards that PostHog sends to teams. Made on stacks with the setting `posthogSubscriptions`: PostHog's free plan
 * has no subscriptions.
 */
export const subscriptions = [
  subscribe(activationFunnel, {
    key: "weekly",
    title: "Activation, week by week",
    tiles: ["conversion", "way-to-the-end", "time-to-the-end", "drop-off-by-step", "completions-over-time"],
    to: ["growth"],
    comes: weekly({ on: "monday", hour: 9 }),
  }),
];
