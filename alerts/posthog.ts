import { activationFunnel } from "../dashboards/activation-funnel.ts";
import { aiEngagement } from "../dashboards/ai-engagement.ts";
import { cadenceThroughput } from "../dashboards/cadence-throughput.ts";
import { above, alertOn, below } from "../src/alerts/posthog/index.ts";

/** Alerts on dashboard numbers, and who is notified. */
export const insightAlerts = [
  alertOn(cadenceThroughput.tile("failure-ratio"), {
    name: "Cadence messages fail",
    when: above(0.05),
    check: "hourly",
    notify: ["messaging", "platform"],
    because:
      "More than one message in twenty fails: look at the provider's status, then at the tile that shows the errors behind the failures.",
  }),
  alertOn(aiEngagement.tile("error-share"), {
    name: "AskVX answers fail",
    when: above(0.1),
    check: "hourly",
    notify: ["ai"],
    because:
      "More than one answer in ten ends in an error: look at the model provider's status, then at Sentry's issues of the browser app.",
  }),
  alertOn(activationFunnel.tile("completions-over-time"), {
    name: "Nobody completes a step",
    when: below(1),
    check: "daily",
    notify: ["growth"],
    because:
      "Not one onboarding step was completed in a day: open the stepper yourself, then look at where people drop off.",
  }),
];
