import type { Insight } from "../answers.ts";
import { written } from "./desired.ts";

/** PostHog trims texts, and keeps null or nothing where there is none. */
export const sameText = (defined: string, live: string | null | undefined): boolean =>
  written(defined).trim() === (live ?? "").trim();

/** What a person sees as the title of an insight: PostHog derives one where there is no name. */
export const shownTitle = ({ name, derived_name }: Pick<Insight, "name" | "derived_name">): string =>
  name?.trim() || derived_name?.trim() || "";

export const sameTitle = (defined: string, live: Pick<Insight, "name" | "derived_name">): boolean =>
  written(defined).trim() === shownTitle(live);
