import { labels } from "./labels.ts";

/** An at sign, also as it appears in addresses of pages, in JSON and in HTML. */
const atSign = /@|%40|%2540|\\u0040|&#64;|&commat;|＠/gi;
/** What can stand before it without quotes. RFC 5321's special characters end a local part. */
const localPart = /[^\s<>()[\]\\,;:"@＠]/u;
const domain = /(?:[\p{L}\p{N}._-]|%2E)+|\[[^\]\s]{1,64}\]/iuy;
/** Stack traces of Firefox and Safari read `function@https://…`. */
const address = /[a-z][a-z-]{1,20}:\/\//iy;

/** Replaces e-mail addresses. Walks from each at sign outwards, so that the cost stays linear whatever the text. */
export function withoutEmails(text: string): string {
  let result = "";
  let done = 0;
  atSign.lastIndex = 0;
  for (let at = atSign.exec(text); at; at = atSign.exec(text)) {
    const start = startOfLocalPart(text, at.index, done);
    const end = endOfDomain(text, at.index + at[0].length);
    if (start === at.index || end === undefined || isPackage(text, start, at.index, end)) continue;
    result += text.slice(done, start) + labels.email;
    done = end;
    atSign.lastIndex = end;
  }
  return done === 0 ? text : result + text.slice(done);
}

/** `'@sentry/node'`, `node_modules/@sentry/…`: the scope of a package, which looks like an address without a name. */
function isPackage(text: string, start: number, at: number, end: number): boolean {
  const named = /[\p{L}\p{N}]/u.test(text.slice(start, at)) && text[at - 1] !== "/";
  return !named && text[end] === "/" && !text.slice(at, end).includes(".");
}

function startOfLocalPart(text: string, at: number, floor: number): number {
  if (text[at - 1] === '"') {
    const quote = text.lastIndexOf('"', at - 2);
    if (quote >= Math.max(floor, at - 66)) return quote;
  }
  let start = at;
  while (start > floor && localPart.test(text[start - 1] ?? "")) start -= 1;
  // Allowed in a local part, but in `/invite?to=ada@…` they end what comes before it.
  const delimiters = /^.*[/?&=#](?=.)/su.exec(text.slice(start, at))?.[0].length ?? 0;
  return start + delimiters;
}

/** Where the domain ends; undefined where there is none. `package@6.0.0` is a version: a domain has a letter. */
function endOfDomain(text: string, from: number): number | undefined {
  address.lastIndex = from;
  if (address.test(text)) return undefined;
  domain.lastIndex = from;
  const found = domain.exec(text)?.[0];
  return found && (found.startsWith("[") || /\p{L}/u.test(found)) ? from + found.length : undefined;
}
