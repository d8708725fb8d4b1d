import { stripped } from "../../model/text.ts";

/** True when PostHog would show the same: it trims texts, and keeps null or nothing where there is none. */
export const isSameText = (defined: string, live: string | null | undefined): boolean =>
  stripped(defined) === stripped(live ?? "");
