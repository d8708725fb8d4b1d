import { strip } from "../../kit/index.ts";
import { serverError } from "../http/errors.ts";
import { list, text } from "../http/fields.ts";
import type { World } from "../world.ts";

export const tagsField = () => list(text());

/**
 * Tags as PostHog stores them: trimmed, lower-cased, without duplicates, in an undefined order (here: by their last
 * letters). Without the TAGGING feature a write is ignored without an error. Source: posthog/models/tag.py,
 * posthog/api/tagged_item.py.
 */
export function storedTags(world: World, written: readonly string[] | undefined, before: readonly string[]): string[] {
  if (!world.features.tagging || written === undefined) return [...before];
  const backwards = (tag: string) => [...tag].reverse().join("");
  const tags = new Set(written.map((tag) => strip(tag).toLowerCase()));
  // Only the database validates a tag: its column is a varchar(255).
  if ([...tags].some((tag) => [...tag].length > 255)) throw serverError();
  return [...tags].sort((a, b) => (backwards(a) < backwards(b) ? -1 : 1));
}

/** The visible tags: none without the feature, even where older tags are stored. */
export const shownTags = (world: World, tags: readonly string[]): readonly string[] =>
  world.features.tagging ? tags : [];
