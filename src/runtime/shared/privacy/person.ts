import { personRules } from "../people.ts";
import { barePosthogName, isCampaignParameter } from "./campaign.ts";
import { isLabel } from "./labels.ts";
import { isPrivate } from "./names.ts";
import { type OnDrop, redactUnderRule } from "./property.ts";
import { redactText } from "./text.ts";
import { type Redacted, redact } from "./value.ts";

/**
 * What is kept of a person: the properties of the catalog (src/catalog/people.ts), each after its privacy class, and
 * those that PostHog's libraries set themselves (`$initial_…`, where a visit came from), redacted. All else is dropped and counted.
 *
 * @param through by which call it came, for the count: "identify", "$set"
 */
export function redactPerson(
  properties: Readonly<Record<string, unknown>>,
  through: string,
  onDrop: OnDrop,
): Record<string, Redacted> {
  const kept: [string, Redacted][] = [];
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    const rule = Object.hasOwn(personRules, name) ? personRules[name] : undefined;
    const result = rule
      ? redactUnderRule(rule, name, value)
      : name.startsWith("$") || isCampaignParameter(name)
        ? redactPosthogs(name, value)
        : undefined;
    if (result === undefined) onDrop(`${through}.${redactText(name, 80)}`);
    else kept.push([name, result]);
  }
  return Object.fromEntries(kept);
}

/** A property of PostHog's own; undefined where its name says that it is private. */
export function redactPosthogs(name: string, value: unknown): Redacted | undefined {
  const bare = barePosthogName(name);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    // What a record of one property comes to, without making one: these come with every event.
    const isDropped = (given: unknown) => isPrivate(bare, given) && !(typeof given === "string" && isLabel(given));
    if (redactText(bare, 256) !== bare || isDropped(value)) return undefined;
    const kept = redact(value);
    return isDropped(kept) ? undefined : kept;
  }
  return (redact({ [bare]: value }) as Record<string, Redacted>)[bare];
}
