/** Names that a resource is about to write, in a place that others write to as well. */
export interface Claim {
  /** What the place is, for a person: `Pages project "operator-ui" (production)`. */
  place: string;
  wanted: readonly string[];
  /** Names that exist there. */
  live: ReadonlySet<string>;
  /** Names that this resource wrote, or may have written. */
  owned: readonly string[];
  /** Names that it was told to take over. */
  adopt: readonly string[];
  /**
   * Names that are there as they are wanted: nothing is written over. An earlier run that was killed may have written them
   * without living to tell.
   */
  same: ReadonlySet<string>;
}

/** What somebody else wrote, in a place. */
export interface Foreign {
  /** As in the claim. */
  place: string;
  /** At least one. */
  names: string[];
}

/** Names that are wanted and that somebody else wrote. */
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
 * Refuses to write over what somebody else wrote.
 * @throws Error that names every such name of all claims. To be called before anything is written.
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
