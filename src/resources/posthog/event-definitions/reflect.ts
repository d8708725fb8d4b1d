import { withoutUndefined } from "../../kernel/json.ts";
import type { LiveEventDefinition } from "../answers.ts";
import { hasTags, missingTags } from "../tags.ts";
import { isSameText } from "../texts.ts";
import { isOwned, ownTags } from "./fields.ts";
import { type Aspect, type EventDefinitionsState, type EventInputs, ofEnterprise } from "./inputs.ts";

/** Live definitions by the event's name. */
export type LiveDefinitions = ReadonlyMap<string, LiveEventDefinition>;

/** What this PostHog does not store, judged by its definitions; if they do not show it, the known value is used. */
export function unsupportedBy(live: LiveDefinitions, known: readonly Aspect[] = []): Aspect[] {
  const all = [...live.values()];
  // Without an enterprise build, answers lack the field.
  const isEnterprise = all.length === 0 ? undefined : all.some(({ description }) => description !== undefined);
  return [
    ...ofEnterprise.filter((aspect) => !(isEnterprise ?? !known.includes(aspect))),
    ...(known.includes("tags") && !hasTags(all) ? (["tags"] as const) : []),
  ];
}

/**
 * The live state in the catalog's terms: each event with the fields that somebody changed. Deleted events are left out.
 */
export function reflectEvents(state: EventDefinitionsState, live: LiveDefinitions): Record<string, EventInputs> {
  const unsupported = unsupportedBy(live, state.unsupported);
  const isSupported = (aspect: Aspect) => !unsupported.includes(aspect);
  const events = new Map<string, EventInputs>();
  for (const [name, defined] of Object.entries(state.events)) {
    const found = live.get(name);
    if (!found) continue;
    const { hiddenByHand: _, missingTags: __, ...said } = defined;
    const missing = isSupported("tags") ? missingTags(found.tags, ownTags(defined, state)) : [];
    const event = withoutUndefined({
      ...said,
      description:
        !isSupported("description") || isSameText(said.description, found.description)
          ? said.description
          : (found.description ?? ""),
      owners:
        !isSupported("owner") || state.ownerless?.includes(name) || isOwned(said, found)
          ? said.owners
          : found.owner
            ? [found.owner.email]
            : [],
      verified: said.verified === undefined || !isSupported("verified") ? said.verified : (found.verified ?? false),
      missingTags: missing.length > 0 ? missing : undefined,
      hiddenByHand: said.verified && isSupported("verified") && found.hidden ? (true as const) : undefined,
    });
    events.set(name, event);
  }
  return Object.fromEntries(events);
}
