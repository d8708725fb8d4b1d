import { z } from "zod";
import { characters, stripped } from "../../model/text.ts";

/** Tag of everything that is made here. PostHog stores tags in lower case, in any order, or drops them (no TAGGING feature). */
const managedTag = "managed-by-code";

/**
 * Whose an object is. It stands in tags and marks, which PostHog bounds (255 and 400 characters): Pulumi's own bounds of
 * the names of a project and a stack, 100 each, leave as much for a resource.
 */
export const ownerName = z
  .string()
  .min(1)
  .refine(
    (name) => characters(name) <= 310,
    "the names of project, stack and resource together have more than 310 characters",
  );

/** `<Pulumi project>/<stack>/<resource>`: whose object it is. */
export interface StackObject {
  managedBy: string;
}

/** A tag as PostHog keeps it (posthog/models/tag.py, tagify). */
export const normalizedTag = (tag: string): string => stripped(tag).toLowerCase();

/** The tag of everything in PostHog that belongs to one stack: one list finds all of its insights. */
export const stackTag = ({ managedBy }: StackObject): string =>
  normalizedTag(`code:${managedBy.split("/").slice(0, 2).join("/")}`);

/** Tags of what is managed here and that a team answers for. */
export const tagsOf = ({ managedBy, owner }: StackObject & { owner: string }): string[] => [
  ...marksOf({ managedBy }),
  normalizedTag(`owner:${owner}`),
];

/** The tags that say who manages something. */
export const marksOf = (owned: StackObject): string[] => [managedTag, stackTag(owned)];

type LiveTags = readonly string[] | null | undefined;

/** Those of ours that a live object lacks, in our order; order and case never count. */
export function missingTags(live: LiveTags, ours: readonly string[]): string[] {
  const present = new Set(live?.map(normalizedTag));
  return ours.filter((tag) => !present.has(normalizedTag(tag)));
}

/** True when one of the objects shows a tag: then its organization has tags, and one that is missing was taken away. */
export const hasTags = (objects: Iterable<{ tags?: LiveTags }>): boolean =>
  [...objects].some(({ tags }) => (tags?.length ?? 0) > 0);
