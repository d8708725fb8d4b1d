/** Most names that are told apart; what comes after is counted together. */
const mostNames = 200;

/** Counts what was dropped from events in production, where nothing is thrown. */
export interface Drops {
  /** @param what "event.property", or the event where it is not in the catalog at all. */
  count(what: string): void;
  /** How often each was dropped since the start, e.g. `{ "ask.prompt_submitted.prompt": 3 }`. */
  totals(): Record<string, number>;
}

/** What a log says of something that was dropped, the first time. */
export function droppedInWords(what: string): string {
  return `${what} was dropped: events leave as src/catalog/events.ts lists them, each with the id of whom it belongs to.`;
}

/** @param firstSeen told once for each name, so that a log has one line of it and not one an event. */
export function createDrops(firstSeen: (what: string) => void = () => {}): Drops {
  const counts = new Map<string, number>();
  return {
    count(what) {
      const name = counts.has(what) || counts.size < mostNames ? what : "(others)";
      const before = counts.get(name) ?? 0;
      counts.set(name, before + 1);
      if (before === 0) firstSeen(name);
    },
    totals: () => Object.fromEntries(counts),
  };
}
