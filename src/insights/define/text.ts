import { type GridPlace, looksOf, type TextTile, type TileLooks } from "./definition.ts";

export interface TextOptions extends TileLooks {
  /** Markdown as PostHog shows it, at most 4000 characters. */
  readonly markdown: string;
  readonly place: GridPlace;
}

/** A tile that explains instead of counting. */
export function text({ markdown, place, ...looks }: TextOptions): TextTile {
  return { kind: "text", markdown, place, ...looksOf(looks) };
}
