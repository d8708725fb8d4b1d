import { drawView, legendHeight } from "./body.ts";
import { drawMarkdown } from "./markdown.ts";
import { svgDocument } from "./svg/document.ts";
import { moved, rectangle, type Size } from "./svg/shapes.ts";
import { fitted, textElement } from "./svg/text.ts";
import { type Colours, coloursOf, commentWidth } from "./theme.ts";
import { coloursOfTiles, type DrawnTile, padding, type TileLook } from "./tile.ts";
import { aligned } from "./views/aligned.ts";
import { type BoardColours, inColours } from "./views/colours.ts";
import { type TileResult, tileView } from "./views/tile-view.ts";
import type { View } from "./views/view.ts";
import { drawWords } from "./words.ts";

interface Seen {
  readonly tile: DrawnTile;
  readonly result: TileResult | undefined;
}

/** A tile before and after the change; undefined before when it is new, after when it is removed. */
export interface ComparedTile {
  readonly title: string;
  /** "changed", "new", … */
  readonly change: string;
  readonly before: Seen | undefined;
  readonly after: Seen | undefined;
}

const margin = 16;
const gap = 14;
const titleHeight = 26;
const captionHeight = 20;
const frameHeight = 300;
/** Larger than on the whole dashboard, because its numbers are read here. */
const scale = 1.12;
/** Reviewers would scroll past a longer picture. */
const most = 12;
/** GitHub shows no picture of more than 5 MB; this is the limit of characters for the charts of one. */
const mostLetters = 4_000_000;

/**
 * What changes in a dashboard: its tiles below each other, each before on the left and after on the right, with the
 * same size and axes, so that higher always means more.
 * @param width pixels; default: `commentWidth`
 */
export function drawComparison(
  title: string,
  tiles: readonly ComparedTile[],
  {
    theme,
    width = commentWidth,
    board = boardOf(tiles),
  }: Pick<TileLook, "theme" | "board"> & { readonly width?: number },
): string {
  const colours = coloursOf(theme);
  const head = margin + 34;
  const rowHeight = titleHeight + captionHeight + frameHeight + gap;
  const shown = tiles.slice(0, most);
  const left = tiles.length - shown.length;
  const height = head + shown.length * rowHeight + (left > 0 ? 24 : 0);
  const letters = mostLetters / (2 * shown.length);
  const rows = shown.map((tile, index) => {
    const row = drawRow(tile, width - 2 * margin, { colours, id: `changed-${index}`, letters, board });
    return moved(row, margin, head + index * rowHeight);
  });
  const words = `and ${left} more`;
  const more = left > 0 ? textElement(words, margin, height - 14, { size: 13, fill: colours.muted }) : "";
  const content = [
    rectangle({ x: 0, y: 0, width, height }, colours.page),
    textElement(fitted(`${title}: what changes`, width - 2 * margin, 20, "bold"), margin, margin + 16, {
      size: 20,
      fill: colours.text,
      weight: "bold",
    }),
    ...rows,
    more,
  ].join("\n");
  const description = shown.map((tile) => `${tile.title}: ${tile.change}`).join(". ");
  return svgDocument({ width, height }, `What changes in ${title}`, description, `\n${content}\n`);
}

interface Look {
  readonly colours: Colours;
  readonly id: string;
  /** Maximum length of the drawing of one frame. */
  readonly letters: number;
  readonly board: BoardColours;
}

/** Colours for both sides: a colour has the same meaning before and after. */
function boardOf(tiles: readonly ComparedTile[]): BoardColours {
  const seen = tiles.flatMap(({ before, after }) => [before, after]);
  return coloursOfTiles(
    seen.flatMap((one) => (one?.tile.kind === "insight" ? [{ query: one.tile.query, result: one.result }] : [])),
  );
}

function drawRow({ title, change, before, after }: ComparedTile, width: number, look: Look): string {
  const { colours, id, board } = look;
  const frame = { width: (width - gap) / 2, height: frameHeight };
  const inner = { width: (frame.width - 2 * padding) / scale, height: (frame.height - 2 * padding) / scale };
  const [old, now] = views(before, after, board);
  const legend = Math.max(...[old, now].map((view) => (view ? legendHeight(view, inner, colours) : 0)));
  const titled = textElement(fitted(`${title} (${change})`, width, 15, "bold"), 0, 16, {
    size: 15,
    fill: colours.text,
    weight: "bold",
  });
  const sides = [
    { caption: "before", seen: before, view: old, missing: "It is not there before." },
    { caption: "after", seen: after, view: now, missing: "It is not there any more." },
  ].map(({ caption, seen, view, missing }, side) => {
    const words = textElement(caption, 0, titleHeight + 13, { size: 13, fill: colours.muted });
    const shown: View = view ?? { kind: "words", text: missing, isFailure: false };
    const body =
      seen?.tile.kind === "text"
        ? drawMarkdown(seen.tile.markdown, inner, colours)
        : drawView(shown, inner, { colours, id: `${id}-${caption}`, legendHeight: legend });
    const isTooLong = body.length > look.letters;
    const picture = drawFrame(isTooLong ? drawWords(tooMuch, inner, colours) : body, frame, colours);
    return moved(words + moved(picture, 0, titleHeight + captionHeight), side * (frame.width + gap), 0);
  });
  return titled + sides.join("");
}

function views(
  before: Seen | undefined,
  after: Seen | undefined,
  board: BoardColours,
): [View | undefined, View | undefined] {
  const [old, now] = [before, after].map((seen) =>
    seen?.tile.kind === "insight" ? inColours(tileView(seen.tile.query, seen.result), board) : undefined,
  );
  return old && now ? aligned(old, now) : [old, now];
}

const tooMuch = { kind: "words", text: "There is too much in it to be drawn here.", isFailure: false } as const;

function drawFrame(body: string, { width, height }: Size, colours: Colours): string {
  const box = { x: 0.5, y: 0.5, width: width - 1, height: height - 1 };
  const card = rectangle(box, colours.card, { stroke: colours.border, radius: 6 });
  return card + moved(`<g transform="scale(${scale})">${body}</g>`, padding, padding);
}
