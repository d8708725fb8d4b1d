import { object } from "../../insights/define/check/json.ts";
import { notWritten } from "../../insights/define/index.ts";
import { own } from "../../model/json.ts";
import { sameJson } from "../../resources/kernel/json.ts";
import { code, name, type Phrase, plain, say } from "../text/phrase.ts";
import { leafWords, leaves, queryChange } from "./query/query.ts";
import { valueWords } from "./query/values.ts";

type Tile = Readonly<Record<string, unknown>>;
export type Tiles = Readonly<Record<string, Tile>>;

/** The change of one tile of a dashboard. */
export interface TileChange {
  readonly key: string;
  /** Its key before, if it changed. */
  readonly was?: string;
  readonly title: string;
  readonly change: "new" | "removed" | "changed" | "moved";
  /** The changes, each in a few words; empty for a new or removed tile. */
  readonly words: readonly Phrase[];
  /** What the change means for whoever reads the chart. */
  readonly consequence?: Phrase;
}

/** Differences between a dashboard's tiles: before and after an `up`, or as written and as live. */
export function tileChanges(before: Tiles, after: Tiles): TileChange[] {
  const renamed = renamedTiles(before, after);
  const changes = Object.entries(after).flatMap(([key, tile]) => {
    const from = renamed.get(key);
    const old = own(before, from ?? key);
    if (!old) return [{ key, title: titleOf(key, tile), change: "new", words: [] } satisfies TileChange];
    return changeOf(key, from, old, tile);
  });
  const kept = new Set([...Object.keys(after), ...renamed.values()]);
  const removed = Object.entries(before)
    .filter(([key]) => !kept.has(key))
    .map(([key, tile]): TileChange => ({ key, title: titleOf(key, tile), change: "removed", words: [] }));
  return [...removed, ...changes];
}

function changeOf(key: string, from: string | undefined, old: Tile, tile: Tile): TileChange[] {
  const title = titleOf(key, old);
  const query = queryChange(old.query ?? {}, tile.query ?? {});
  const words = [
    ...(from === undefined ? [] : [say`is called ${code(key)} in the code, was ${code(from)}`]),
    ...(old.kind === tile.kind ? [] : [say`becomes ${kindName(tile.kind)}, was ${kindName(old.kind)}`]),
    ...titleWords(old, tile),
    ...(sameJson(old.query, tile.query) ? [] : query.words),
    ...readingWords(old, tile),
    ...textWords(old, tile),
    ...otherWords(old, tile),
  ];
  const moved = placeWords(object(old.place), object(tile.place));
  if (words.length + moved.length === 0) return [];
  const { consequence } = query;
  const change = words.length === 0 ? "moved" : "changed";
  const was = from === undefined ? {} : { was: from };
  return [{ key, ...was, title, change, words: [...words, ...moved], ...(consequence && { consequence }) }];
}

/** Tiles of which only the key changed: they keep their insight, so they are not new (resources/posthog/dashboard/rename.ts). */
function renamedTiles(before: Tiles, after: Tiles): Map<string, string> {
  const left = new Set(Object.keys(before).filter((key) => !Object.hasOwn(after, key)));
  const renamed = new Map<string, string>();
  for (const [key, tile] of Object.entries(after)) {
    if (Object.hasOwn(before, key)) continue;
    const from = [...left].find((old) => isSameContent(before[old] ?? {}, tile));
    if (from === undefined) continue;
    left.delete(from);
    renamed.set(key, from);
  }
  return renamed;
}

const isSameContent = (a: Tile, b: Tile): boolean =>
  a.kind === b.kind && a.title === b.title && a.markdown === b.markdown && sameJson(a.query, b.query);

/** An insight's title or a text's first line; the key if it has neither. */
export function titleOf(key: string, tile: Tile): string {
  if (typeof tile.title === "string" && tile.title !== "" && tile.title !== notWritten) return tile.title;
  const firstLine = typeof tile.markdown === "string" ? (tile.markdown.split("\n")[0] ?? "") : "";
  const text = firstLine.replaceAll(/[*_#`]/g, "").trim();
  return text === "" ? key : text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

const kindName = (kind: unknown): string =>
  kind === "text" ? "a text" : kind === "insight" ? "a chart" : valueWords(kind);

const titleWords = (old: Tile, tile: Tile): Phrase[] =>
  old.title === tile.title || tile.title === undefined ? [] : [say`is titled ${name(String(tile.title))}`];

function readingWords({ reading: old, readingHidden: wasHidden }: Tile, { reading, readingHidden }: Tile): Phrase[] {
  const hides = readingHidden === true;
  const hidden =
    hides === (wasHidden === true) ? [] : [plain(hides ? "its reading is hidden" : "its reading is shown")];
  if (old === reading) return hidden;
  if (reading === undefined || reading === "") return [plain("loses its reading"), ...hidden];
  return [say`reading: “${String(reading)}”`, ...hidden];
}

const textWords = (old: Tile, tile: Tile): Phrase[] =>
  old.markdown === tile.markdown || old.markdown === undefined ? [] : [plain("its text changes")];

const describedFields = new Set(["kind", "title", "reading", "readingHidden", "query", "place", "markdown"]);

/** What only somebody in PostHog can have set: a color, a tile's own filters. */
function otherWords(old: Tile, tile: Tile): Phrase[] {
  const rest = ({ color, filtersOverrides, ...fields }: Tile): Tile =>
    Object.fromEntries(Object.entries(fields).filter(([field]) => !describedFields.has(field)));
  return [
    ...(old.color === tile.color ? [] : [say`colour ${valueWords(old.color)} → ${valueWords(tile.color)}`]),
    ...(sameJson(old.filtersOverrides, tile.filtersOverrides)
      ? []
      : [say`filters of its own: ${valueWords(tile.filtersOverrides)}`]),
    ...leaves(rest(old), rest(tile)).map(leafWords),
  ];
}

function placeWords(old: Tile, place: Tile): Phrase[] {
  const moves = old.column !== place.column || old.row !== place.row;
  const resizes = old.width !== place.width || old.height !== place.height;
  const at = ({ column, row }: Tile): string => `column ${valueWords(column)}, row ${valueWords(row)}`;
  const size = ({ width, height }: Tile): string => `${valueWords(width)} × ${valueWords(height)}`;
  return [
    ...(moves ? [say`moves to ${at(place)}, from ${at(old)}`] : []),
    ...(resizes ? [say`size ${size(old)} → ${size(place)}`] : []),
  ];
}
