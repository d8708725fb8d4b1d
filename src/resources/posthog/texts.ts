import { stripped } from "../../model/text.ts";

/** True when PostHog would show the same text: it trims texts, and stores an empty one as null or not at all. */
export const isSameText = (defined: string, live: string | null | undefined): boolean =>
  stripped(defined) === stripped(live ?? "");
