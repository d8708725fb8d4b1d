import { labels } from "../labels.ts";
import { isPartOfPerson, kindOfName, kindOfWords } from "../names.ts";
import { type Add, matches, placeOf } from "./found.ts";
import { saysNothing } from "./nothing.ts";

/** `<password>…</password>`, also as CDATA */
const element =
  /<([A-Za-z][\w:.-]{1,60})(?: [^<>]{0,200})?>\s{0,20}(?:<(?:value|text|string)[^<>]{0,60}>\s{0,20})?(?:<!\[CDATA\[([^<>]{1,8192}?)\]\]>|([^<>]{1,8192}))\s{0,20}<\//dg;
/** `<key>password</key><string>…`, `<th>Phone</th><td>…`, `<strong>Phone:</strong> …` */
const heading =
  />\s{0,20}([\p{L}][\p{L}\d_. '-]{1,60}?) ?[:*]?\s{0,20}<\/[A-Za-z][\w:-]{0,20}>\s{0,4}:?\s{0,20}(?:<[^<>]{1,200}>\s{0,20}){0,3}([^<>\s][^<>]{0,8191})/dgu;
/** `<input id="password" class="wide" value="…">`, `<meta name="csrf-token" content="…">`, `<textarea name="note">…` */
const field =
  /<(input|textarea|option|select|meta|param|field|property|attribute|data|output|button|span|div|td|dd|p|a|li|h[1-6]|strong|b|em|i|cite|address|time|add|setting|entry)\b([^<>]{3,1024})>(?:\s{0,20}<option\b([^<>]{3,512})>)?([^<>]{0,8192})/dgi;
const attribute = /(?<![\w-])([\w:-]{1,40})\s?=\s?(?:["']([^"'<>]{1,512})["']|([^\s"'<>=]{1,512}))/dg;
const namesField =
  /^(?:name|id|key|for|itemprop|property|formcontrolname|data-(?:field|name|key|testid|label|column))$/i;
const holdsValue = /^(?:value|content|data-value|defaultvalue)$/i;
/** Elements whose text is a field's value where an attribute names it; a button's or a link's is what it does. */
const holdsText =
  /^(?:textarea|select|option|output|span|div|td|dd|p|li|h[1-6]|strong|b|em|i|cite|address|time|field|property|data|setting|entry|param)$/i;

/** What a page says about a field. */
const explanation = /^\p{Lu}\p{Ll}*(?: [\p{Ll}'’]{1,20}){2,12}[.!?]?$/u;

/** Finds the values of private names in XML and HTML. */
export function findInMarkup(text: string, add: Add): void {
  if (!text.includes("<") || !text.includes(">")) return;
  // `<first>Ada</first><last>King</last>`
  const hasParts = /<(?:first|given)[ >]/i.test(text) && /<(?:last|family)[ >]/i.test(text);
  for (const found of matches(element, text)) {
    const name = found[1] ?? "";
    const kind = hasParts && isPartOfPerson(name) ? "personal" : kindOfName(name);
    addNamed(found, kind, found[2] === undefined ? 3 : 2, add);
  }
  for (const found of matches(heading, text)) addNamed(found, kindOfWords(found[1] ?? ""), 2, add);
  for (const found of matches(field, text)) findInField(found, add);
}

function addNamed(found: RegExpExecArray, kind: string, group: number, add: Add): void {
  const value = (found[group] ?? "").trim();
  if (kind === "other" || saysNothing(value) || explanation.test(value)) return;
  const [start, end] = placeOf(found, group);
  add(start, end, kind === "secret" ? labels.token : labels.private);
}

/** `type="password"`; a class says what the text is (`<td class="first-name">`), unless it is one of several. */
function isNamedBy(attribute: string, said: string, tag: string): boolean {
  if (/^type$/i.test(attribute)) return /^(?:password|tel)$/i.test(said);
  if (/^class(?:name)?$/i.test(attribute)) return /^(?:td|dd|span)$/i.test(tag) && kindOfName(said) === "personal";
  return namesField.test(attribute) && kindOfName(said) !== "other";
}

function findInField(found: RegExpExecArray, add: Add): void {
  const [, tag = "", inside = "", option = "", content = ""] = found;
  let name = "";
  const values: (readonly [start: number, end: number])[] = [];
  for (const group of [2, 3]) {
    const offset = found[group] === undefined ? 0 : placeOf(found, group)[0];
    for (const part of matches(attribute, group === 2 ? inside : option)) {
      const said = part[2] ?? part[3] ?? "";
      if (isNamedBy(part[1] ?? "", said, tag)) name = said;
      if (!holdsValue.test(part[1] ?? "") || saysNothing(said)) continue;
      const [start, end] = placeOf(part, part[2] === undefined ? 3 : 2);
      values.push([offset + start, offset + end]);
    }
  }
  if (name === "") return;
  const isHeading = /^(?:h[1-6]|strong|b|em|i|p)$/i.test(tag) && kindOfName(name) === "secret";
  if (holdsText.test(tag) && !isHeading && content.trim() !== "" && !saysNothing(content.trim()))
    values.push(placeOf(found, 4));
  for (const [start, end] of values) add(start, end, kindOfName(name) === "secret" ? labels.token : labels.private);
}
