import { booleanFlag, type ValueOf, variantFlag } from "./flag.ts";

/*
 * Feature flags. One entry is all that a flag needs: PostHog gets it with the next `pulumi up`. Delete an entry after the code
 * that asks for it.
 */

export const flags = {
  "ask-streaming": booleanFlag({
    owner: "ai",
    meaning: "AskVX shows an answer while it is written, not only when it is whole",
    whenAway: false,
    expires: "2027-03-31",
    rules: [{ where: { internal: true }, rolloutPercent: 100 }, { rolloutPercent: 10 }],
    handledInPostHog: ["active"],
  }),
  "onboarding-length": variantFlag({
    owner: "growth",
    meaning:
      "Which way through the onboarding an operator is shown: all steps, or only those without which nothing works",
    variants: { full: 50, short: 50 },
    whenAway: "full",
    expires: "2027-02-28",
    rules: [{ where: { plan: ["growth", "pro"], onboarded: false }, rolloutPercent: 100 }],
  }),
};

type Flags = typeof flags;

/** Key of a feature flag. */
export type FlagKey = keyof Flags;

/** A flag's value: a variant or false, for a flag without variants true or false. */
export type FlagValueOf<Key extends FlagKey> = ValueOf<Flags[Key]>;
