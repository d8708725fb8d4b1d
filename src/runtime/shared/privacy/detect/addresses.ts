import { labels } from "../labels.ts";
import { kindOfName } from "../names.ts";
import words from "../tables/words.json" with { type: "json" };
import { type Add, matches, type SpellingOf } from "./found.ts";
import { isDrawnByLot } from "./random.ts";

const harmless = new Set(words.harmlessParameters);

const scheme = /:\/\//g;
/** What may stand between scheme and host; a password may have any sign in it. */
const longestAuthority = 512;
/** Longest query that is cut out in one piece; the rest of it is looked at like any text. */
const longestQuery = 8_192;

/** redis://default:password@host. `http://localhost:5173/@vite/client` has none: the colon is before a port. */
export function findUserInfo(text: string, add: Add): void {
  let done = 0;
  for (const { index } of matches(scheme, text)) {
    const start = index + 3;
    if (start < done) continue;
    const whole = /^[^\s"'<>`]*/.exec(text.slice(start, start + longestAuthority))?.[0] ?? "";
    const authority = /^[^/?#]*/.exec(whole)?.[0] ?? "";
    let at = authority.lastIndexOf("@");
    // An unescaped slash or number sign in a password ends an authority before its at sign.
    if (at < 0 && /^[^/?#:@]*:(?!\d{0,5}(?:[/?#]|$))/.test(whole)) at = whole.lastIndexOf("@");
    if (at < 0) continue;
    add(start, start + at, labels.token);
    done = start + at;
  }
}

/** What ends an address in a text. */
const edge = /[\s"'`<>]/;
const queryBegins = /[?#]/g;
/** `?name=`, `&or=(…)`, `#access_token=`: what follows is a query, whatever stands before. */
const parameter = /^[?#&]{1,2}[\w.[\]$-]{1,64}=/;
const isLineAndColumn = /(?::\d{1,7}){1,2}$/;

/**
 * Cuts queries and fragments out of addresses: names, searches and tokens are in them. With a scheme, behind a path, or
 * by themselves (`clients?name=…`); of any length, with quotes and brackets inside, as Supabase's API has them.
 */
export function findQueries(text: string, add: Add, spellingOf: SpellingOf): void {
  let wordStart = 0;
  let scanned = 0;
  let isAddress = false;
  let brackets = true;
  let done = 0;
  for (const { index } of matches(queryBegins, text)) {
    if (index < done) continue;
    for (let at = index - 1; at >= scanned; at -= 1) {
      if (!edge.test(text[at] ?? "") || isWithin(at, index, spellingOf)) continue;
      wordStart = at + 1;
      isAddress = false;
      break;
    }
    const word = text.slice(Math.max(wordStart, scanned), index);
    isAddress ||= (wordStart >= scanned && /^[([{]{0,2}\/[^/*]/.test(word)) || word.includes("://");
    scanned = index;
    const isQuery = text[index] === "?" && index > wordStart;
    // An anchor of a page stays: `issues/1203#issuecomment-7156`; it is looked at like any text.
    if (!(isAddress && isQuery) && !isParameter(text, index, wordStart)) continue;
    const last = Math.min(text.length, index + longestQuery);
    let end = brackets ? endOfQuery(text, index, last, true, spellingOf) : undefined;
    if (end === undefined) {
      // Once is enough: to look for the end of each would be quadratic.
      brackets = false;
      end = endOfQuery(text, index, last, false, spellingOf) ?? last;
    }
    const kept = isLineAndColumn.exec(text.slice(Math.max(index, end - 20), end))?.[0].length ?? 0;
    done = Math.max(index + 1, end - kept);
    cutParameters(text, index, done, add);
  }
}

/** Whether a sign is a part of the address, since it was escaped deeper than the question mark: `?q=%22ada%20l%22`. */
function isWithin(at: number, question: number, spellingOf: SpellingOf): boolean {
  const spelled = spellingOf(at);
  return spelled.startsWith("%") && spelled.length > spellingOf(question).length;
}

/** Cuts out the parameters of a query, all but the harmless ones; the question mark too, where none is left. */
function cutParameters(text: string, start: number, end: number, add: Add): void {
  let at = start + 1;
  let keptBefore = false;
  const cut: [from: number, to: number][] = [];
  for (const parameter of text.slice(start + 1, end).split("&")) {
    const next = at + parameter.length;
    if (isHarmless(parameter)) keptBefore = true;
    else cut.push(keptBefore ? [at - 1, next] : [at, Math.min(end, next + 1)]);
    at = next + 1;
  }
  if (keptBefore) for (const [from, to] of cut) add(from, to, "");
  else if (end > start + 1) add(start, end, "");
}

/** A word of a program (`sort=created_at.desc`), a short number, or nothing. */
function isHarmless(parameter: string): boolean {
  if (parameter.length > 200) return false;
  const [, name = "", value = ""] = /^([\w.$-]{0,40})(?:\[\w*\])?(?:=(.*))?$/s.exec(parameter) ?? [];
  if (harmless.has(name.toLowerCase()))
    return (
      /^[\w.,:*+()/-]*$/.test(value) &&
      !isDrawnByLot(value) &&
      (/^1\d{9}(?:\d{3})?$/.test(value) || !/\d{7}/.test(value))
    );
  if (!parameter.includes("=") || name === "") return false;
  // Yes or no is none, whatever it is about; but `token=1` is a short token.
  const isSwitch = /^(?:0|1|true|false)$/.test(value) && /\W|_/.test(name + (kindOfName(name) === "secret" ? "" : "_"));
  return isSwitch || (/^\d{0,3}$/.test(value) && kindOfName(name) === "other");
}

/** `clients?name=…`; not the `x ? y=1 : 2` of code. */
function isParameter(text: string, index: number, wordStart: number): boolean {
  return parameter.test(text.slice(index, index + 70)) && (index > wordStart || text[index] === "?");
}

/**
 * Up to a blank or a quote, unless they are within brackets that the query opened. Where brackets are not closed it ends
 * as if they were none; undefined then says that brackets are not to be counted on.
 */
function endOfQuery(
  text: string,
  start: number,
  last: number,
  brackets: boolean,
  spellingOf: SpellingOf,
): number | undefined {
  let open = 0;
  let quoted = false;
  for (let at = start; at < last; at += 1) {
    const sign = text[at] ?? "";
    if (open > 0) {
      if (sign === "\n") return undefined;
      if (sign === '"') quoted = !quoted;
      else if (!quoted && /[([]/.test(sign)) open += 1;
      else if (!quoted && /[)\]]/.test(sign)) open -= 1;
    } else if (brackets && /[([]/.test(sign)) open = 1;
    else if (edge.test(sign) || /[)\]}]/.test(sign) || (sign === "," && /[\s"']/.test(text[at + 1] ?? " "))) {
      if (!isWithin(at, start, spellingOf)) return at;
    }
  }
  return open > 0 ? undefined : last;
}
