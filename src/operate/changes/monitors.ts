import { isObject, object } from "../../insights/define/check/json.ts";
import { sameJson } from "../../resources/kernel/json.ts";
import { code, type Phrase, say } from "../text/phrase.ts";
import { leafWords, leaves } from "./query/query.ts";
import { valueWords } from "./query/values.ts";

type Inputs = Readonly<Record<string, unknown>>;

const comparisons: Readonly<Record<string, string>> = { gt: "above", gte: "at least", lt: "below", lte: "at most" };
const levels = { high: "urgent", medium: "a warning", low: "a note", resolved: "over" } as const;

/** Changes in what a Sentry monitor measures and when it opens an issue. Empty for other resources. */
export function monitorWords(before: Inputs, after: Inputs): Phrase[] {
  const [old, now] = [object(before.thresholds), object(after.thresholds)];
  const thresholds = Object.entries(levels).flatMap(([level, word]) => {
    if (sameJson(old[level], now[level])) return [];
    if (old[level] === undefined) return [say`${word} when ${thresholdWords(now[level])}`];
    return [say`${word} when ${thresholdWords(old[level])} → ${thresholdWords(now[level])}`];
  });
  return [...metricWords(before, after), ...thresholds];
}

function metricWords(before: Inputs, after: Inputs): Phrase[] {
  const [old, now] = [object(before.metric), object(after.metric)];
  if (!isObject(before.metric)) {
    return isObject(after.metric) ? [say`${code(valueWords(now.aggregate))} within ${minutes(now.windowSeconds)}`] : [];
  }
  const { windowSeconds: oldWindow, ...oldRest } = old;
  const { windowSeconds: window, ...rest } = now;
  return [
    ...(oldWindow === window ? [] : [say`within ${minutes(oldWindow)} → ${minutes(window)}`]),
    ...leaves(oldRest, rest).map(leafWords),
  ];
}

function thresholdWords(threshold: unknown): string {
  const [[comparison = "", value] = []] = Object.entries(object(threshold));
  return comparison === "" ? "never" : `${comparisons[comparison] ?? comparison} ${valueWords(value)}`;
}

const minutes = (seconds: unknown): string =>
  typeof seconds === "number" && seconds % 60 === 0 ? `${seconds / 60} min` : `${valueWords(seconds)} s`;
