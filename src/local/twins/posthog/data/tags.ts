import { strip } from "../../kit/index.ts";
import { serverError } from "../http/errors.ts";
import { list, text } from "../http/fields.ts";
import type { World } from "../world.ts";

export const tagsField = () => list(text());

/**
 * Tags as PostHog keeps them: trimmed, lower-cased, each once, in no order that a client may rely on (here: by their
 * last letters). Without the TAGGING feature a write changes nothing and says nothing.
 * Source: posthog/models/tag.py, posthog/api/tagged_item.py.
 */
export function storedTags(world: World, written: readonly string[] | undefined, before: readonly string[]): string[] {
  if (!world.features.tagging || written === undefined) return [...before];
  const backwards = (tag: string) => [...tag].reverse().join("");
  const tags = new Set(written.map((tag) => strip(tag).toLowerCase()));
  // Nothing validates a tag before the database does: its column is a varchar(255).
  if ([...tags].some((tag) => [...tag].length > 255)) throw serverError();
  return [...tags].sort((a, b) => (backwards(a) < backwards(b) ? -1 : 1));
}

/** What a reader sees: nothing without the feature, even where tags were kept from before. */
export const shownTags = (world: World, tags: readonly string[]): readonly string[] =>
  world.features.tagging ? tags : [];
