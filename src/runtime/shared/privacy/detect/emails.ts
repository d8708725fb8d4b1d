import { labels } from "../labels.ts";
import { type Add, matches } from "./found.ts";

/** What can stand before an at sign without quotes. RFC 5321's special characters end a local part. */
const localPart = /[^\s<>()[\]\\,;:"@\ufdd0]/u;
const domain = /[\p{L}\p{N}._-]+|\[[^\]\s]{1,64}\]/uy;
/** Stack traces of Firefox and Safari read `function@https://…`. */
const address = /[a-z][a-z-]{1,20}:\/\//iy;
/** `react@19.3.1`, `image@sha256:…`, `vite@latest`, `logo@2x.png`: a version is no domain. */
const version =
  /^(?:v?\d+\.\d+(?!\.\d+\.\d+$)(?:\.\d+)*(?:[+_-](?:(?:alpha|beta|rc|next|canary|dev|pre|preview|experimental|snapshot|build|nightly|post)[\w.+-]*|\d[\d.-]*(?:-g[0-9a-f]+)?))?|v?\d+|sha\d{1,3}|latest|next|canary|beta|alpha|workspace|npm|file|link|catalog|\d+x\.(?:png|jpe?g|gif|webp|avif|svg))$/i;

/** Finds e-mail addresses. Walks from each at sign outwards; both ways end at the next at sign, so the cost is linear. */
export function findEmails(text: string, add: Add): void {
  let done = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    if (at < done) continue;
    const start = startOfLocalPart(text, at, done);
    const end = endOfDomain(text, text[at + 1] === "@" ? at + 2 : at + 1);
    if (start === at || end === undefined || isPackage(text, start, at, end)) continue;
    add(startOfName(text, start, end), end, labels.email);
    done = end;
  }
}

/** `ada [at] example [dot] com`, `ada(at)example.com`, `ada at example dot com` */
const spelled =
  /(?<![\p{L}\p{N}_.+-])[\p{L}\p{N}_.+-]{1,64}(?: ?[[({<] ?at ?[\])}>] ?[\p{L}\p{N}-]{1,63}(?:(?: ?[[({<] ?(?:dot|punkt|punto|point) ?[\])}>] ?|\.)[\p{L}\p{N}-]{1,63}){1,4}| at [\p{L}\p{N}-]{1,63}(?: dot [\p{L}\p{N}-]{2,63}){1,4})/giu;

/** Finds e-mail addresses that are written out in words. */
export function findSpelledEmails(text: string, add: Add): void {
  for (const { 0: found, index } of matches(spelled, text)) add(index, index + found.length, labels.email);
}

/** Of files of an app, and of no domain */
const fileEnding = /\.(?:[cm]?jsx?|tsx?|s?css|vue|svelte|map|json)$/;

/** `'@sentry/node'`, `node_modules/@sentry/…`: the scope of a package, which looks like an address without a name. */
function isPackage(text: string, start: number, at: number, end: number): boolean {
  // `.vite/deps/@tanstack_query.js`
  if (text[at - 1] === "/" && fileEnding.test(text.slice(at, end))) return true;
  const named = /[\p{L}\p{N}]/u.test(text.slice(start, at)) && text[at - 1] !== "/";
  return !named && /[/+]/.test(text[end] ?? "") && !text.slice(at, end).includes(".");
}

/** Return paths name whom they are for: `bounces+4417-ada=example.com@…` */
const returnPath =
  /[^\s/?&#|=]{1,64}=(?:[\p{L}\p{N}-]{1,63}\.){1,4}(?:com|org|net|edu|gov|info|biz|app|dev|example|test|invalid|[a-z]{2})$/iu;

function startOfLocalPart(text: string, at: number, floor: number): number {
  if (text[at - 1] === '"') {
    const quote = text.lastIndexOf('"', at - 2);
    if (quote >= Math.max(floor, at - 66)) return quote;
  }
  let start = at;
  while (start > floor && localPart.test(text[start - 1] ?? "")) start -= 1;
  // Allowed in a local part, but in `/invite?to=ada@…` they end what comes before it.
  const delimiters = /^.*[/?&=#|](?=.)/su.exec(text.slice(start, at))?.[0].length ?? 0;
  const returned = returnPath.exec(text.slice(Math.max(start, at - 320), at));
  return returned ? Math.max(start, at - 320) + returned.index : start + delimiters;
}

/** Where the domain ends; undefined where there is none. A domain has a letter, or is an IP address. */
function endOfDomain(text: string, from: number): number | undefined {
  address.lastIndex = from;
  if (address.test(text)) return undefined;
  domain.lastIndex = from;
  const found = domain.exec(text)?.[0];
  if (!found || version.test(found) || /^\d+\.\d+\.\d+[_-]/.test(found) || /^(?=[^.]*\d)[^.]*$/.test(found))
    return undefined;
  return /^\[|\p{L}|^\d{1,3}(?:\.\d{1,3}){3}$/u.test(found) ? from + found.replace(/[._-]+$/, "").length : undefined;
}

/** Mail programs write `Ada Lovelace <ada@example.com>`: the name goes with the address. */
function startOfName(text: string, start: number, end: number): number {
  const lead = /<(?:(?:mailto|sips?|tel|xmpp):)?$/.exec(text.slice(Math.max(0, start - 9), start))?.[0].length;
  if (lead === undefined || text[end] !== ">") return start;
  const before = text.slice(Math.max(0, start - lead - 80), start - lead);
  const name = /(?:"[^"\n]{1,78}"|\p{Lu}[\p{L}'.-]{0,30}(?: \p{Lu}[\p{L}'.-]{0,30}){1,3}) ?$/u.exec(before);
  return name ? start - lead - name[0].length : start;
}
