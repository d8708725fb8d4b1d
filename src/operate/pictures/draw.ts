import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { object } from "../../insights/define/check/json.ts";
import {
  coloursOfTiles,
  type DashboardLook,
  drawComparison,
  drawDashboard,
  type Theme,
  type TileResult,
} from "../../insights/draw/index.ts";
import { own } from "../../model/json.ts";
import type { DashboardChange, DashboardView } from "../changes/dashboards.ts";
import type { Numbers } from "./numbers.ts";

/** The drawn change of a dashboard, as files. */
export interface DashboardPictures {
  readonly urn: string;
  readonly title: string;
  /** The changed tiles, if any, and the whole board once: as it will be, or, for a deleted one, as it was. */
  readonly pictures: readonly { readonly shows: string; readonly light: string; readonly dark: string }[];
  /** Source of the numbers. */
  readonly source: string;
  /** Events that nothing has sent yet: their tiles are drawn with sample values of the catalog's types. */
  readonly sampled: readonly string[];
}

export interface DrawOptions {
  readonly folder: string;
  readonly numbers: Numbers;
  /** Deadline after which no further dashboard is started, so that a report of a hundred is on time with pictures of the first. */
  readonly budgetMs: number;
  readonly now: () => number;
}

/** Draws the dashboards that a plan changes, in the report's order, until the deadline. The first is always drawn. */
export async function drawChanges(
  changes: readonly DashboardChange[],
  { folder, numbers, budgetMs, now }: DrawOptions,
): Promise<DashboardPictures[]> {
  await mkdir(folder, { recursive: true });
  const until = now() + budgetMs;
  const drawn: DashboardPictures[] = [];
  for (const change of changes) {
    if (drawn.length > 0 && now() >= until) break;
    const { urn, title } = change;
    const sampled = new Set<string>();
    const pictures = await drawChange(change, { folder, numbers, sampled });
    drawn.push({ urn, title, pictures, source: numbers.source, sampled: [...sampled].toSorted() });
  }
  return drawn;
}

type Picture = DashboardPictures["pictures"][number];

async function drawChange(
  { key, title, before, after, tiles }: DashboardChange,
  { folder, numbers, sampled }: Pick<DrawOptions, "folder" | "numbers"> & { readonly sampled: Set<string> },
): Promise<Picture[]> {
  const name = fileName(key);
  // A tile's position is visible on the picture of the whole dashboard.
  const changed = before && after ? tiles.filter(({ change }) => change !== "moved") : [];
  const old = before && (changed.length > 0 || !after) ? await drawnTiles(before, numbers, sampled) : {};
  const now = after ? await drawnTiles(after, numbers, sampled) : {};
  const compared = changed.map((one) => ({
    title: one.title,
    change: one.change,
    before: own(old, one.was ?? one.key),
    after: own(now, one.key),
  }));
  const board = after ?? before;
  const colours = coloursOfTiles([...charts(now), ...charts(old)]);
  const shows = after ? "after" : "before";
  return [
    ...(compared.length > 0
      ? [
          await written("what changes, before and after", folder, `${name}.changes`, (theme) =>
            drawComparison(title, compared, { theme, board: colours }),
          ),
        ]
      : []),
    ...(board
      ? [
          await written(`the whole dashboard, ${shows}`, folder, `${name}.${shows}`, (theme) =>
            drawBoard(board, after ? now : old, { theme, board: colours }),
          ),
        ]
      : []),
  ];
}

/** Both pictures of a dashboard use the same colors. */
const charts = (drawn: Drawn) =>
  Object.values(drawn).flatMap(({ tile, result }) => (tile.kind === "insight" ? [{ query: tile.query, result }] : []));

function drawBoard({ title, question }: DashboardView, drawn: Drawn, look: DashboardLook): string {
  const each = <Value>(take: (one: Drawn[string]) => Value): Record<string, Value> =>
    Object.fromEntries(Object.entries(drawn).map(([key, one]) => [key, take(one)]));
  const results = each(({ result }) => result);
  return drawDashboard({ title, question, tiles: each(({ tile }) => tile) }, results, look);
}

async function written(shows: string, folder: string, name: string, draw: (theme: Theme) => string): Promise<Picture> {
  const files = { light: `${name}.light.svg`, dark: `${name}.dark.svg` };
  for (const theme of ["light", "dark"] as const) await writeFile(join(folder, files[theme]), draw(theme));
  return { shows, ...files };
}

type Drawn = Readonly<Record<string, { readonly tile: Drawable[string]; readonly result: TileResult }>>;

/** A dashboard's tiles with the results of their queries. */
async function drawnTiles(view: DashboardView, numbers: Numbers, sampled: Set<string>): Promise<Drawn> {
  const answers = await numbers.of(view);
  return Object.fromEntries(
    Object.entries(drawable(view)).map(([key, tile]) => {
      const answered = answers[key] ?? { failure: "it was not asked" };
      for (const event of answered.sampled ?? []) sampled.add(event);
      // In the title, since the picture may be seen without the text beside it.
      const shown =
        answered.sampled && tile.kind === "insight" ? { ...tile, title: `${tile.title} (sample values)` } : tile;
      if (!("answer" in answered)) return [key, { tile: shown, result: answered }];
      const { results, resolved_date_range } = answered.answer;
      return [key, { tile: shown, result: { results, resolved_date_range, askedAt: numbers.askedAt } }];
    }),
  );
}

type Drawable = Parameters<typeof drawDashboard>[0]["tiles"];

/** A tile made by hand may lack any field: without a place it is drawn at the top left, in the default size. */
function drawable({ tiles }: DashboardView): Drawable {
  const number = (value: unknown, otherwise: number): number => (typeof value === "number" ? value : otherwise);
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return Object.fromEntries(
    Object.entries(tiles).map(([key, { kind, title, reading, query, markdown, place }]) => {
      const { column, row, width, height } = object(place);
      const rectangle = {
        column: number(column, 0),
        row: number(row, 0),
        width: number(width, 6),
        height: number(height, 5),
      };
      return kind === "text"
        ? [key, { kind, markdown: text(markdown), place: rectangle }]
        : [key, { kind: "insight" as const, title: text(title), reading: text(reading), query, place: rectangle }];
    }),
  );
}

/** Makes a file name: keys are letters, digits and hyphens, but a key made by hand may have other characters. */
const fileName = (key: string): string =>
  key
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .slice(0, 80) || "dashboard";
