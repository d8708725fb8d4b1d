import type { GridPlace, TextTile } from "./definition.ts";

export interface TextOptions {
  /** Markdown as PostHog shows it, at most 4000 characters. */
  readonly markdown: string;
  readonly place: GridPlace;
}

/** A tile that explains instead of counting. */
export function text({ markdown, place }: TextOptions): TextTile {
  return { kind: "text", markdown, place };
}
