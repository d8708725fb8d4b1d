import * as define from "../../../insights/define/index.ts";
import { notWritten, type Tile } from "../../../insights/define/index.ts";
import { picked, tileLooks } from "../../../model/posthog/dashboard.ts";
import { isObject, type Json, type JsonObject, sameJson } from "../../../resources/kernel/json.ts";
import { flatFilters, reflectQuery } from "../../../resources/posthog/query.ts";
import { leaves } from "../../changes/query/query.ts";
import { type Code, call, type Entry, json, nameCode, object, workOut } from "./code.ts";
import { funnelCode } from "./funnel.ts";
import type { CatalogNames } from "./names.ts";
import { fields, Reader } from "./reader.ts";
import { trendCode } from "./trend.ts";

export interface TileCode {
  readonly code: Code;
  /** Why it is a raw query; undefined for a builder's query and for texts. */
  readonly raw?: readonly string[];
}

/**
 * The source of a tile: with a builder if one makes a query of the same meaning as the live one, else with the raw query and
 * a comment that says why. `live` is PostHog's query, including what its app adds.
 */
export function tileCode(tile: Tile, live: unknown, names: CatalogNames): TileCode {
  if (tile.kind === "text") {
    return { code: call("text", object([entry("markdown", json(tile.markdown)), ...placeAndLooks(tile)], "lines")) };
  }
  const head = [entry("title", wordsCode(tile.title)), entry("reading", wordsCode(tile.reading))];
  const written = built(tile, isObject(live) ? live : {}, names, head);
  if ("code" in written) return written;
  const query: Entry = {
    ...entry("query", json(tile.query as unknown as Json)),
    comments: [`No other builder says this: ${written.reasons.join("; ")}.`],
  };
  return { code: call("rawInsight", object([...head, query, ...placeAndLooks(tile)], "lines")), raw: written.reasons };
}

const entry = (key: string, code: Code): Entry => ({ key, code });

/** A title, reading or question, or a placeholder for one that nobody has written. */
export const wordsCode = (text: string): Code => (text === notWritten ? nameCode("notWritten") : json(text));

function placeAndLooks(tile: Tile): Entry[] {
  const { column, row, width, height } = tile.place;
  const looks = picked(tile, Object.keys(tileLooks) as (keyof typeof tileLooks)[]);
  return [
    entry("place", json({ column, row, width, height })),
    ...Object.entries(looks).map(([key, value]) => entry(key, json(value as Json))),
  ];
}

type Insight = Extract<Tile, { kind: "insight" }>;

function built(
  tile: Insight,
  live: JsonObject,
  names: CatalogNames,
  head: readonly Entry[],
): { code: Code } | { reasons: readonly string[] } {
  const reader = new Reader(names);
  const asked = askedBy(tile.query as unknown as JsonObject, reader);
  if (asked === undefined || reader.reasons.length > 0) return { reasons: reader.reasons };
  const body = Object.entries(asked.fields).flatMap(([key, code]) => (code === undefined ? [] : [entry(key, code)]));
  const code = call(asked.builder, object([...head, ...body, ...placeAndLooks(tile)], "lines"));
  const { query } = workOut(code, define) as { query: unknown };
  const made = query as JsonObject;
  const seen = reflectQuery(made, live);
  if (sameJson(seen, made)) return { code };
  return { reasons: [`${asked.builder}() has no word for ${differences(made, seen)}`] };
}

/** Reads the query as a refresh returns it, so that values a definition states explicitly are stated again. */
function askedBy(query: JsonObject, reader: Reader) {
  const source = fields(flatFilters(query).source);
  if (query.kind !== "InsightVizNode") return reader.cannot(query.kind === "DataTableNode" ? "a table of rows" : "SQL");
  switch (source.kind) {
    case "TrendsQuery":
      return { builder: "trend" as const, fields: trendCode(source, reader) };
    case "FunnelsQuery":
      return funnelCode(source, reader);
    default:
      return reader.cannot(`a ${String(source.kind)}`);
  }
}

/** Paths where the live query differs: "filterTestAccounts, trendsFilter.smoothingIntervals". */
const differences = (made: JsonObject, seen: JsonObject): string =>
  leaves(made, seen)
    .map(({ path }) => path.replace(/^source\./, ""))
    .join(", ");
