import { tokenNeeds } from "../../model/vendors/sentry.ts";

/** What a token with these scopes cannot do; empty for one that can do all. */
export const missingScopes = (held: readonly string[]): string[] =>
  tokenNeeds
    .filter(({ anyOf }) => !anyOf.some((scope) => held.includes(scope)))
    .map(({ purpose, anyOf }) => `${anyOf[0]} (to ${purpose})`);
