import { Failure } from "../operate/command/failure.ts";

/** A generated part of a page, between two marker lines. */
export interface GeneratedPart {
  /** Name in the marker line: `<!-- rooms: written by …`. */
  readonly name: string;
  /** Description for error messages: "the picture of the rooms". */
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
