import { labels } from "../labels.ts";
import tokens from "../tables/tokens.json" with { type: "json" };
import { type Add, matches } from "./found.ts";
import { mostSurpriseWithin, surpriseOf } from "./letters.ts";

const run = /[A-Za-z0-9_\-+/=~]{16,}/g;
const joints = /[_\-+/=~]+/;
/** Shortest part that is judged; random parts beside one that was found go with it. */
const shortest = 16;
/** Mean bits from which on a part is random: the shorter, the surer it must be. */
const threshold = (length: number) => (length >= 24 ? 4.6 : 4.7);

/** So many characters within a part make it random, if they are this unlikely. */
const window = 24;
const sureWithin = 5;

/**
 * Identifiers, which open nothing: hexadecimal up to a hash of 40 figures, ULID, cuid, KSUID, Twilio's and Stripe's ids.
 * A secret of such a form is only found by its name.
 */
const identifiers: readonly RegExp[] = [
  /^(?:0x)?[\da-f]{7,40}$/i,
  /^[0-7][\dA-HJKMNP-TV-Z]{25}$/i,
  /^c[a-z\d]{24}$/,
  /^[A-Z]{2}[\da-f]{32}$/,
];
const prefixed = new RegExp(`^(?:${tokens.idPrefixes.join("|")})[_-](?:test_|live_)?[A-Za-z0-9]{8,40}$`);
/** A digest says of what it is one: `sha256:…`, `integrity="sha512-…"`, `etag`, `commit`, `@sha256`. */
const digestBefore =
  /(?:sha\d{1,3}|md5|digest|etag|integrity|checksum|commit|fingerprint|hash)["']?\s?[:=@\-/ ]\s?["'(W/]{0,3}(?:sha\d{3}[-:])?$/i;

/** A digest signs what came with it: `signature mismatch: expected sha256=…, got …` */
function isSignature(text: string, index: number, before: string): boolean {
  const near = text.slice(Math.max(0, index - 120), index);
  return (
    /signature|hmac|\bmac\b/i.test(near) &&
    /(?:sha\d{1,3}|v\d|expected|computed|calculated|got|received|given|actual|provided|header)["']?[ :=]{1,2}["'(]{0,2}(?:v\d=)?$/i.test(
      `${before}${/^sha\d{1,3}=/.exec(text.slice(index, index + 8))?.[0] ?? ""}`,
    )
  );
}

/** Finds secrets without a name by how unlikely their characters are. */
export function findRandomRuns(text: string, add: Add): void {
  findMixed(text, add);
  for (const { 0: found, index } of matches(run, text)) {
    const before = text.slice(Math.max(0, index - 24), index);
    if (/^[\da-f]{32,128}$/i.test(found.replace(/^sha\d{1,3}=/, "")) && isSignature(text, index, before)) {
      add(index, index + found.length, labels.token);
      continue;
    }
    if (digestBefore.test(before) || prefixed.test(found.replace(/^[A-Za-z_-]{1,40}=/, ""))) continue;
    findRandomParts(found, index, add);
  }
}

function findRandomParts(found: string, offset: number, add: Add): void {
  const parts: { start: number; end: number; random: boolean; word: boolean }[] = [];
  let at = 0;
  for (const piece of found.split(joints)) {
    const start = found.indexOf(piece, at);
    const random =
      isRandom(piece) &&
      !/^sha\d{1,3}$/.test(parts.length > 0 ? found.slice(parts.at(-1)?.start, parts.at(-1)?.end) : "");
    parts.push({ start, end: start + piece.length, random, word: !/\d/.test(piece) && surpriseOf(piece) < 5 });
    at = start + piece.length;
  }
  for (let index = 0; index < parts.length; index += 1) {
    if (!parts[index]?.random) continue;
    let first = index;
    let last = index;
    while (first > 0 && !parts[first - 1]?.word) first -= 1;
    while (last < parts.length - 1 && !parts[last + 1]?.word) last += 1;
    const end = parts[last]?.end ?? 0;
    add(
      offset + (parts[first]?.start ?? 0),
      offset + end + (/^={0,2}/.exec(found.slice(end))?.[0].length ?? 0),
      labels.token,
    );
    index = last;
  }
}

function isRandom(part: string): boolean {
  if (part.length < shortest || identifiers.some((form) => form.test(part))) return false;
  if (/^\d+$/.test(part)) return part.length > 40;
  // Hexadecimal that is longer than any hash of a commit.
  if (/^[\da-f]+$/i.test(part)) return true;
  return (
    /(?=[\da-f]*\d)(?=[\da-f]*[a-f])[\da-f]{41,}/.test(part) ||
    surpriseOf(part) >= threshold(part.length) ||
    mostSurpriseWithin(part, window) >= sureWithin
  );
}

/** Signs that passwords have and that no name, path or expression mixes with figures and letters. */
const mixed = /(?<![^\s"'`=:([{,;])[A-Za-z\d#$@!&%^*+?_~-]{14,128}(?![^\s"'`)\]},;.])/g;

/** Finds passwords that stand by themselves: all four kinds of characters, which change nearly with each. */
function findMixed(text: string, add: Add): void {
  for (const { 0: found, index } of matches(mixed, text)) {
    const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[#$@!&%^*+?~]/].every((kind) => kind.test(found));
    const signs = found.match(/[#$@!&%^*+?~]/g)?.length ?? 0;
    if (!kinds || signs < 2) continue;
    let changes = 0;
    for (let at = 1; at < found.length; at += 1)
      if (kindOf(found[at] ?? "") !== kindOf(found[at - 1] ?? "")) changes += 1;
    if (changes >= found.length * 0.55) add(index, index + found.length, labels.token);
  }
}

function kindOf(sign: string): number {
  return /[a-z]/.test(sign) ? 0 : /[A-Z]/.test(sign) ? 1 : /\d/.test(sign) ? 2 : 3;
}

/** Whether a text as a whole is drawn by lot: the value of a property, an id. */
export function isDrawnByLot(text: string): boolean {
  let found = false;
  findRandomRuns(text, () => {
    found = true;
  });
  return found;
}
