import { tokenNeeds } from "../../model/vendors/sentry.ts";

/** What a token with these scopes cannot do; empty when nothing is missing. */
export const missingScopes = (held: readonly string[]): string[] =>
  tokenNeeds
    .filter(({ anyOf }) => !anyOf.some((scope) => held.includes(scope)))
    .map(({ purpose, anyOf }) => `${anyOf[0]} (to ${purpose})`);
