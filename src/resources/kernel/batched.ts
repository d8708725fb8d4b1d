import { type Clock, systemClock } from "./clock.ts";

/** The engine asks about all resources in separate calls at once, which arrive within this time. */
const windowMs = 20;

/**
 * Batches lookups of single keys: those made at about the same time share one `load`. Nothing is cached, so an answer
 * is never older than its lookup. `undefined` for keys that `load` does not answer.
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

/** Creates a value once and caches it. A failure is not cached: the next caller tries again. */
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
