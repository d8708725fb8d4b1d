/** What this stack needs a token for, and the scopes each of which is enough to make things; the first is enough to delete them, too (docs.sentry.io/api/permissions). */
const needs: readonly { purpose: string; anyOf: readonly string[] }[] = [
  { purpose: "read the organization", anyOf: ["org:read", "org:write", "org:admin"] },
  { purpose: "find the people who are told", anyOf: ["member:read", "member:write", "member:admin"] },
  { purpose: "make the team, and delete it", anyOf: ["team:admin", "team:write", "org:write", "org:admin"] },
  { purpose: "make projects and keys, and remove the automatic key", anyOf: ["project:admin"] },
  { purpose: "make monitors and alerts", anyOf: ["alerts:write", "org:write", "org:admin"] },
];

/** What a token should have, as a person ticks it in Sentry. */
export const neededScopes = needs.map(({ anyOf }) => anyOf[0]).join(", ");

/** What a token should have that only reads: for previews, plans and looks for drift. */
export const readingScopes = neededScopes.replaceAll(/:(write|admin)/g, ":read");

/** What a token with these scopes cannot do; empty for one that can do all. */
export const missingScopes = (held: readonly string[]): string[] =>
  needs
    .filter(({ anyOf }) => !anyOf.some((scope) => held.includes(scope)))
    .map(({ purpose, anyOf }) => `${anyOf[0]} (to ${purpose})`);
