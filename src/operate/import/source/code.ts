import type { Json } from "../../../resources/kernel/json.ts";
import { sourceComment, sourceText } from "../../text/escape.ts";

/** A piece of a definition's source code. It can be printed and evaluated, so that both are known to agree. */
export type Code =
  | { readonly as: "value"; readonly value: string | number | boolean | null }
  | { readonly as: "list"; readonly items: readonly Code[] }
  | { readonly as: "object"; readonly entries: readonly Entry[]; readonly layout: Layout }
  | { readonly as: "call"; readonly name: string; readonly args: readonly Code[] }
  | { readonly as: "name"; readonly name: string };

export interface Entry {
  readonly key: string;
  readonly code: Code;
  /** Comments above it, one per line. */
  readonly comments?: readonly string[];
}

/** "fit": on one line where there is room. "lines": one entry a line. "paragraphs": with blank lines between them. */
type Layout = "fit" | "lines" | "paragraphs";

export const call = (name: string, ...args: readonly Code[]): Code => ({ as: "call", name, args });
export const nameCode = (name: string): Code => ({ as: "name", name });
export const list = (items: readonly Code[]): Code => ({ as: "list", items });
export const object = (entries: readonly Entry[], layout: Layout = "fit"): Code => ({ as: "object", entries, layout });

/** An object without the entries whose value is undefined. */
export const options = (fields: Readonly<Record<string, Code | undefined>>, layout: Layout = "fit"): Code =>
  object(
    Object.entries(fields).flatMap(([key, code]) => (code === undefined ? [] : [{ key, code }])),
    layout,
  );

export function json(value: Json): Code {
  if (Array.isArray(value)) return list(value.map(json));
  if (typeof value !== "object" || value === null) return { as: "value", value };
  return object(Object.entries(value).map(([key, item]) => ({ key, code: json(item) })));
}

/** Prints it as TypeScript. Line breaks are left to the formatter. */
export function print(code: Code): string {
  switch (code.as) {
    case "value":
      return typeof code.value === "string" ? text(code.value) : JSON.stringify(code.value);
    case "list":
      return `[${code.items.map(print).join(", ")}]`;
    case "call":
      return `${code.name}(${code.args.map(print).join(", ")})`;
    case "name":
      return code.name;
    case "object":
      return printObject(code);
  }
}

function printObject({ entries, layout }: Extract<Code, { as: "object" }>): string {
  const hasComments = entries.some(({ comments = [] }) => comments.length > 0);
  const between = layout === "paragraphs" ? ",\n\n" : layout === "lines" || hasComments ? ",\n" : ", ";
  const [start, end] = between === ", " ? ["{ ", " }"] : ["{\n", ",\n}"];
  return entries.length === 0 ? "{}" : `${start}${entries.map(printEntry).join(between)}${end}`;
}

export const printEntry = ({ key, code, comments = [] }: Entry): string =>
  `${comments.map((one) => `// ${sourceComment(one)}\n`).join("")}${printKey(key)}: ${print(code)}`;

/** The formatter removes unneeded quotes; `__proto__` is an ordinary key only in brackets. */
export const printKey = (key: string): string => (key === "__proto__" ? `["__proto__"]` : sourceText(key));

/** A text of several lines as a list of them, as a person would write it. */
function text(value: string): string {
  const lines = value.split("\n");
  return lines.length < 2 ? sourceText(value) : `[\n${lines.map(sourceText).join(",\n")},\n].join("\\n")`;
}

/** Evaluates it, with the values of its names. */
export function workOut(code: Code, names: Readonly<Record<string, unknown>>): unknown {
  switch (code.as) {
    case "value":
      return code.value;
    case "list":
      return code.items.map((item) => workOut(item, names));
    case "object":
      return Object.fromEntries(code.entries.map(({ key, code }) => [key, workOut(code, names)]));
    case "name":
      return names[code.name];
    case "call": {
      const made = names[code.name];
      if (typeof made !== "function") throw new Error(`${code.name} is no function`);
      return made(...code.args.map((one) => workOut(one, names)));
    }
  }
}

/** Names that have to be imported. */
export function namesIn(code: Code): Set<string> {
  switch (code.as) {
    case "value":
      return new Set();
    case "list":
      return new Set(code.items.flatMap((item) => [...namesIn(item)]));
    case "object":
      return new Set(code.entries.flatMap((entry) => [...namesIn(entry.code)]));
    case "name":
      return new Set([code.name]);
    case "call":
      return new Set([code.name, ...code.args.flatMap((one) => [...namesIn(one)])]);
  }
}
