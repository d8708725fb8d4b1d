export interface TroublesOptions<Notice> {
  readonly tell: (notice: Notice) => void;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** Present problems: each has one log line when it begins and one when it is over, however often it recurs. */
export interface Troubles<Notice> {
  begin(name: string, notice: Notice): void;
  /** The problem seems over; logged when that has lasted a while. */
  end(name: string, notice: (seconds: number) => Notice): void;
  close(): void;
}

interface Trouble {
  readonly begun: number;
  ending?: NodeJS.Timeout;
}

/** Milliseconds that a problem must be over before that is logged; doubled each time it recurs, up to a minute. */
const calmMs = { first: 1_000, most: 60_000 };
/** Milliseconds after which a recurrence counts as a new problem. */
const forgottenAfterMs = 600_000;

export function createTroubles<Notice>({ tell, now }: TroublesOptions<Notice>): Troubles<Notice> {
  const open = new Map<string, Trouble>();
  const calm = new Map<string, { ms: number; at: number }>();

  return {
    begin(name, notice) {
      const known = open.get(name);
      const before = calm.get(name);
      if (known?.ending) {
        clearTimeout(known.ending);
        delete known.ending;
        calm.set(name, { ms: Math.min(calmMs.most, (before?.ms ?? calmMs.first) * 2), at: now() });
      }
      if (known) return;
      if (before && now() - before.at > forgottenAfterMs) calm.delete(name);
      open.set(name, { begun: now() });
      tell(notice);
    },

    end(name, notice) {
      const known = open.get(name);
      if (!known || known.ending) return;
      const over = now();
      const ms = calm.get(name)?.ms ?? calmMs.first;
      known.ending = setTimeout(() => {
        open.delete(name);
        calm.set(name, { ms: Math.min(calmMs.most, ms * 2), at: now() });
        tell(notice(Math.round((over - known.begun) / 1_000)));
      }, ms).unref();
    },

    close() {
      for (const { ending } of open.values()) clearTimeout(ending);
      open.clear();
    },
  };
}
