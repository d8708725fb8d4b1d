import type { z } from "zod";

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
