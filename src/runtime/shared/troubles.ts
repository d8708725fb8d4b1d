export interface TroublesOptions<Notice> {
  readonly tell: (notice: Notice) => void;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** What does not work: each has one line when it begins and one when it is over, however often it comes and goes. */
export interface Troubles<Notice> {
  begin(name: string, notice: Notice): void;
  /** It seems over; told when it has stayed so for a while. */
  end(name: string, notice: (seconds: number) => Notice): void;
  close(): void;
}

interface Trouble {
  readonly begun: number;
  ending?: NodeJS.Timeout;
}

/** How long something has to be over before that is told; doubled each time it had come back, up to a minute. */
const calmMs = { first: 1_000, most: 60_000 };
/** After this long without it, it is new. */
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
