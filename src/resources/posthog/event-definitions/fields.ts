import type { JsonObject } from "../../kernel/json.ts";
import type { LiveEventDefinition } from "../answers.ts";
import { marksOf, missingTags, normalizedTag, type StackObject } from "../tags.ts";
import { isSameText } from "../texts.ts";
import type { Aspect, EventInputs } from "./inputs.ts";

/** What is known when a definition's fields are computed. */
export interface Writing extends StackObject {
  /** Id (a number) of the user who becomes the owner. */
  owner: number | undefined;
  isSupported: (aspect: Aspect) => boolean;
}

export const ownTags = ({ tags }: EventInputs, owned: StackObject): string[] => [
  ...marksOf(owned),
  ...(tags ?? []).map(normalizedTag),
];

/**
 * A definition as PostHog's fields (posthog/api/event_definition.py, ee/api/ee_event_definition.py), without those that
 * this PostHog does not store.
 */
export function definitionFields(event: EventInputs, { owner, isSupported, ...owned }: Writing): JsonObject {
  return {
    ...(isSupported("description") ? { description: event.description } : {}),
    ...(isSupported("owner") && owner !== undefined ? { owner } : {}),
    ...(isSupported("verified") && event.verified !== undefined ? { verified: event.verified } : {}),
    ...(isSupported("tags") ? { tags: ownTags(event, owned) } : {}),
  };
}

/**
 * The fields that differ from the live ones, as the body of a PATCH. Empty without any. `before`: the previous
 * definition.
 */
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

/** Removes what this resource set, as the body of a PATCH; changes and additions by others stay. */
export function unsetFields(event: EventInputs, live: LiveEventDefinition, owned: StackObject): JsonObject {
  // Another stack in the same project has the same text for the event, and still needs it.
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

/**
 * True for a definition that exists only because it was created here: its event never arrived, and nobody changed it.
 */
export const isOnlyOurs = (event: EventInputs, live: LiveEventDefinition, owned: StackObject): boolean =>
  !live.last_seen_at &&
  (!live.description || isSameText(event.description, live.description)) &&
  withoutTags(live.tags, ownTags(event, owned)).length === 0;

/** Any member of the team can be the owner. */
export const isOwned = ({ owners }: EventInputs, { owner }: LiveEventDefinition): boolean =>
  owner != null && (owners ?? []).some((email) => email.toLowerCase() === owner.email.toLowerCase());

const withoutTags = (live: LiveEventDefinition["tags"], gone: readonly string[]): string[] =>
  (live ?? []).filter((tag) => !gone.includes(normalizedTag(tag)));
