import { labels } from "../labels.ts";
import { isPartOfPerson, isPerson, kindOfName, type NameKind } from "../names.ts";
import type { Add } from "./found.ts";
import { saysNothing } from "./nothing.ts";

const delimiters = [",", ";", "\t", "|"] as const;
const columnName = /^ {0,20}["']?\p{L}[\p{L}\d_. -]{0,60}["']? ?\r?$/u;
/** Longest line that is read as names of columns, and most of them. */
const longestHeading = 1_024;
const mostColumns = 60;

/** Lines of values under a line of names: exports, imports, results of queries. */
export function findColumns(text: string, add: Add): void {
  let columns: NameKind[] | undefined;
  let names: string[] = [];
  let delimiter: string = ",";
  let start = 0;
  for (const line of text.split("\n")) {
    // The line between a table's names and its values
    if (columns && /^[-+|: ]{3,1024}$/.test(line)) {
      start += line.length + 1;
      continue;
    }
    if (columns) {
      const fields = fieldsOf(line, delimiter, start, columns.length);
      if (fields && isRowOf(fields.length, columns.length, line, delimiter)) {
        for (const [index, kind] of columns.entries()) {
          const field = fields[index];
          const value = field ? text.slice(field.start, field.end).trim() : "";
          if (kind === "other" || !field || saysNothing(value)) continue;
          if (isPerson(names[index] ?? "") && /\d/.test(value)) continue;
          add(field.start, field.end, kind === "secret" ? labels.token : labels.private);
        }
        start += line.length + 1;
        continue;
      }
      columns = undefined;
    }
    if (line.length <= longestHeading) findPersonInRow(line, start, add);
    // `row 14: id;first_name;phone`, not the list of a sentence
    const listed = line.slice(line.lastIndexOf(": ") + 1);
    const heading = /[,;|] /.test(listed) ? line : listed;
    const found = line.length <= longestHeading ? delimiters.find((sign) => isHeading(heading, sign)) : undefined;
    if (found !== undefined) {
      delimiter = found;
      names = heading.split(found).map((name) => name.replaceAll(/^[ "']+|[ "'\r]+$/g, ""));
      const isOfPeople = names.some((name) => reachedBy.test(name));
      columns = names.map((name) => (isOfPeople && isPartOfPerson(name) ? "personal" : kindOfColumn(name)));
      if (columns.every((kind) => kind === "other")) columns = undefined;
    }
    start += line.length + 1;
  }
}

/** Beside these, a column `first` has names. */
const reachedBy = /^(?:e-?mail|phone|mobile|cell|tel)(?:[_ -]?(?:address|number))?$/i;

/** `client` has a person's name, if not their number. */
function kindOfColumn(name: string): NameKind {
  return /^(?:customer|client|contact|patient|guest)?[_ ]?name$/i.test(name) || isPerson(name)
    ? "personal"
    : kindOfName(name);
}

const address = /^["' ]{0,3}(?:[^\s@"',;|]{1,64}@[^\s@"',;|]{1,190}|\+\d(?:[ ().-]{0,2}\d){7,14})["' ]{0,3}$/;
const person = /^\p{Lu}[\p{L}'’.-]{1,30}(?:,? \p{Lu}[\p{L}'’.-]{0,30}){0,3}$/u;

/** `row 3 (ada@example.org, Ada, …)`: a row within brackets, or behind what names it. */
function unbracketed(line: string, { start, end }: { start: number; end: number }): { start: number; end: number } {
  const value = line.slice(start, end);
  const lead = /^[^()[\]]{0,80}[(["']{1,3}/.exec(value)?.[0].length ?? 0;
  const inside = value.slice(lead);
  return { start: start + lead, end: start + lead + (/^[^()[\]]*/.exec(inside)?.[0].length ?? 0) };
}

/** A line of an export without its heading: where a field is an e-mail address, the names beside it are a person's. */
function findPersonInRow(line: string, offset: number, add: Add): void {
  if (!/[@+]|\[(?:email|phone)\]/.test(line)) return;
  for (const delimiter of delimiters) {
    const fields = line.includes(delimiter)
      ? fieldsOf(line, delimiter, 0, mostColumns)?.map((at) => unbracketed(line, at))
      : undefined;
    if (!fields || fields.length < 3) continue;
    const values = fields.map(({ start, end }) => line.slice(start, end));
    // A sentence has blanks after its commas, and a phone number that is not beside a name.
    const isReached = (value: string) =>
      value === labels.email || value.includes("@")
        ? value === labels.email || address.test(value)
        : !line.includes(`${delimiter} `) && (value === labels.phone || address.test(value));
    if (!values.some(isReached)) continue;
    for (const [index, value] of values.entries()) {
      const field = fields[index];
      const lead = /^(?:row|line|record)? ?#?\d{0,6}: ?["']?/i.exec(value)?.[0].length ?? 0;
      const name = value.slice(lead);
      if (field && person.test(name) && !saysNothing(name))
        add(offset + field.start + lead, offset + field.end, labels.private);
    }
    return;
  }
}

function isHeading(line: string, delimiter: string): boolean {
  if (!line.includes(delimiter)) return false;
  const names = line.split(delimiter);
  return (
    names.length >= 2 &&
    names.length <= mostColumns &&
    names.every((name, index) => columnName.test(name) || isOutside(name, index, names.length))
  );
}

/** Before the first sign and behind the last of `| id | phone |`. */
function isOutside(name: string, index: number, count: number): boolean {
  return name.trim() === "" && (index === 0 || index === count - 1) && count > 3;
}

/** As many fields as names; where no blanks follow the signs, it is a table's line though it has some more or less. */
function isRowOf(fields: number, columns: number, line: string, delimiter: string): boolean {
  if (fields === columns) return true;
  return columns >= 3 && fields >= 3 && Math.abs(fields - columns) <= 2 && !line.includes(`${delimiter} `);
}

/** The fields of a line, where it has about as many as the heading. */
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
    if (fields.length > count + 2) return undefined;
    start = at + 1;
  }
  return fields;
}
