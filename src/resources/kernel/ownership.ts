/** Names that a resource is about to write, in a place where others write too. */
export interface Claim {
  /** The place in words: `Pages project "operator-ui" (production)`. */
  place: string;
  wanted: readonly string[];
  /** Names that exist there. */
  live: ReadonlySet<string>;
  /** Names that this resource wrote, or may have written. */
  owned: readonly string[];
  /** Names that the program allows it to adopt. */
  adopt: readonly string[];
  /**
   * Existing names with the wanted value: writing them overwrites nothing. An earlier run that was killed may have
   * written them without storing that in the state.
   */
  same: ReadonlySet<string>;
}

/** Names in one place that somebody else wrote. */
export interface Foreign {
  /** As in the claim. */
  place: string;
  /** At least one. */
  names: string[];
}

/** Wanted names that somebody else wrote. */
export const foreignIn = (claims: readonly Claim[]): Foreign[] =>
  claims
    .map(({ place, wanted, live, owned, adopt, same }) => ({
      place,
      names: wanted.filter(
        (name) => live.has(name) && !same.has(name) && !owned.includes(name) && !adopt.includes(name),
      ),
    }))
    .filter(({ names }) => names.length > 0);

/**
 * Refuses to overwrite what somebody else wrote.
 * @throws Error that lists every such name of all claims. Call it before anything is written.
 */
export function refuseForeign(claims: readonly Claim[]): void {
  const refused = foreignIn(claims);
  if (refused.length === 0) return;
  const where = refused.map(({ place, names }) => `${names.join(", ")} in ${place}`).join("; ");
  const all = [...new Set(refused.flatMap(({ names }) => names))];
  throw new Error(
    `not written by this stack, and not written over: ${where}. Nothing was changed. Remove them by hand, or let the stack take them over: adopt: ${JSON.stringify(all)}`,
  );
}
