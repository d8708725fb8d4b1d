import { count, dashboard, trend } from "../src/insights/define/index.ts";
import { managedByCode } from "./managed-by-code.ts";

const sent = count("cadence.message_sent", { label: "Sent" });
const failed = count("cadence.message_failed", { label: "Failed" });

export const cadenceThroughput = dashboard({
  key: "cadence-throughput",
  title: "Cadence throughput",
  owner: "messaging",
  question: "Do the messages of cadences reach people, and if not, where and why do they fail?",
  tiles: {
    "sent-and-failed": trend({
      title: "Sent against failed",
      reading:
        "Messages that a provider took and messages that none took, on top of each other: a growing upper part is a provider in trouble, a low bar is a scheduler that does not run.",
      series: [sent, failed],
      interval: "hour",
      lastDays: 7,
      display: "stacked bars",
      place: { column: 0, row: 0, width: 6, height: 5 },
    }),

    "failure-ratio": trend({
      title: "Failure ratio",
      reading:
        "Share of the decided messages that failed: above 5 %, look at the provider's status and at the errors behind the failures.",
      series: [sent, failed],
      formulas: { "Failure ratio": "B / (A + B)" },
      interval: "hour",
      lastDays: 7,
      unit: "share",
      goals: [{ label: "One in twenty", value: 0.05 }],
      place: { column: 6, row: 0, width: 6, height: 5 },
    }),

    "sent-and-failed-by-channel": trend({
      title: "Sent against failed, by channel",
      reading:
        "The same for SMS and e-mail apart: a channel that sends nothing while the other goes on has lost its provider or its credentials.",
      series: [sent, failed],
      breakdown: "channel",
      display: "stacked bars",
      place: { column: 0, row: 5, width: 6, height: 5 },
    }),

    "failure-ratio-by-channel": trend({
      title: "Failure ratio by channel",
      reading:
        "Which channel the failures come from: one line above 5 % is that channel's provider, both are our own sending or the data.",
      series: [sent, failed],
      formulas: { "Failure ratio": "B / (A + B)" },
      breakdown: "channel",
      unit: "share",
      goals: [{ label: "One in twenty", value: 0.05 }],
      place: { column: 6, row: 5, width: 6, height: 5 },
    }),

    "sent-and-failed-by-template": trend({
      title: "Sent against failed, by template",
      reading:
        "Which templates carry the traffic, written by hand where it says none: the ten largest of either count, so that a template with failures alone may only be a rare one.",
      series: [sent, failed],
      breakdown: "template_id",
      breakdownLimit: 10,
      display: "total bars",
      place: { column: 0, row: 10, width: 6, height: 5 },
    }),

    "failure-ratio-by-template": trend({
      title: "Failure ratio by template",
      reading:
        "Share of each template's messages that failed, the worst first: one far above the others is a template to repair or to stop, unless it failed once or twice in all; beyond 100 templates the shares of the rarest mislead.",
      series: [sent, failed],
      formulas: { "Failure ratio": "B / (A + B)" },
      breakdown: "template_id",
      // Each count ranks its own templates: with fewer places than templates, one would lack its sent ones and show 100 %.
      breakdownLimit: 100,
      display: "table",
      unit: "share",
      place: { column: 6, row: 10, width: 6, height: 5 },
    }),

    "queued-sent-failed": trend({
      title: "From queued to sent or failed",
      reading:
        "Each queued message ends as sent or as failed: undecided ones that stay above 0 from one hour to the next are stuck between the queue and the provider.",
      series: [count("cadence.message_queued"), sent, failed],
      formulas: { Queued: "A", Sent: "B", Failed: "C", Undecided: "A - B - C" },
      interval: "hour",
      lastDays: 3,
      place: { column: 0, row: 15, width: 6, height: 5 },
    }),

    "fallback-share": trend({
      title: "Share sent by fallback",
      reading:
        "Share of the sent messages that only the other channel took: a rise is a failing provider that nobody notices yet, because its messages still arrive.",
      series: [sent, count("cadence.message_sent", { where: { fallback: true } })],
      formulas: { "Fallback share": "B / A" },
      unit: "share",
      goals: [{ label: "One in ten", value: 0.1 }],
      place: { column: 6, row: 15, width: 6, height: 5 },
    }),

    errors: trend({
      title: "Errors behind the failures",
      reading:
        "What the providers said, the most frequent first: one text at the top is one cause to fix, many different ones are bad numbers and addresses.",
      series: [failed],
      breakdown: "error",
      lastDays: 7,
      display: "table",
      place: { column: 0, row: 20, width: 12, height: 5 },
    }),

    about: managedByCode({ key: "cadence-throughput", owner: "messaging" }),
  },
});
