import type { Insight } from "../answers.ts";
import { isSameText } from "../texts.ts";
import { withoutPlaceholder } from "./desired.ts";

/** Whether the texts are equal; a placeholder counts as an empty text. */
export const sameText = (defined: string, live: string | null | undefined): boolean =>
  isSameText(withoutPlaceholder(defined), live);

/** The visible title of an insight: PostHog derives one when it has no name. */
export const shownTitle = ({ name, derived_name }: Pick<Insight, "name" | "derived_name">): string =>
  name?.trim() || derived_name?.trim() || "";

export const sameTitle = (defined: string, live: Pick<Insight, "name" | "derived_name">): boolean =>
  sameText(defined, shownTitle(live));
