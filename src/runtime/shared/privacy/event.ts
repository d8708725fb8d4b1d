import { truncatedTextLength } from "../../../catalog/privacy.ts";
import { eventRules } from "../catalog.ts";
import { valueFits } from "../check.ts";
import type { ValueRule } from "../rule.ts";
import { isForbiddenName } from "./names.ts";
import { redactPerson } from "./person.ts";
import { opaqueId, pseudonym } from "./pseudonym.ts";
import { redactText } from "./text.ts";
import { type Redacted, redact } from "./value.ts";

/** Told of each property that the catalog does not allow; the property is not sent. */
export type OnDrop = (what: string) => void;

/**
 * The properties of an event as they may leave: each after its privacy class, without those that the catalog does not
 * allow. PostHog's own properties (`$…`) are not the catalog's; they pass redacted.
 */
export function redactProperties(
  event: string,
  properties: Readonly<Record<string, unknown>>,
  onDrop: OnDrop,
): Record<string, Redacted> {
  const rules = Object.hasOwn(eventRules, event) ? eventRules[event] : undefined;
  if (!rules && !event.startsWith("$")) onDrop(redactText(event, 80));
  const kept: [string, Redacted][] = [];
  for (const name of Object.keys(properties)) {
    const value = properties[name];
    if (value === undefined) continue;
    const rule = rules && Object.hasOwn(rules, name) ? rules[name] : undefined;
    const result = rule ? underRule(rule, name, value) : name.startsWith("$") ? ofPosthog(name, value) : undefined;
    if (result === undefined) onDrop(`${redactText(event, 80)}.${redactText(name, 80)}`);
    else kept.push([name, result]);
  }
  return Object.fromEntries(kept);
}

/** A property of the catalog after its class; undefined where it must not be sent. */
function underRule(rule: ValueRule, name: string, value: unknown): Redacted | undefined {
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

/** PostHog's ids (`$device_id`, `$session_id`, `$anon_distinct_id`) stay joinable; all else is redacted like any data. */
function ofPosthog(name: string, value: unknown): Redacted {
  if (name.endsWith("_id") && (typeof value === "string" || typeof value === "number")) return opaqueId(value);
  const isPerson = (name === "$set" || name === "$set_once") && typeof value === "object" && value !== null;
  return isPerson ? redactPerson(value as Record<string, unknown>) : redact(value);
}
