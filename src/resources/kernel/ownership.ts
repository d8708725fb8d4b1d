/** Names that a resource is about to write, in a place that others write to as well. */
export interface Claim {
  /** What the place is, for a person: `Pages project "operator-ui" (production)`. */
  place: string;
  wanted: readonly string[];
  /** Names that exist there. */
  live: ReadonlySet<string>;
  /** Names that this resource wrote, or may have written. */
  owned: readonly string[];
  /** Names that the program tells it to take over. */
  adopt: readonly string[];
  /**
   * Names that exist with the wanted value, so that writing them overwrites nothing. An earlier run that was killed
   * may have written them without recording it.
   */
  same: ReadonlySet<string>;
}

/** Names that somebody else wrote in one place. */
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
