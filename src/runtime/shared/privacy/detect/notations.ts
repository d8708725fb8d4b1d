import { labels } from "../labels.ts";
import { isPrivateAlone, kindOfName, kindOfWords } from "../names.ts";
import { findColumns } from "./columns.ts";
import { type Add, matches, placeOf } from "./found.ts";
import { findInMarkup } from "./markup.ts";
import { saysNothing } from "./nothing.ts";

/*
 * Names and values that are set apart by more than a sign. Each pattern has the name as its first group and the value as
 * its second.
 */

/** `--token abc`, `-H` is none */
const option = /(?<![\w-])--?([A-Za-z][\w-]{1,40})[ =]{1,2}([^\s"'-][^\s"']{1,511})/dg;
const quotedOption = /(?<![\w-])--?([A-Za-z][\w-]{1,40})[ =]{1,2}["']([^"'\n]{2,512})["']/dg;
/** `"name": "authorization", "value": "…"`, `"path": ["email"], "message": "…", "received": "…"`, with other fields between. */
const pair =
  /["']?\b(?:name|key|header|field|property|attribute|param|parameter|column|path|loc|k|id)["']?\s?[:=]\s?(?:\[\s?(?:["'][\w.-]{1,40}["'],\s?){0,4})?["']\/?([\w./$[\]-]{1,64})["']\s?\]?(?:,\s{0,8}["']?(?!val|content|data|v\b|example|sample|default|received|old|new|before|after|from|to|input|previous|current|actual|rejected)\w{1,20}["']?\s?:\s?(?:["'][^"'\n]{0,120}["']|[\w.-]{1,40})|\s{1,8}(?!val|content)[\w-]{1,16}\s?=\s?["'][^"'<>\n]{0,40}["']){0,4}\s{0,4},?\s{0,8}["']?(?:value|val|v|content|data|received|old|new|before|after|from|to|input|previous|current|actual|example|sample|default|(?:old|new|rejected|previous|current|string|default)_?value)["']?\s?[:=]\s?(?:\{\s?["']?\w{0,12}value["']?\s?:\s?)?["']?([^"'<>\n]{1,8192})/dgi;
/** What such a pair goes on with: `"old": "…", "new": "…"` */
const pairGoesOn =
  /^["']?\s{0,4},\s{0,8}["']?(?:value|new|after|to|current|actual|(?:new|current)_?value)["']?\s?:\s?["']?([^"'<>\n]{1,8192})/di;
/** The same the other way round. */
const pairReversed =
  /(?<![\w])["']?(?:value|val|v|input|received|rejected_?value)["']?\s?[:=]\s?["']([^"'<>\n]{1,512})["'](?:,\s{0,8}["']?(?!name\b|key\b|path\b|field\b|param\b)\w{1,20}["']?\s?:\s?(?:["'][^"'\n]{0,120}["']|[\w.-]{1,40})){0,3}\s{0,4},?\s{0,8}["']?(?:name|key|header|field|path|param|property|k)["']?\s?[:=]\s?["']([\w.$[\]-]{1,64})["']/dgi;
/** `'…' for key 'users.email'`, `"…" for column "birth_date"` */
const valueFirst =
  /["'`]([^"'`\n]{1,512})["'`] (?:for|in|of|on|as) (?:the )?(?:key|column|field|attribute|property|parameter|input|header|index|constraint) ["'`]?([\w.$-]{1,64})/dg;
const formData =
  /(?<![\w-])name="([\w.[\]$-]{1,64})"(?:; ?[^\r\n]{1,200})?(?:\r?\n[\w-]{1,40}: [^\r\n]{1,200}){0,3}(?:\r?\n){1,2}([^\r\n]{1,8192})/dgi;
/** `["authorization", "Bearer …"]`, `(b'cookie', b'…')`, and a list of names and values in turn */
const tuple = /(?<=[[,({]\s?)b?["'](-{0,2}[A-Za-z][\w.$ -]{0,63})["']\s?(?:,|=>)\s?(?=b?["']([^"'\n]{1,8192})["'])/dg;
/** `"name: REDIS_URL\n  value: …"` of a manifest */
const manifest = /\b(?:name|key): ?["']?([\w.-]{1,64})["']?\s{1,10}value: ?["']?([^\s"'][^"'\n]{1,511})/dg;
/** `ENV REDIS_PASS value`, `export API_TOKEN value` */
const declared =
  /(?<![\w$])(?:ENV|ARG|setx|setenv|export|fly secrets set|config:set)[ \t]{1,4}((?:[A-Z][A-Z\d]{0,20}_){0,5}[A-Z\d]{2,20})[ \t]{1,4}["']?([^\s:="']{3,512})/dg;
const variable = /(?<![\w$])((?:[A-Z][A-Z\d]{0,20}_){1,5}[A-Z\d]{2,20})[ \t]["']?([^\s:="']{4,512})/dg;
/** PHP's dumps: `["password"]=> string(9) "…"` */
const dumped = /\["([\w.$-]{1,64})"\]\s?=>\s{0,8}(?:string|int|float)\(\d{0,5}\)? ?"?([^"\n]{1,512})/dg;

/** `| name | value |` of a table */
const cell =
  /[|│┃] {0,8}["'`]?([A-Za-z][\w. -]{1,40}?)["'`]? {0,20}(?=[|│┃] {0,8}["'`]?([^|│┃\s"'`][^|│┃\n]{0,254}?)["'`]? {0,40}[|│┃])/dg;
/** `name | value` on a line of its own, as psql shows a row */
const line = /(?:^|\n) {0,2}([A-Za-z][\w.]{1,60}) {0,60}\| {1,2}([^|\s][^|\n]{0,1023})(?=\n|$)/dg;
/** Redis's answers: `1) "password"` and `2) "…"` */
const counted = /\d{1,4}\) ["']([\w.:$-]{1,64})["']\s{1,8}\d{1,4}\) ["']([^"'\n]{1,8192})/dg;
/** `secret set NAME --body "…"`, `config set name …` */
const stored =
  /\b(?:secrets?|config|configure|variables?|env)[ :](?:set|put|add|create|update)\b(?: --?[\w-]{1,30}(?:=\S{1,60})?){0,3} ["']?(?:[\w.-]{1,30}:)?([\w./-]{2,64})["']?(?: --?(?:body|value|data|text|plaintext|b|v))?[ =]["']?([^\s"'-][^\s"']{2,2048})/dg;
const storedSecret =
  /\bsecrets?\b[^\n]{0,120}? --(?:value|secret-string|body|data)[ =]["']?([^\s"'-][^\s"']{2,2048})/dg;
/** `850302-1234 is not a valid personnummer`, `“41555” is an invalid phone number` */
const refused =
  /(?<![\w.-])(?:["'“‘`]([^"'”’`\n]{3,256})["'”’`]|([^\s"'`,;]{5,64})) (?:is|was) (?:not )?an? (?:in|un)?(?:valid|known|supported|registered) ((?:[\p{L}-]{2,24} ?){1,4})/dgu;
/** `/reset-password/…`, `/invite/…`: the link itself opens something */
const segment = /\/([A-Za-z][\w-]{2,40})(?=\/([^\s/?#"'<>()&;,]{8,512}))/dg;
const opening =
  /^(?:(?:[a-z]+[-_])?(?:reset|recover|verify|verification|confirm|confirmation|activate|activation|invite|invitation|magic|unlock|unsubscribe|join|share|shared|token|otp)(?:[-_](?:password|email|link|account|token|user|phone))?|password-reset|invites|invitations)$/i;
/** `set password to …`, `changed first_name to "…"` */
const changed =
  /\b(?:set|setting|change[ds]?|changing|update[ds]?|updating|reset|rotate[ds]?|rename[ds]?)(?: (?:the|your|my|their|his|her|user))? ([A-Za-z][\w-]{1,40}(?: (?:name|address|number|code|key|date))?) (?:to|as|=) ["'`]?([^\s"'`,;]{3,256})/dgi;
/** `invalid first_name "…"`, `last name '…'` */
const beside =
  /(?<![\w"'`.-])((?:[A-Za-z][\w-]{1,24} ){0,2}[A-Za-z][\w-]{2,40}) (?:["'`]|\(["'`])([^"'`\n]{2,256})["'`]/dg;
/** `phone (415…)`, `token [abc…]`: only what no remark would be */
const bracketed = /(?<![\w"'`.-])((?:[A-Za-z][\w-]{1,24} ){0,2}[A-Za-z][\w-]{2,40}) [([<]([^()[\]<>\n]{2,256})[)\]>]/dg;
const fileAndLine = /\.[a-z]{1,5}(?::\d{1,7}){1,2}$/;
/** SQL: `phone ILIKE '%…%'`, `email IN ('…', '…')`, `dob > '…'` */
const condition =
  /(?<![\w.])(?:[\w"]{1,40}\.)?["`]?([A-Za-z_]\w{0,60})["`]?\)?(?:::\w{1,20})? {0,2}(?:(?:NOT )?(?:I?LIKE|SIMILAR TO|BETWEEN)|(?:NOT )?IN|<>|!=|[<>]=?|~\*?|@@|= ?ANY) {0,2}(?:\( {0,2}(?:ARRAY\[)?)?[EN]?'([^\n]{1,512}?)'(?=[^'\w]*(?:[\n;)\]]|$| (?:AND|OR|ORDER|LIMIT|GROUP|FOR|RETURNING)\b))/dgi;
/** `setPassword("…")`, `withToken('…')`, `SecretStr("…")` */
const called =
  /(?<![A-Za-z])(?:set|with|use|update|verify|check|login|new )?([A-Z][A-Za-z]{2,40})\(["'`]([^"'`\n]{2,256})["'`]/dg;

/** `passwd("…")`, `token('…')`: of a secret, since `email("required")` may be a rule. */
const calledPlainly = /(?<![\w.])([a-z][A-Za-z_]{2,40})\(["'`]([^"'`\n]{3,256})["'`]\)/dg;

/** `res.cookie("refresh", "…")`, `cookies().set('sid', '…')`: whatever it is called */
const cookieSet =
  /\bcookies?(?:Store)?(?:\(\))?(?:\.set)?\( ?["'`]([\w.-]{1,64})["'`], ?["'`]([^"'`\n]{2,4096})["'`]/dgi;

/** Supabase's and other builders' conditions: `.ilike('last_name', '%…%')`, `.filter("email", "eq", "…")` */
const queried =
  /\.(?:n?eq|[gl]te?|i?like(?:(?:All|Any)Of)?|is|in|contains|containedBy|overlaps|range\w{2,8}|textSearch|match|not|filter|(?:and|or)?where\w{0,12}|filter_by)\(\s?\[?["'`](?:[\w$]{1,40}(?:\.|->>?))?([\w$]{1,60})["'`], ?(?:["'`](?:not\.)?(?:n?eq|[gl]te?|i?like|is|in|cs|cd|ov|fts|plfts|phfts|wfts|=|<>|!=|[<>]=?|(?:not )?i?like)["'`], ?)?[[(]?["'`](?!["'`])([^"'`\n]{1,512})["'`]/dgi;

/** What the name of an index adds to the column's. */
const ofIndex = /_(?:unique|uniq|key|idx|index|pkey|check|\d{1,2})$/i;

const patterns: readonly RegExp[] = [option, manifest, stored];
const quoted: readonly RegExp[] = [quotedOption, formData, dumped, counted];

/** Finds the values of private names in command lines, markup, lists of pairs, forms, manifests and tables. */
export function findNotations(text: string, add: Add): void {
  for (const pattern of patterns) {
    for (const found of matches(pattern, text)) addValue(found, 1, 2, add, false);
  }
  if (/["'`]/.test(text)) findQuoted(text, add);
  if (/[|│┃]/.test(text)) {
    addPlainest(cell, text, add);
    for (const found of matches(line, text)) addValue(found, 1, 2, add, false);
  }
  addPlainest(changed, text, add);
  for (const found of matches(refused, text)) {
    const group = found[1] === undefined ? 2 : 1;
    const value = found[group] ?? "";
    const words = (found[3] ?? "").trim().split(" ");
    const kinds = words.map((_, index) => kindOfWords(words.slice(0, index + 1).join(" ")));
    const kind = kinds.find((one) => one !== "other");
    if (kind !== undefined && (group === 1 || /\d/.test(value)) && !saysNothing(value))
      add(...placeOf(found, group), kind === "secret" ? labels.token : labels.private);
  }
  for (const found of matches(storedSecret, text)) add(...placeOf(found, 1), labels.token);
  for (const found of matches(segment, text)) {
    const [, name = "", value = ""] = found;
    if (
      opening.test(name) &&
      !/^[A-Za-z]+(?:[-_][A-Za-z]+){0,4}[-_]?\d{0,6}$/.test(value) &&
      /[A-Za-z]/.test(value) &&
      (/\d/.test(value) || /[a-z][A-Z][a-z]/.test(value))
    )
      add(...placeOf(found, 2), labels.token);
  }
  for (const found of matches(declared, text)) addValue(found, 1, 2, add, false);
  for (const found of matches(variable, text)) {
    const [, name = "", value = ""] = found;
    if (kindOfName(name) === "secret" && /\d/.test(value) && /[A-Za-z]/.test(value)) addValue(found, 1, 2, add, false);
  }
  for (const found of matches(bracketed, text)) {
    const [, name = "", value = ""] = found;
    const kind = kindOfWords(name);
    const isOne =
      kind === "secret"
        ? /^(?=.*\d)(?=.*[A-Za-z])[^\s,]{6,}$/.test(value)
        : /\d{5}|@|\d{3}[ ).-]{1,2}\d{3}|^\p{Lu}\p{Ll}{1,30}(?: \p{Lu}[\p{L}'’.-]{1,30}){1,3}$/u.test(value);
    if (kind !== "other" && isOne && !saysNothing(value) && !fileAndLine.test(value))
      add(...placeOf(found, 2), kind === "secret" ? labels.token : labels.private);
  }
  findInMarkup(text, add);
  findColumns(text, add);
}

/** Those that quotes set apart. */
function findQuoted(text: string, add: Add): void {
  for (const pattern of quoted) {
    for (const found of matches(pattern, text)) addValue(found, 1, 2, add, false);
  }
  for (const found of matches(tuple, text)) addValue(found, 1, 2, add, true);
  for (const found of matches(pair, text)) {
    if (!addValue(found, 1, 2, add, false)) continue;
    const end = found.index + found[0].length;
    const more = pairGoesOn.exec(text.slice(end, end + 8_300));
    const [start, last] = more ? placeOf(more, 1) : [0, 0];
    if (more && !saysNothing(more[1] ?? "")) add(end + start, end + last, labels.private);
  }
  for (const found of matches(pairReversed, text)) addValue(found, 2, 1, add, false);
  for (const found of matches(valueFirst, text)) {
    const name = found[2] ?? "";
    const whole = kindOfName(name);
    const kind = whole === "other" ? kindOfName(name.replace(ofIndex, "")) : whole;
    if (kind !== "other" && !saysNothing(found[1] ?? ""))
      add(...placeOf(found, 1), kind === "secret" ? labels.token : labels.private);
  }
  for (const found of matches(condition, text)) {
    const [, name = "", value = ""] = found;
    const kind = /^name$/i.test(name) ? "personal" : kindOfName(name);
    if (kind === "other" || !/[\p{L}\p{N}]/u.test(value) || (/^[%$:]\w+$/.test(value) && !value.startsWith("%")))
      continue;
    add(...placeOf(found, 2), kind === "secret" ? labels.token : labels.private);
  }
  for (const pattern of [beside, called]) addPlainest(pattern, text, add);
  for (const found of matches(calledPlainly, text)) {
    if (kindOfName(found[1] ?? "") === "secret" && /^\S*\d\S*$/.test(found[2] ?? "")) addValue(found, 1, 2, add, true);
  }
  for (const found of matches(queried, text)) {
    const [, name = "", value = ""] = found;
    if ((/^name$/i.test(name) || isPrivateAlone(name) || kindOfName(name) !== "other") && !saysNothing(value))
      add(...placeOf(found, 2), kindOfName(name) === "secret" ? labels.token : labels.private);
  }
  for (const found of matches(cookieSet, text)) add(...placeOf(found, 2), labels.token);
}

/** Where nothing but a blank is between: a plain word may be a state, or the name of something. */
function addPlainest(pattern: RegExp, text: string, add: Add): void {
  for (const found of matches(pattern, text)) {
    const [, name = "", value = ""] = found;
    if (/[\d_-]|[a-z][A-Z]|[^ -~]/.test(value) || (/passw|pwd|name/i.test(name) && !/^[a-z]+$/.test(value)))
      addValue(found, 1, 2, add, true);
  }
}

function addValue(found: RegExpExecArray, nameGroup: number, valueGroup: number, add: Add, isListed: boolean): boolean {
  const name = (found[nameGroup] ?? "").replace(/^.{0,50}\b(?:with|for|of|to|by|using) /i, "");
  const value = (found[valueGroup] ?? "").trim();
  const kind = name.includes(" ") ? kindOfWords(name) : kindOfName(name);
  if (kind === "other" || saysNothing(value)) return false;
  // In a list, what follows a name may be the next name.
  if (isListed && kind === "personal" && !/[\d@ ]|^\p{Lu}/u.test(value)) return false;
  const [start, end] = placeOf(found, valueGroup);
  add(start, end, kind === "secret" ? labels.token : labels.private);
  return true;
}
