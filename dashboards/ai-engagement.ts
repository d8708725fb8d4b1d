import {
  average,
  count,
  dashboard,
  median,
  p50,
  p90,
  p99,
  people,
  sum,
  trend,
  weeklyPeople,
} from "../src/insights/define/index.ts";
import { managedByCode } from "./managed-by-code.ts";

export const aiEngagement = dashboard({
  key: "ai-engagement",
  title: "AI engagement",
  owner: "ai",
  question: "Do people ask AskVX, does it answer, and how fast?",
  tiles: {
    "prompt-bursts": trend({
      title: "Prompts, hour by hour",
      reading:
        "When prompts come in bursts, and in which mode: a burst of one mode alone is a feature or a script, an empty working hour is an outage.",
      series: [count("ask.prompt_submitted", { label: "Prompts" })],
      breakdown: "mode",
      interval: "hour",
      lastDays: 3,
      display: "stacked bars",
      place: { column: 0, row: 0, width: 12, height: 5 },
    }),

    "answers-and-errors": trend({
      title: "Answers against errors",
      reading:
        "Answers shown to their end, and errors in their place: errors that rise while answers fall mean that AskVX is failing, both falling means that nobody asks.",
      series: [
        count("ask.response_stream_complete", { label: "Answers" }),
        count("ask.response_error", { label: "Errors" }),
      ],
      interval: "hour",
      lastDays: 7,
      place: { column: 0, row: 5, width: 6, height: 5 },
    }),

    "error-share": trend({
      title: "Error share",
      reading:
        "Share of the finished requests that ended in an error: above the goal of 5 % for an hour, look at the model provider's status and at Sentry; above 10 % an alert says so.",
      series: [count("ask.response_stream_complete"), count("ask.response_error")],
      formulas: { "Error share": "B / (A + B)" },
      interval: "hour",
      lastDays: 7,
      unit: "share",
      goals: [{ label: "One in twenty", value: 0.05 }],
      place: { column: 6, row: 5, width: 6, height: 5 },
    }),

    latency: trend({
      title: "Time to the full answer",
      reading:
        "What half, nine in ten and 99 in a hundred answers stay under: p99 rising alone is a slow tail, p50 rising with it is a slow model for everybody.",
      series: [
        p50("ask.response_stream_complete", "duration_ms", { label: "p50" }),
        p90("ask.response_stream_complete", "duration_ms", { label: "p90" }),
        p99("ask.response_stream_complete", "duration_ms", { label: "p99" }),
      ],
      unit: "milliseconds",
      place: { column: 0, row: 10, width: 6, height: 5 },
    }),

    "answer-length": trend({
      title: "Length of answers",
      reading:
        "Characters of the median answer and of the longest tenth: a sudden drop means cut or empty answers, a sudden rise means a prompt template that lets the model ramble.",
      series: [
        median("ask.response_stream_complete", "chars", { label: "Median" }),
        p90("ask.response_stream_complete", "chars", { label: "Longest tenth, from" }),
      ],
      place: { column: 6, row: 10, width: 6, height: 5 },
    }),

    "people-who-ask": trend({
      title: "People who ask",
      reading:
        "Different people who asked on the day and within 7 days: a falling weekly line means that people try AskVX and do not come back.",
      series: [
        people("ask.prompt_submitted", { label: "On the day" }),
        weeklyPeople("ask.prompt_submitted", { label: "Within 7 days" }),
      ],
      place: { column: 0, row: 15, width: 6, height: 5 },
    }),

    "onboarding-prompts": trend({
      title: "Onboarding prompts against others",
      reading:
        "Prompts while being onboarded and in everyday use: everyday prompts that do not grow after a wave of onboarding mean that the habit does not form.",
      series: [
        count("ask.prompt_submitted", { label: "While onboarding", where: { onboard: true } }),
        count("ask.prompt_submitted", { label: "In everyday use", where: { onboard: false } }),
      ],
      display: "stacked bars",
      place: { column: 6, row: 15, width: 6, height: 5 },
    }),

    stars: trend({
      title: "Stars of answers",
      reading:
        "Stars that rated answers get on the day, on average: under three for some days, read what was asked on them before anything else (0 is a day without a rating).",
      series: [average("ask.rated", "rating", { label: "Stars" })],
      goals: [{ label: "Three stars", value: 3 }],
      place: { column: 0, row: 20, width: 6, height: 5 },
    }),

    "answers-shared": trend({
      title: "Answers passed on",
      reading:
        "Answers that people took out of the conversation, by where to: a target that nobody uses is a button to move or to remove, all of them falling means that answers are not worth showing.",
      series: [count("ask.shared", { label: "Passed on" })],
      breakdown: "target",
      display: "stacked bars",
      place: { column: 6, row: 20, width: 6, height: 5 },
    }),

    "cost-and-errors": trend({
      title: "Cost and errors by model and tenant",
      reading:
        "US dollars and failed calls of the last 30 days, the dearest first: one tenant far above the others is a script or a plan that is too cheap, errors of one model alone are its provider's.",
      series: [
        sum("$ai_generation", "$ai_total_cost_usd", { label: "US dollars" }),
        count("$ai_generation", { label: "Failed calls", where: { $ai_is_error: true } }),
      ],
      breakdown: ["$ai_model", "tenant_id"],
      display: "table",
      place: { column: 0, row: 25, width: 12, height: 5 },
    }),

    about: managedByCode({ key: "ai-engagement", owner: "ai" }),
  },
});
