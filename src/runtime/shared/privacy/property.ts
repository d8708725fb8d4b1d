import { truncatedTextLength } from "../../../catalog/privacy.ts";
import { valueFits } from "../check.ts";
import type { ValueRule } from "../rule.ts";
import { isForbiddenName } from "./names.ts";
import { opaqueId, pseudonym } from "./pseudonym.ts";
import { redactText } from "./text.ts";
import { type Redacted, redact } from "./value.ts";

/** Told of each property that the catalog does not allow; the property is not sent. */
export type OnDrop = (what: string) => void;

/** A property of the catalog after its privacy class; undefined where it must not be sent. */
export function redactUnderRule(rule: ValueRule, name: string, value: unknown): Redacted | undefined {
  if (rule.privacy === "forbidden" || isForbiddenName(name)) return undefined;
  if (rule.privacy === "truncated-120") return textOf(value);
  if (!valueFits(rule, value)) return undefined;
  if (typeof value !== "string" && typeof value !== "number") return redact(value);
  switch (rule.privacy) {
    case "id":
      return opaqueId(value);
    case "hashed":
      return pseudonym(value);
    default:
      return redact(value);
  }
}

/** Start of an error's text. What was thrown may be anything. */
function textOf(value: unknown): Redacted {
  const said = value instanceof Error ? `${value.name}: ${value.message}` : value;
  const text = typeof said === "string" ? said : (JSON.stringify(redact(said)) ?? String(said));
  return redactText(text, truncatedTextLength);
}
