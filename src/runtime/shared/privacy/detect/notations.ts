import { labels } from "../labels.ts";
import { kindOfName } from "../names.ts";
import { findColumns } from "./columns.ts";
import { type Add, matches, placeOf } from "./found.ts";
import { saysNothing } from "./nothing.ts";

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
  /(?<![\w-])name="([\w.[\]$-]{1,64})"(?:; ?[^\r\n]{1,200})?(?:\r?\n[\w-]{1,40}: [^\r\n]{1,200}){0,3}(?:\r?\n){1,2}([^\r\n]{1,8192})/dgi;
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

/** `| name | value |` of a table */
const cell = /\| {0,8}["'`]?([A-Za-z][\w.-]{1,40})["'`]? {0,20}(?=\| {0,8}([^|\s][^|\n]{0,254}?) {0,40}\|)/dg;
/** `set password to …`, `changed first_name to "…"` */
const changed =
  /\b(?:set|setting|change[ds]?|changing|update[ds]?|updating|reset|rotate[ds]?|rename[ds]?)(?: (?:the|your|my|their|his|her|user))? ([A-Za-z][\w-]{1,40}(?: (?:name|address|number|code|key|date))?) (?:to|as|=) ["'`]?([^\s"'`,;]{3,256})/dgi;
/** `invalid first_name "…"`, `last name '…'` */
const beside =
  /(?<![\w"'`.-])([A-Za-z][\w-]{2,40}(?: (?:name|address|number|date|of birth))?) (?:["'`]|\(["'`])([^"'`\n]{2,256})["'`]/dg;
/** SQL: `phone ILIKE '%…%'`, `email IN ('…', '…')`, `dob > '…'` */
const condition =
  /(?<![\w.])(?:[\w"]{1,40}\.)?["`]?([A-Za-z_]\w{0,60})["`]?\)?(?:::\w{1,20})? {0,2}(?:(?:NOT )?(?:I?LIKE|SIMILAR TO|BETWEEN)|(?:NOT )?IN|<>|!=|[<>]=?|~\*?|@@|= ?ANY) {0,2}(?:\( {0,2}(?:ARRAY\[)?)?[EN]?'([^\n]{1,512}?)'(?=[^'\w]*(?:[\n;)\]]|$| (?:AND|OR|ORDER|LIMIT|GROUP|FOR|RETURNING)\b))/dgi;
/** `setPassword("…")`, `withToken('…')`, `SecretStr("…")` */
const called =
  /(?<![A-Za-z])(?:set|with|use|update|verify|check|login|new )?([A-Z][A-Za-z]{2,40})\(["'`]([^"'`\n]{2,256})["'`]/dg;

/** `res.cookie("refresh", "…")`, `cookies().set('sid', '…')`: whatever it is called */
const cookieSet =
  /\bcookies?(?:Store)?(?:\(\))?(?:\.set)?\( ?["'`]([\w.-]{1,64})["'`], ?["'`]([^"'`\n]{2,4096})["'`]/dgi;

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
  for (const found of matches(condition, text)) {
    const [, name = "", value = ""] = found;
    const kind = /^name$/i.test(name) ? "personal" : kindOfName(name);
    if (kind === "other" || !/[\p{L}\p{N}]/u.test(value) || (/^[%$:]\w+$/.test(value) && !value.startsWith("%")))
      continue;
    add(...placeOf(found, 2), kind === "secret" ? labels.token : labels.private);
  }
  for (const pattern of [beside, changed, called, cell]) {
    for (const found of matches(pattern, text)) {
      const [, name = "", value = ""] = found;
      // A plain word may be a state, or the name of something.
      if (/[\d_-]|[a-z][A-Z]|[^ -~]/.test(value) || (/passw|pwd|name/i.test(name) && !/^[a-z]+$/.test(value)))
        addValue(found, 1, 2, add, true);
    }
  }
  for (const found of matches(cookieSet, text)) add(...placeOf(found, 2), labels.token);
  findInElements(text, add);
  findColumns(text, add);
}

/** `<input id="password" class="wide" value="…">`, `<meta name="csrf-token" content="…">` */
const fieldOfForm = /<(?:input|textarea|option|meta|param|field|property|attribute|data)\b([^<>]{3,1024})/gi;
const attribute = /(?<![\w-])([\w:-]{1,40})\s?=\s?["']([^"'<>]{1,512})["']/dg;

function findInElements(text: string, add: Add): void {
  for (const { 0: whole, 1: inside = "", index } of matches(fieldOfForm, text)) {
    const offset = index + whole.length - inside.length;
    let name = "";
    let value: readonly [start: number, end: number] | undefined;
    for (const found of matches(attribute, inside)) {
      const [, key = "", said = ""] = found;
      if (/^(?:name|id|key|property|formcontrolname)$/i.test(key) && kindOfName(said) !== "other") name = said;
      if (/^(?:value|content)$/i.test(key) && !saysNothing(said)) value = placeOf(found, 2);
    }
    if (name !== "" && value)
      add(offset + value[0], offset + value[1], kindOfName(name) === "secret" ? labels.token : labels.private);
  }
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
