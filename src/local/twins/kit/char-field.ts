import type { z } from "zod";

/** Whitespace of Python's `str.isspace`; JavaScript's `trim` differs (it has U+FEFF, but not U+001C or U+0085). */
const space = String.raw`[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const [leading, isSpace] = [new RegExp(`^${space}+`), new RegExp(space)];

/** `str.strip`, which a CharField applies before its validators (`trim_whitespace`). */
export function strip(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end).replace(leading, "");
}

/**
 * The validators of Django REST framework's CharField, in their order and with their messages. Python counts code points,
 * so that an emoji is one character.
 */
export function charField(max = Number.POSITIVE_INFINITY, tooLong?: string) {
  return ({ value, issues }: z.core.ParsePayload<string>): void => {
    const message = tooLong ?? `Ensure this field has no more than ${max} characters.`;
    if ([...value].length > max)
      issues.push({ code: "too_big", origin: "string", maximum: max, input: value, message });
    else if (value.includes("\0"))
      issues.push({ code: "custom", input: value, message: "Null characters are not allowed." });
    else if (!value.isWellFormed()) {
      const half = /\p{Surrogate}/u.exec(value)?.[0].charCodeAt(0).toString(16).toUpperCase();
      issues.push({ code: "custom", input: value, message: `Surrogate characters are not allowed: U+${half}.` });
    }
  };
}
