import { type GridPlace, looksOf, type TextTile, type TileLooks } from "./definition.ts";

export interface TextOptions extends TileLooks {
  /** Markdown as PostHog shows it, at most 4000 characters. */
  readonly markdown: string;
  readonly place: GridPlace;
}

/**
 * A tile that explains instead of counting.
 *
 * @example text({ markdown: "## Where to look first", place: { column: 0, row: 0, width: 12, height: 2 } });
 */
export function text({ markdown, place, ...looks }: TextOptions): TextTile {
  return { kind: "text", markdown, place, ...looksOf(looks) };
}
