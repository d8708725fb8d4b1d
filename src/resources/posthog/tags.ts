import { z } from "zod";
import { characters, stripped } from "../../model/text.ts";

/**
 * Tag of everything that this program creates. PostHog stores tags in lower case, in any order, or drops them (no
 * TAGGING feature).
 */
const managedTag = "managed-by-code";

/**
 * Maximum length of an owner, which is part of tags and marks, limited by PostHog (255 and 400 characters): Pulumi
 * limits the names of project and stack to 100 each, which leaves as much for a resource.
 */
export const ownerName = z
  .string()
  .min(1)
  .refine(
    (name) => characters(name) <= 310,
    "the names of project, stack and resource together have more than 310 characters",
  );

/** `<Pulumi project>/<stack>/<resource>`: the owner of an object. */
export interface StackObject {
  managedBy: string;
}

/** A tag as PostHog stores it (posthog/models/tag.py, tagify). */
export const normalizedTag = (tag: string): string => stripped(tag).toLowerCase();

/** The tag of everything in PostHog that belongs to one stack: one list finds all of its insights. */
export const stackTag = ({ managedBy }: StackObject): string =>
  normalizedTag(`code:${managedBy.split("/").slice(0, 2).join("/")}`);

/** Tags of a managed object with a responsible team. */
export const tagsOf = ({ managedBy, owner }: StackObject & { owner: string }): string[] => [
  ...marksOf({ managedBy }),
  normalizedTag(`owner:${owner}`),
];

/** The tags that say who manages something. */
export const marksOf = (owned: StackObject): string[] => [managedTag, stackTag(owned)];

type LiveTags = readonly string[] | null | undefined;

/** Our tags that a live object lacks, in our order; order and case are ignored. */
export function missingTags(live: LiveTags, ours: readonly string[]): string[] {
  const present = new Set(live?.map(normalizedTag));
  return ours.filter((tag) => !present.has(normalizedTag(tag)));
}

/** True when one of the objects has a tag: then the organization supports tags, and a missing one was removed. */
export const hasTags = (objects: Iterable<{ tags?: LiveTags }>): boolean =>
  [...objects].some(({ tags }) => (tags?.length ?? 0) > 0);
