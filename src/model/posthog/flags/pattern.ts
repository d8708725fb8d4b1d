import { Undetermined } from "./undetermined.ts";

/*
 * PostHog matches patterns with Rust's regex engine. Only what both engines read alike is decided here; anything else needs
 * PostHog. Source: PostHog/posthog-js, packages/core/src/featureFlagLocalEvaluation.ts.
 */

const escaped = String.raw`\\(?:x[\da-fA-F]{2}|[dDsSwWfnrtv]|[\x20-\x2f:;=?@\x5b-\x60\x7b-\x7e])`;
const inClass = String.raw`(?:\\(?:x[\da-fA-F]{2}|[dDsSwWbBfnrtv]|[\x20-\x2f:;=?@\x5b-\x60\x7b-\x7e])|(?!&&|--|~~)[\x00-\x5a\x5e-\x7f])`;
const token = new RegExp(
  String.raw`(?<escaped>${escaped})|(?<class>\[\^?${inClass}+\])|(?<open>\((?:\?:)?(?!\?))|(?<close>\))|(?<repeat>[*+?]\??|\{\d+(?:,\d*)?\}\??)|(?<anchor>[$^])|(?<or>\|)|(?<plain>[\x00-\x7f])`,
  "y",
);

/** Whether the text contains a match. An invalid pattern matches nothing: null. */
export function matchesPattern(pattern: string, text: string): boolean | null {
  if (pattern === "") return true;
  const classes = portableClasses(pattern);
  if (!classes) throw needsPostHog("the pattern");
  let expression: RegExp;
  try {
    expression = new RegExp(pattern);
  } catch {
    return null;
  }
  if (!classes.every(isStrictClass)) throw needsPostHog("a class of the pattern");
  if (!/^[^\r\x80-\uffff]*$/.test(text)) throw needsPostHog("a text that is not ASCII, or has a carriage return,");
  return expression.test(text);
}

const needsPostHog = (what: string): Undetermined =>
  new Undetermined("needs PostHog", `${what} is read differently by PostHog`, true);

/** The pattern's character classes; undefined for a pattern that the two engines may read differently. */
function portableClasses(pattern: string): string[] | undefined {
  const classes: string[] = [];
  let before = "";
  for (token.lastIndex = 0; token.lastIndex < pattern.length; ) {
    const at = token.lastIndex;
    const groups = token.exec(pattern)?.groups;
    if (!groups) return undefined;
    const { class: charClass, repeat, close, open, anchor, or, plain } = groups;
    if (plain === "\\" && at + 1 < pattern.length) return undefined;
    if (plain === "[" || plain === "{" || plain === "(") return undefined;
    if (charClass !== undefined) classes.push(charClass);
    if (repeat !== undefined) {
      if (["anchor", "empty group"].includes(before)) return undefined;
      if (repeat.startsWith("{") && ["", "or", "open"].includes(before)) return undefined;
      if ([...repeat.matchAll(/\d+/g)].some(([count]) => Number(count) > 0xffffffff)) return undefined;
      if (/^[+{]/.test(pattern.slice(token.lastIndex))) return undefined;
    }
    if (plain === "}" && /^[+{]/.test(pattern.slice(token.lastIndex))) return undefined;
    before =
      kindOf({ open, anchor, or }) ??
      (close !== undefined && ["open", "empty group"].includes(before) ? "empty group" : "other");
  }
  return classes;
}

const kindOf = (found: Readonly<Record<string, string | undefined>>): string | undefined =>
  Object.entries(found).find(([, text]) => text !== undefined)?.[0];

/** JavaScript's older syntax allows ranges such as `[\s-9]`, which Rust refuses. */
function isStrictClass(charClass: string): boolean {
  try {
    new RegExp(charClass, "u");
    return true;
  } catch {
    return false;
  }
}
