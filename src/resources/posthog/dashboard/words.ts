import type { Insight } from "../answers.ts";
import { isSameText } from "../texts.ts";
import { withoutPlaceholder } from "./desired.ts";

/** The same; a placeholder counts as an empty text. */
export const sameText = (defined: string, live: string | null | undefined): boolean =>
  isSameText(withoutPlaceholder(defined), live);

/** What a person sees as the title of an insight: PostHog derives one where there is no name. */
export const shownTitle = ({ name, derived_name }: Pick<Insight, "name" | "derived_name">): string =>
  name?.trim() || derived_name?.trim() || "";

export const sameTitle = (defined: string, live: Pick<Insight, "name" | "derived_name">): boolean =>
  sameText(defined, shownTitle(live));
