import { drawView } from "./body.ts";
import { drawMarkdown, plainWords } from "./markdown.ts";
import { svgDocument } from "./svg/document.ts";
import { moved, rectangle, type Size } from "./svg/shapes.ts";
import { fitted, textElement, wrapped } from "./svg/text.ts";
import { coloursOf, type Theme } from "./theme.ts";
import { type BoardColours, boardColours, inColours } from "./views/colours.ts";
import { type TileResult, tileView } from "./views/tile-view.ts";
import type { View } from "./views/view.ts";

/** What drawing needs of a tile, of either kind. */
export type DrawnTile =
  | { readonly kind: "insight"; readonly title: string; readonly reading: string; readonly query: unknown }
  | { readonly kind: "text"; readonly markdown: string };

export interface TileLook extends Size {
  readonly theme: Theme;
  /** Distinguishes the parts of this tile from those of others in the same document. Default "tile". */
  readonly id?: string;
  /** Colours that all tiles of a board share. Default: those of this tile alone. */
  readonly board?: BoardColours;
}

export const padding = 12;
const titleSize = 13;
const readingSize = 11;
const readingLine = 14;
const mostReadingLines = 4;

/** A tile as an SVG document of its own: title, reading, and the picture of the answer. */
export function drawTile(tile: DrawnTile, result: TileResult | undefined, look: TileLook): string {
  const { width, height } = look;
  const [title, description] =
    tile.kind === "insight" ? [tile.title, tile.reading] : ["Text", plainWords(tile.markdown)];
  return svgDocument({ width, height }, title, description, drawCard(tile, result, look));
}

/** The picture of the answer alone, for a page that shows the tile's title and reading itself. */
export function drawAnswer(query: unknown, result: TileResult | undefined, look: TileLook): string {
  const { theme, width, height, id = "tile", board } = look;
  const picture = drawView(
    colouredView(query, result, board),
    { width, height },
    { colours: coloursOf(theme), id, isPointed: true },
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" aria-hidden="true">${picture}</svg>`;
}

function colouredView(query: unknown, result: TileResult | undefined, board: BoardColours | undefined): View {
  const view = tileView(query, result);
  return inColours(view, board ?? boardColours([view]));
}

/** Colours for the tiles of a board or a comparison, where each meaning has one colour. */
export function coloursOfTiles(
  tiles: readonly { readonly query: unknown; readonly result: TileResult | undefined }[],
  before?: BoardColours,
): BoardColours {
  return boardColours(
    tiles.map(({ query, result }) => tileView(query, result)),
    before,
  );
}

/** A tile without the document around it, at 0, 0. */
export function drawCard(
  tile: DrawnTile,
  result: TileResult | undefined,
  { theme, width, height, id = "tile", board }: TileLook,
): string {
  const colours = coloursOf(theme);
  const card = rectangle({ x: 0.5, y: 0.5, width: width - 1, height: height - 1 }, colours.card, {
    stroke: colours.border,
    radius: 6,
  });
  const inner = { width: width - 2 * padding, height: height - 2 * padding };
  if (tile.kind === "text") return card + moved(drawMarkdown(tile.markdown, inner, colours), padding, padding - 4);
  const readingLines = wrapped(tile.reading, inner.width, readingSize, mostReadingLines);
  const head = 18 + readingLines.length * readingLine + 8;
  const title = textElement(fitted(tile.title, inner.width, titleSize, "bold"), padding, padding + 11, {
    size: titleSize,
    fill: colours.text,
    weight: "bold",
  });
  const reading = readingLines.map((line, index) =>
    textElement(line, padding, padding + 29 + index * readingLine, { size: readingSize, fill: colours.muted }),
  );
  const body = drawView(
    colouredView(tile.query, result, board),
    { width: inner.width, height: inner.height - head },
    { colours, id },
  );
  return card + title + reading.join("") + moved(body, padding, padding + head);
}
