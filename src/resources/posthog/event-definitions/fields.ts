import type { JsonObject } from "../../kernel/json.ts";
import type { LiveEventDefinition } from "../answers.ts";
import { marksOf, missingTags, normalizedTag, type StackObject } from "../tags.ts";
import { isSameText } from "../texts.ts";
import type { Aspect, EventInputs } from "./inputs.ts";

/** What is known when the fields of a definition are made. */
export interface Writing extends StackObject {
  /** Number of the user who is to own it. */
  owner: number | undefined;
  isSupported: (aspect: Aspect) => boolean;
}

export const ownTags = ({ tags }: EventInputs, owned: StackObject): string[] => [
  ...marksOf(owned),
  ...(tags ?? []).map(normalizedTag),
];

/** A definition as PostHog's fields (posthog/api/event_definition.py, ee/api/ee_event_definition.py), without what it does not keep. */
export function definitionFields(event: EventInputs, { owner, isSupported, ...owned }: Writing): JsonObject {
  return {
    ...(isSupported("description") ? { description: event.description } : {}),
    ...(isSupported("owner") && owner !== undefined ? { owner } : {}),
    ...(isSupported("verified") && event.verified !== undefined ? { verified: event.verified } : {}),
    ...(isSupported("tags") ? { tags: ownTags(event, owned) } : {}),
  };
}

/** The fields that differ from what is live, as the body of a PATCH. Empty when none does. `before`: what was said until now. */
export function definitionChanges(
  event: EventInputs,
  live: LiveEventDefinition,
  writing: Writing,
  before?: { event: EventInputs } & StackObject,
): JsonObject {
  const { description, owner, verified, tags } = definitionFields(event, writing);
  const ours = Array.isArray(tags) ? ownTags(event, writing) : [];
  const stale = before && tags ? ownTags(before.event, before).filter((tag) => !ours.includes(tag)) : [];
  const left = withoutTags(live.tags, stale);
  return {
    ...(description !== undefined && !isSameText(event.description, live.description) ? { description } : {}),
    ...(owner !== undefined && !isOwned(event, live) ? { owner } : {}),
    ...(verified !== undefined && verified !== (live.verified ?? false) ? { verified } : {}),
    ...(missingTags(live.tags, ours).length > 0 || left.length < (live.tags?.length ?? 0)
      ? { tags: [...left.filter((tag) => !ours.includes(normalizedTag(tag))), ...ours] }
      : {}),
  };
}

/** Takes off what was set here, as the body of a PATCH; what somebody else has changed since, or set beside it, stays. */
export function unsetFields(event: EventInputs, live: LiveEventDefinition, owned: StackObject): JsonObject {
  // Another stack that stands in the same project says the same about the event, and goes on saying it.
  const isShared = live.tags?.some(
    (tag) => normalizedTag(tag).startsWith("code:") && !marksOf(owned).includes(normalizedTag(tag)),
  );
  const left = withoutTags(live.tags, isShared ? marksOf(owned).slice(1) : ownTags(event, owned));
  const tags = left.length < (live.tags?.length ?? 0) ? { tags: left } : {};
  if (isShared) return tags;
  return {
    ...(live.description && isSameText(event.description, live.description) ? { description: "" } : {}),
    ...(live.owner && isOwned(event, live) ? { owner: null } : {}),
    ...(event.verified && live.verified ? { verified: false } : {}),
    ...tags,
  };
}

/** True for a definition that exists because it was made here: its event never came in, and nobody added anything. */
export const isOnlyOurs = (event: EventInputs, live: LiveEventDefinition, owned: StackObject): boolean =>
  !live.last_seen_at &&
  (!live.description || isSameText(event.description, live.description)) &&
  withoutTags(live.tags, ownTags(event, owned)).length === 0;

/** Any member of the team may own it. */
export const isOwned = ({ owners }: EventInputs, { owner }: LiveEventDefinition): boolean =>
  owner != null && (owners ?? []).some((email) => email.toLowerCase() === owner.email.toLowerCase());

const withoutTags = (live: LiveEventDefinition["tags"], gone: readonly string[]): string[] =>
  (live ?? []).filter((tag) => !gone.includes(normalizedTag(tag)));
