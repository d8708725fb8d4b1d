import { withoutUndefined } from "../../kernel/json.ts";
import type { LiveEventDefinition } from "../answers.ts";
import { hasTags, missingTags } from "../tags.ts";
import { isSameText } from "../texts.ts";
import { isOwned, ownTags } from "./fields.ts";
import { type Aspect, type EventDefinitionsState, type EventInputs, ofEnterprise } from "./inputs.ts";

/** Live definitions by the event's name. */
export type LiveDefinitions = ReadonlyMap<string, LiveEventDefinition>;

/** What this PostHog does not keep, by what its definitions show; where they show nothing, what is known already. */
export function unsupportedBy(live: LiveDefinitions, known: readonly Aspect[] = []): Aspect[] {
  const all = [...live.values()];
  // Where it is no enterprise build, answers do not have the field at all.
  const isEnterprise = all.length === 0 ? undefined : all.some(({ description }) => description !== undefined);
  return [
    ...ofEnterprise.filter((aspect) => !(isEnterprise ?? !known.includes(aspect))),
    ...(known.includes("tags") && !hasTags(all) ? (["tags"] as const) : []),
  ];
}

/** What is live, in the catalog's words: each event with the fields that somebody changed. Events that are gone are not there. */
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
