import { type Clock, systemClock } from "./clock.ts";

/** The engine asks about all resources at once, each in a call of its own: they arrive within this time. */
const windowMs = 20;

/**
 * Answers questions about single things together: what is asked at about the same time is one `load`. Nothing is kept,
 * so that an answer is never older than its question. `undefined` for keys that `load` does not answer.
 */
export function batched<Key, Value>(
  load: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
  clock: Clock = systemClock,
): (key: Key) => Promise<Value | undefined> {
  let open: { keys: Set<Key>; answers: Promise<ReadonlyMap<Key, Value>> } | undefined;
  const start = () => {
    const keys = new Set<Key>();
    const answers = clock.sleep(windowMs).then(() => {
      open = undefined;
      return load([...keys]);
    });
    return { keys, answers };
  };
  return async (key) => {
    open ??= start();
    const { keys, answers } = open;
    keys.add(key);
    return (await answers).get(key);
  };
}

/** Makes a value once and keeps it, unless making it fails: then the next one who asks makes it again. */
export class Once<T> {
  readonly #make: () => Promise<T>;
  #made: Promise<T> | undefined;

  constructor(make: () => Promise<T>) {
    this.#make = make;
  }

  get(): Promise<T> {
    if (!this.#made) {
      const making = this.#make();
      this.#made = making;
      making.catch(() => {
        if (this.#made === making) this.#made = undefined;
      });
    }
    return this.#made;
  }

  forget(): void {
    this.#made = undefined;
  }
}
