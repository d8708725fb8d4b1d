/** Maximum contents of a queue. */
export interface QueueLimits {
  readonly maxEvents: number;
  /** Maximum number of characters in names and values together. */
  readonly maxCharacters: number;
}

/** Stated bound: 30,000 events and 10 million characters, so less than 40 MB. */
export const queueLimits: QueueLimits = { maxEvents: 30_000, maxCharacters: 10_000_000 };

/** Pending events, first in, first out. When it is full, the oldest are dropped. */
export interface Queue<Item> {
  /** @returns false, and takes nothing, where the event alone is larger than the queue: it must not cost all others. */
  push(item: Item): boolean;
  /** Removes and returns up to `most` events. */
  take(most: number): Item[];
  /** Puts removed events back, before all others. */
  putBack(items: readonly Item[]): void;
  readonly length: number;
}

/** @param onDrop called with the number of events that were dropped because it was full */
export function createQueue<Item extends { readonly characters: number }>(
  { maxEvents, maxCharacters }: QueueLimits,
  onDrop: (count: number) => void,
): Queue<Item> {
  let items: Item[] = [];
  /** Index of the first event: moving all others for each removal would be slow. */
  let first = 0;
  let characters = 0;

  function shift(): Item | undefined {
    const item = items[first];
    first += 1;
    characters -= item?.characters ?? 0;
    if (first > 10_000 || first === items.length) {
      items = items.slice(first);
      first = 0;
    }
    return item;
  }

  function makeRoom(): void {
    let dropped = 0;
    while (items.length - first > maxEvents || (characters > maxCharacters && items.length > first)) {
      shift();
      dropped += 1;
    }
    if (dropped > 0) onDrop(dropped);
  }

  return {
    push(item) {
      if (item.characters > maxCharacters) return false;
      items.push(item);
      characters += item.characters;
      if (items.length - first > maxEvents || characters > maxCharacters) makeRoom();
      return true;
    },
    take(most) {
      const taken: Item[] = [];
      while (taken.length < most && items.length > first) taken.push(shift() as Item);
      return taken;
    },
    putBack(taken) {
      items = [...taken, ...items.slice(first)];
      first = 0;
      for (const item of taken) characters += item.characters;
      makeRoom();
    },
    get length() {
      return items.length - first;
    },
  };
}
