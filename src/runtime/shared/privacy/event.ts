import { eventRules } from "../catalog.ts";
import { redactPerson, redactPosthogs } from "./person.ts";
import { type OnDrop, redactUnderRule } from "./property.ts";
import { opaqueId } from "./pseudonym.ts";
import { redactText } from "./text.ts";
import type { Redacted } from "./value.ts";

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
    const result = rule
      ? redactUnderRule(rule, name, value)
      : name.startsWith("$")
        ? ofPosthog(name, value, onDrop)
        : undefined;
    if (result === undefined) onDrop(`${redactText(event, 80)}.${redactText(name, 80)}`);
    else kept.push([name, result]);
  }
  return Object.fromEntries(kept);
}

/** PostHog's ids (`$device_id`, `$session_id`, `$anon_distinct_id`) stay joinable; all else is redacted like any data. */
function ofPosthog(name: string, value: unknown, onDrop: OnDrop): Redacted | undefined {
  if (name.endsWith("_id") && (typeof value === "string" || typeof value === "number")) return opaqueId(value);
  const isPerson = (name === "$set" || name === "$set_once") && typeof value === "object" && value !== null;
  if (isPerson) return redactPerson(value as Record<string, unknown>, name, onDrop);
  return redactPosthogs(name, value);
}
