import { Failure } from "../operate/command/failure.ts";

/** A part of a page that is written by `npm run generate`, between two lines that stay. */
export interface GeneratedPart {
  /** In the line above it: `<!-- rooms: written by …`. */
  readonly name: string;
  /** For whoever looks for it: "the picture of the rooms". */
  readonly what: string;
}

/**
 * The page with this text in its part.
 * @throws Failure when the page has no place for it
 */
export function withPart(page: string, file: string, { name, what }: GeneratedPart, text: string): string {
  const [begin, end] = [`<!-- ${name}: written by \`npm run generate\` -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from)
    throw new Failure(`${file} has no place for ${what}`, {
      fix: `put a line ${begin} there, and below it a line ${end}`,
    });
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}
