import { isObject, object } from "../../../insights/define/check/json.ts";
import { own } from "../../../model/json.ts";
import { sameJson } from "../../../resources/kernel/json.ts";
import { code, type Phrase, plain, say } from "../../text/phrase.ts";
import { aspects, changedAspects } from "./aspects.ts";
import { valueWords } from "./values.ts";

type QueryFields = Readonly<Record<string, unknown>>;

/** Differences between two queries of an insight, and what they mean for whoever reads the chart. */
export interface QueryChange {
  readonly words: readonly Phrase[];
  readonly consequence?: Phrase;
}

const kindWords: Readonly<Record<string, string>> = {
  TrendsQuery: "a trend",
  FunnelsQuery: "a funnel",
  HogQLQuery: "SQL",
  RetentionQuery: "retention",
  PathsQuery: "paths",
  StickinessQuery: "stickiness",
  LifecycleQuery: "a lifecycle",
};

export function queryChange(before: unknown, after: unknown): QueryChange {
  const [old, now] = [sourceOf(before), sourceOf(after)];
  if (old.kind !== now.kind) {
    return { words: [say`becomes ${kindName(now.kind)}, was ${kindName(old.kind)}`] };
  }
  if (now.kind === "HogQLQuery") return { words: sqlWords(old, now, before, after) };
  const words = changedAspects(old, now).flatMap((aspect) => aspect.words(old, now));
  const consequence = windowConsequence(old, now);
  return { words: [...words, ...otherWords(before, after)], ...(consequence && { consequence }) };
}

/** InsightVizNode and DataVisualizationNode wrap the query itself. */
export function sourceOf(query: unknown): QueryFields {
  const { source } = object(query);
  return isObject(source) ? source : object(query);
}

const kindName = (kind: unknown): string => own(kindWords, String(kind)) ?? valueWords(kind);

function sqlWords(old: QueryFields, now: QueryFields, before: unknown, after: unknown): Phrase[] {
  const lines = (text: unknown): Set<string> =>
    new Set(
      String(text ?? "")
        .split("\n")
        .map((row) => row.trim()),
    );
  const [olds, news] = [lines(old.query), lines(now.query)];
  const differing = [...news].filter((row) => !olds.has(row)).length;
  const changed =
    old.query === now.query ? [] : [say`SQL changes in ${differing === 1 ? "1 line" : `${differing} lines`}`];
  const rest = leaves(
    { ...object(before), source: { ...old, query: null } },
    { ...object(after), source: { ...now, query: null } },
  );
  return [...changed, ...rest.map(leafWords)];
}

/** A shorter window loses people who counted before; a longer one gains some. */
function windowConsequence(before: QueryFields, after: QueryFields): Phrase | undefined {
  const [old, now] = [windowDays(before), windowDays(after)];
  if (old === undefined || now === undefined || old === now) return undefined;
  return now < old
    ? lostWords(old, now)
    : plain(
        `People who need up to ${now} days will count, not only those who need ${old === 1 ? "1 day" : `${old} days`}.`,
      );
}

/**
 * Who no longer counts with a shorter window, in days.
 * @param share their share of those who finish, when known: "6 % of those who finish (last 30 d)"
 */
export function lostWords(old: number, now: number, share?: string): Phrase {
  const days = now + 1 < old ? `${now + 1} to ${old} days` : `more than ${now === 1 ? "1 day" : `${now} days`}`;
  return plain(`People who need ${days}${share === undefined ? "" : `, ${share},`} will count as lost.`);
}

const daysOf: Readonly<Record<string, number>> = { day: 1, week: 7 };

/** A funnel's window in days; undefined for another unit than days or weeks. */
export function windowDays({ kind, funnelsFilter }: QueryFields): number | undefined {
  if (kind !== "FunnelsQuery") return undefined;
  const { funnelWindowInterval: amount = 14, funnelWindowIntervalUnit: unit = "day" } = object(funnelsFilter);
  const days = own(daysOf, String(unit));
  return typeof amount === "number" && days !== undefined ? amount * days : undefined;
}

/** Changed fields that no aspect covers, so that every change is reported. */
function otherWords(before: unknown, after: unknown): Phrase[] {
  const covered = aspects.flatMap(({ fields }) => fields);
  const isCovered = (path: string): boolean =>
    covered.some((field) => path === `source.${field}` || path.startsWith(`source.${field}.`));
  return leaves(before, after)
    .flatMap(opened)
    .filter(({ path }) => !isCovered(path))
    .map(leafWords);
}

/** An object that is added or removed as a whole, field by field, since an aspect may cover each field. */
function opened(leaf: Leaf): Leaf[] {
  const { path, before, after } = leaf;
  const whole = before === undefined ? after : after === undefined ? before : undefined;
  if (!isObject(whole) || Object.keys(whole).length === 0) return [leaf];
  return leaves(before ?? {}, after ?? {}, path).flatMap(opened);
}

interface Leaf {
  path: string;
  before: unknown;
  after: unknown;
}

/** The smallest parts in which two objects differ. Lists are compared whole. */
export function leaves(before: unknown, after: unknown, path = ""): Leaf[] {
  if (sameJson(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return [{ path, before, after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => leaves(own(before, key), own(after, key), path ? `${path}.${key}` : key));
}

export const leafWords = ({ path, before, after }: Leaf): Phrase =>
  say`${code(path.replace(/^source\./, ""))} ${valueWords(before)} → ${valueWords(after)}`;
