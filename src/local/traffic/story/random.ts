/** Numbers that look random and are the same for the same seed: a story that is played again stays the same. */
export interface Random {
  /** From 0 up to, not including, 1. */
  share(): number;
  /** True for this share of the calls. */
  chance(share: number): boolean;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** A random key, with probabilities by weight. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key;
  /** Poisson-distributed count with this mean. */
  count(mean: number): number;
  /** Log-normal number with this median, for times and lengths. `spread` 0.5 is narrow, 1 is wide. */
  around(median: number, spread: number): number;
  /** A text in the form of a database id. */
  uuid(): string;
}

/** @param seed any text that names the purpose, such as "operator 17, day 3" */
export function randomOf(seed: string): Random {
  let state = hashOf(seed);
  // Mulberry32: 32 bits of state are plenty for a story.
  const share = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (from: number, to: number): number => from + Math.floor(share() * (to - from + 1));
  const hex = (digits: number): string => Array.from({ length: digits }, () => whole(0, 15).toString(16)).join("");

  return {
    share,
    whole,
    chance: (wanted) => share() < wanted,
    pick: (items) => items[whole(0, items.length - 1)] ?? items[0],
    weighted(weights) {
      const entries = Object.entries<number>(weights) as [keyof typeof weights, number][];
      let left = share() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      const found = entries.find(([, weight]) => {
        left -= weight;
        return left < 0;
      });
      const [key] = found ?? entries[0] ?? [];
      if (key === undefined) throw new Error("there is nothing to draw from");
      return key;
    },
    count(mean) {
      // Knuth: multiplies draws until they fall below e^-mean.
      const limit = Math.exp(-mean);
      let drawn = share();
      let count = 0;
      while (drawn > limit) {
        drawn *= share();
        count += 1;
      }
      return count;
    },
    around(median, spread) {
      const normal = Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share());
      return median * Math.exp(spread * normal);
    },
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${"89ab"[whole(0, 3)]}${hex(3)}-${hex(12)}`,
  };
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}
