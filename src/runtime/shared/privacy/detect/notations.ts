import { labels } from "../labels.ts";
import { isPrivateName, isReason, kindOfName } from "../names.ts";
import { type Add, matches, placeOf } from "./found.ts";

/*
 * Names and values that are set apart by more than a sign. Each pattern has the name as its first group and the value as
 * its second.
 */

/** `--token abc`, `-H` is none */
const option = /(?<![\w-])--?([A-Za-z][\w-]{1,40})[ =]{1,2}([^\s"'-][^\s"']{1,511})/dg;
const quotedOption = /(?<![\w-])--?([A-Za-z][\w-]{1,40})[ =]{1,2}["']([^"'\n]{2,512})["']/dg;
/** `<password>…</password>` */
const element = /<([A-Za-z][\w:.-]{1,60})(?: [^<>]{0,200})?>([^<>]{1,8192})<\//dg;
/** `"name": "authorization", "value": "…"`, `name="password" value="…"`, with something short between. */
const pair =
  /["']?\b(?:name|key|header|field|property|attribute|param|k|id)["']?\s?[:=]\s?["']([\w.$[\]-]{1,64})["'](?:\s{0,4},?\s{0,8}["']?(?:type|format|id|in|placeholder|autocomplete|required)["']?\s?[:=]\s?["']?[^"'{}<>\n]{0,40}["']?){0,2}\s{0,4},?\s{0,8}["']?(?:value|val|v|content|data)["']?\s?[:=]\s?["']?([^"'<>\n]{1,8192})/dgi;
/** The same the other way round. */
const pairReversed =
  /(?<![\w])["']?(?:value|val|v)["']?\s?[:=]\s?["']([^"'<>\n]{1,512})["']\s{0,4},?\s{0,8}["']?(?:name|key|header|field|k)["']?\s?[:=]\s?["']([\w.$[\]-]{1,64})["']/dgi;
const formData =
  /; ?name="([\w.[\]$-]{1,64})"(?:; ?[^\r\n]{1,200})?(?:\r?\n[\w-]{1,40}: [^\r\n]{1,200}){0,3}(?:\r?\n){1,2}([^\r\n]{1,8192})/dgi;
/** `["authorization", "Bearer …"]`, `(b'cookie', b'…')`, and a list of names and values in turn */
const tuple = /[[,({]\s?b?["'](-{0,2}[A-Za-z][\w.$ -]{0,63})["']\s?(?:,|=>)\s?(?=b?["']([^"'\n]{1,8192})["'])/dg;
/** `"name: REDIS_URL\n  value: …"` of a manifest */
const manifest = /\b(?:name|key): ?["']?([\w.-]{1,64})["']?\s{1,10}value: ?["']?([^\s"']{2,512})/dg;
/** `ENV REDIS_PASS value`, `export API_TOKEN value` */
const declared =
  /(?<![\w$])(?:ENV|ARG|setx|setenv|export|fly secrets set|config:set)[ \t]{1,4}((?:[A-Z][A-Z\d]{0,20}_){0,5}[A-Z\d]{2,20})[ \t]{1,4}["']?([^\s:="']{3,512})/dg;
const variable = /(?<![\w$])((?:[A-Z][A-Z\d]{0,20}_){1,5}[A-Z\d]{2,20})[ \t]["']?([^\s:="']{4,512})/dg;
/** PHP's dumps: `["password"]=> string(9) "…"` */
const dumped = /\["([\w.$-]{1,64})"\]\s?=>\s{0,8}(?:string|int|float)\(\d{0,5}\)? ?"?([^"\n]{1,512})/dg;

const patterns: readonly RegExp[] = [option, quotedOption, element, pair, formData, manifest, dumped];

/** Finds the values of private names in command lines, markup, lists of pairs, forms, manifests and tables. */
export function findNotations(text: string, add: Add): void {
  for (const pattern of patterns) {
    for (const found of matches(pattern, text)) addValue(found, 1, 2, add, false);
  }
  for (const found of matches(tuple, text)) addValue(found, 1, 2, add, true);
  for (const found of matches(pairReversed, text)) addValue(found, 2, 1, add, false);
  for (const found of matches(declared, text)) addValue(found, 1, 2, add, false);
  for (const found of matches(variable, text)) {
    const [, name = "", value = ""] = found;
    if (kindOfName(name) === "secret" && /\d/.test(value) && /[A-Za-z]/.test(value)) addValue(found, 1, 2, add, false);
  }
  findColumns(text, add);
}

function addValue(found: RegExpExecArray, nameGroup: number, valueGroup: number, add: Add, isListed: boolean): void {
  const name = found[nameGroup] ?? "";
  const value = (found[valueGroup] ?? "").trim();
  const kind = kindOfName(name);
  if (kind === "other" || saysNothing(value)) return;
  // In a list, what follows a name may be the next name.
  if (isListed && kind === "personal" && !/[\d@ ]|^\p{Lu}/u.test(value)) return;
  const [start, end] = placeOf(found, valueGroup);
  add(start, end, kind === "secret" ? labels.token : labels.private);
}

function saysNothing(value: string): boolean {
  return (
    value === "" ||
    isReason(value) ||
    isPrivateName(value) ||
    /^(?:true|false|null|none|undefined|\d{1,2})$|^\[[a-z]{2,8}\]$|^--?\w|^(?:\$[\w{(]|%[(\w]|\{\{|<)/i.test(value)
  );
}

const delimiters = [",", ";", "\t", "|"] as const;
const columnName = /^ ?["']?\p{L}[\p{L}\d_. -]{0,40}["']? ?\r?$/u;
/** Longest line that is read as names of columns, and most of them. */
const longestHeading = 1_024;
const mostColumns = 60;

/** Lines of values under a line of names: exports, imports, results of queries. */
function findColumns(text: string, add: Add): void {
  if (!text.includes("\n")) return;
  let columns: (typeof labels.token | typeof labels.private | undefined)[] | undefined;
  let delimiter: string = ",";
  let start = 0;
  for (const line of text.split("\n")) {
    if (columns) {
      const fields = fieldsOf(line, delimiter, start, columns.length);
      if (fields && fields.length === columns.length) {
        for (const [index, label] of columns.entries()) {
          const field = fields[index];
          if (label && field && !saysNothing(text.slice(field.start, field.end).trim()))
            add(field.start, field.end, label);
        }
        start += line.length + 1;
        continue;
      }
      columns = undefined;
    }
    const found = line.length <= longestHeading ? delimiters.find((sign) => isHeading(line, sign)) : undefined;
    if (found !== undefined) {
      delimiter = found;
      columns = line.split(found).map((name) => {
        const bare = name.replaceAll(/^[ "']+|[ "'\r]+$/g, "");
        const kind = /^(?:customer|client|contact|patient|guest)?[_ ]?name$/i.test(bare)
          ? "personal"
          : kindOfName(bare);
        return kind === "secret" ? labels.token : kind === "personal" ? labels.private : undefined;
      });
      if (!columns.some((label) => label !== undefined)) columns = undefined;
    }
    start += line.length + 1;
  }
}

function isHeading(line: string, delimiter: string): boolean {
  if (!line.includes(delimiter)) return false;
  const names = line.split(delimiter);
  return names.length >= 2 && names.length <= mostColumns && names.every((name) => columnName.test(name));
}

/** The fields of a line, where it has as many as the heading. */
function fieldsOf(
  line: string,
  delimiter: string,
  offset: number,
  count: number,
): { start: number; end: number }[] | undefined {
  const fields: { start: number; end: number }[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at <= line.length; at += 1) {
    const sign = line[at];
    if (sign === '"') quoted = !quoted;
    if (at < line.length && (quoted || sign !== delimiter)) continue;
    const lead = /^[ "']{0,3}/.exec(line.slice(start, start + 3))?.[0].length ?? 0;
    const tail = /["'\r ]{0,3}$/.exec(line.slice(Math.max(start + lead, at - 3), at))?.[0].length ?? 0;
    fields.push({ start: offset + Math.min(start + lead, at), end: offset + Math.max(at - tail, start + lead) });
    if (fields.length > count) return undefined;
    start = at + 1;
  }
  return fields;
}
