import { isObject } from "../queries/source.ts";
import type { JsonObject, TileRecord } from "../records.ts";

export interface Rect {
  x: number;
  y: number;
  w: number;
  h: number;
}

const whole = (value: unknown, fallback: number) => (typeof value === "number" ? value : fallback);

export function rect(layouts: JsonObject, breakpoint: string): Rect | null {
  const box = layouts[breakpoint];
  if (!isObject(box)) return null;
  return { x: whole(box.x, 0), y: whole(box.y, 0), w: whole(box.w, 1), h: whole(box.h, 1) };
}

/** Sorts tiles as a dashboard shows them: by row, then column; tiles without a place go last. */
export function byPlace<Tile extends Pick<TileRecord, "layouts">>(tiles: readonly Tile[], breakpoint = "sm"): Tile[] {
  const place = (tile: Tile) => {
    const box = tile.layouts[breakpoint];
    return isObject(box) ? { x: whole(box.x, 100), y: whole(box.y, 100) } : { x: 100, y: 100 };
  };
  return [...tiles].sort((a, b) => place(a).y - place(b).y || place(a).x - place(b).x);
}

/**
 * Moves every tile up to the lowest free row, as PostHog does after deleting one. Returns the new layouts of moved
 * tiles, by tile id.
 */
export function compacted(tiles: readonly TileRecord[]): Map<number, JsonObject> {
  const moved = new Map<number, JsonObject>();
  for (const breakpoint of new Set(tiles.flatMap((tile) => Object.keys(tile.layouts)))) {
    const placed: Rect[] = [];
    for (const tile of byPlace(tiles, breakpoint)) {
      const box = rect(tile.layouts, breakpoint);
      if (box === null) continue;
      const y = lowestFreeRow(box, placed);
      placed.push({ ...box, y });
      if (y === box.y) continue;
      const layouts = moved.get(tile.id) ?? tile.layouts;
      moved.set(tile.id, { ...layouts, [breakpoint]: { ...(layouts[breakpoint] as JsonObject), y } });
    }
  }
  return moved;
}

function lowestFreeRow(box: Rect, placed: readonly Rect[]): number {
  let y = 0;
  for (;;) {
    const inTheWay = placed.filter((other) => overlap({ ...box, y }, other));
    if (inTheWay.length === 0) return y;
    y = Math.max(...inTheWay.map((other) => other.y + other.h));
  }
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

export type Reordering = "preserve" | "two_column" | "full_width";

const width = 12;
const usual = { w: 6, h: 5 };

/** New layouts for tiles in the given order. Source: products/dashboards/backend/api/dashboard.py, _apply_reorder_layout. */
export function reordered(tiles: readonly TileRecord[], how: Reordering): JsonObject[] {
  if (how === "two_column") {
    return tiles.map((_, index) => ({
      sm: { x: (index % 2) * usual.w, y: Math.floor(index / 2) * usual.h, ...usual },
      xs: { x: 0, y: index * usual.h, w: 1, h: usual.h },
    }));
  }
  if (how === "full_width") {
    return tiles.map((_, index) => ({
      sm: { x: 0, y: index * usual.h, w: width, h: usual.h },
      xs: { x: 0, y: index * usual.h, w: 1, h: usual.h },
    }));
  }
  const tops = new Array<number>(width).fill(0);
  let narrowY = 0;
  return tiles.map((tile) => {
    const box = rect(tile.layouts, "sm");
    const w = Math.min(width, box !== null && box.w > 0 ? box.w : usual.w);
    const h = box !== null && box.h > 0 ? box.h : usual.h;
    const topAt = (x: number) => Math.max(...tops.slice(x, x + w));
    const x = [...Array(width - w + 1).keys()].reduce((best, at) => (topAt(at) < topAt(best) ? at : best), 0);
    const y = topAt(x);
    tops.fill(y + h, x, x + w);
    const layouts = { sm: { x, y, w, h }, xs: { x: 0, y: narrowY, w: 1, h } };
    narrowY += h;
    return layouts;
  });
}
