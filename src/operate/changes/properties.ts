import { object } from "../../insights/define/check/json.ts";
import { pathKeys } from "../plan/path.ts";
import type { Change } from "../plan/plan.ts";
import { code, list, type Phrase, plain, say } from "../text/phrase.ts";

const shownPaths = 8;

/** "`budget` 20 → 360" for each property that differs; for a possible secret only that it changes. */
export function propertyWords(change: Change, paths: readonly string[]): Phrase[] {
  const values = (path: string) =>
    change.kind === "changed" || change.kind === "replaced"
      ? [change.before, change.after].map(({ inputs }) => shownValue(change.type, path, inputs))
      : [];
  const lines = paths.map((path) => {
    const [before, after] = values(path);
    return before === undefined || after === undefined ? code(path) : say`${code(path)} ${before} → ${after}`;
  });
  const isTold = (phrase: Phrase): boolean => phrase.parts.length > 1;
  const bare = lines.filter((phrase) => !isTold(phrase));
  const shown = bare.slice(0, shownPaths);
  const left = bare.length - shown.length;
  const all = left > 0 ? [...shown, plain(`${left} more`)] : shown;
  return [
    ...lines.filter(isTold).slice(0, shownPaths),
    ...(bare.length === 0 ? [] : [say`${list(all)} ${bare.length === 1 ? "changes" : "change"}`]),
  ];
}

/** Properties whose text is never a secret: names. */
const names = new Set(["name", "databaseName", "slug", "platform", "mode"]);

/** What people write for each other: an event's meaning, an annotation's text, whom a flag is for and who else has a say in it. */
const writings = new Set(["description", "rewrittenByHand", "meaning", "operator", "variant"]);
const listsOfWritings = new Set(["experiments", "scheduledChanges"]);
const hasWritings = (type: string): boolean => /posthog:(EventDefinitions|Annotation|FeatureFlag)$/.test(type);
const mostCharacters = 80;

/** Undefined: it might be a secret. */
function shownValue(type: string, path: string, inputs: Readonly<Record<string, unknown>>): string | undefined {
  const keys = pathKeys(path);
  const value = keys.reduce<unknown>((inside, key) => object(inside)[key], inputs);
  if (value === undefined) return "none";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return undefined;
  const isWriting = writings.has(String(keys.at(-1))) || listsOfWritings.has(String(keys[0]));
  if (hasWritings(type) && isWriting) return `“${shortened(value)}”`;
  return names.has(path) ? `“${value}”` : undefined;
}

const shortened = (text: string): string =>
  text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters - 1).trimEnd()}…`;
