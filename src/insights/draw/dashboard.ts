import type { Place } from "../../model/posthog/places.ts";
import { svgDocument } from "./svg/document.ts";
import { moved, rectangle } from "./svg/shapes.ts";
import { textElement, wrapped } from "./svg/text.ts";
import { coloursOf, commentWidth, type Theme } from "./theme.ts";
import { coloursOfTiles, type DrawnTile, drawCard } from "./tile.ts";
import type { BoardColours } from "./views/colours.ts";
import type { TileResult } from "./views/tile-view.ts";

/** What drawing needs of a dashboard; a definition of `src/insights/define` fits. */
export interface DrawnDashboard {
  readonly title: string;
  readonly question: string;
  readonly tiles: Readonly<Record<string, DrawnTile & { readonly place: Place }>>;
}

export interface DashboardLook {
  readonly theme: Theme;
  /** Pixels. Default: `commentWidth`. */
  readonly width?: number;
  /** Colours of what its tiles show. Default: chosen from these tiles. */
  readonly board?: BoardColours;
}

const columns = 12;
const rowHeight = 60;
const gap = 12;
const margin = 16;

/** A whole dashboard as one picture, its tiles where the definition places them. */
export function drawDashboard(
  dashboard: DrawnDashboard,
  results: Readonly<Record<string, TileResult>>,
  { theme, width = commentWidth, board = boardOf(dashboard, results) }: DashboardLook,
): string {
  const colours = coloursOf(theme);
  const question = wrapped(dashboard.question, width - 2 * margin, 13);
  const head = margin + 24 + question.length * 18 + 12;
  const rows = Math.max(0, ...Object.values(dashboard.tiles).map(({ place }) => place.row + place.height));
  const height = head + rows * rowHeight + margin - gap;
  const columnWidth = (width - 2 * margin + gap) / columns;
  const tiles = Object.entries(dashboard.tiles).map(([key, tile]) => {
    const { place } = tile;
    const size = { width: place.width * columnWidth - gap, height: place.height * rowHeight - gap };
    const card = drawCard(tile, results[key], { ...size, theme, id: key, board });
    return moved(card, margin + place.column * columnWidth, head + place.row * rowHeight);
  });
  const content = [
    rectangle({ x: 0, y: 0, width, height }, colours.page),
    textElement(dashboard.title, margin, margin + 16, { size: 20, fill: colours.text, weight: "bold" }),
    ...question.map((line, index) =>
      textElement(line, margin, margin + 40 + index * 18, { size: 13, fill: colours.muted }),
    ),
    ...tiles,
  ].join("\n");
  return svgDocument({ width, height }, `Dashboard ${dashboard.title}`, descriptionOf(dashboard), `\n${content}\n`);
}

function boardOf({ tiles }: DrawnDashboard, results: Readonly<Record<string, TileResult>>): BoardColours {
  const insights = Object.entries(tiles).flatMap(([key, tile]) =>
    tile.kind === "insight" ? [{ query: tile.query, result: results[key] }] : [],
  );
  return coloursOfTiles(insights);
}

/** The question and its tiles as text, for screen readers. */
function descriptionOf({ question, tiles }: DrawnDashboard): string {
  const titles = Object.values(tiles).flatMap((tile) => (tile.kind === "insight" ? [tile.title] : []));
  return titles.length === 0 ? question : `${question} Tiles: ${titles.join(", ")}.`;
}
