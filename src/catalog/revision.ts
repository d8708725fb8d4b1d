import { createHash } from "node:crypto";
import * as z from "zod";
import { type Catalog, requiredType } from "./event.ts";

/*
 * The catalog's revisions: a number for each state of what apps send, so that the older of two packages can be identified.
 * Texts for people (purpose, owner, meaning) do not count: an app with an older wording is not outdated.
 */

/** Path of the file of revisions in a checkout. */
export const revisionsPath = "src/catalog/revisions.txt";

/** A state of the catalog: its number, from 1, and its digest. */
export interface Revision {
  readonly revision: number;
  /** 16 hexadecimal digits. */
  readonly digest: string;
}

/** Digest of a catalog, independent of the order of its entries. */
export function catalogDigest(catalog: Catalog): string {
  const sent = sortedEntries(catalog).map(([event, { source, properties }]) => [
    event,
    source,
    sortedEntries(properties).map(([name, { type, unit, privacy }]) => [
      ...[name, privacy, unit ?? null, type.safeParse(undefined).success],
      sorted(z.toJSONSchema(requiredType(type), { unrepresentable: "any" })),
    ]),
  ]);
  return createHash("sha256").update(JSON.stringify(sent)).digest("hex").slice(0, 16);
}

const sortedEntries = <Value>(record: Readonly<Record<string, Value>>): [string, Value][] =>
  Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1));

function sorted(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(sorted);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(sortedEntries(json as Record<string, unknown>).map(([key, value]) => [key, sorted(value)]));
}

/**
 * The digests that a file of revisions holds, the oldest first; its line among them is a digest's revision.
 * @throws Error for a line that is neither a digest nor a comment, such as a merge conflict marker
 */
export function readRevisions(text: string): string[] {
  const lines = text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("# "));
  const wrong = lines.find((line) => !/^[0-9a-f]{16}$/.test(line));
  if (wrong === undefined) return lines;
  throw new Error(
    `${revisionsPath} has a line that is no digest: ${JSON.stringify(wrong.slice(0, 40))}. After a merge take the file of main, then run npx obs catalog, which adds what is missing`,
  );
}

export const revisionsText = (digests: readonly string[]): string =>
  `# Made by \`npx obs catalog\`: a line for each state of what apps send. The number of the line is the revision.\n${digests.join("\n")}\n`;

/** The revisions with that of a catalog as the last: a new one where it differs from the last, also from an earlier one that comes back. */
export const withRevision = (digests: readonly string[], digest: string): readonly string[] =>
  digests.at(-1) === digest ? digests : [...digests, digest];
