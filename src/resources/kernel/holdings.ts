/** Whether another resource of the stack holds this: then it stays, whoever lets go of it. */
export type IsHeldByAnother = (thing: string) => boolean;

/** Which creation a state stems from; the vendor's id stands for it where the state is older than creations' ids. */
export interface Holder {
  id: string;
  creationId?: string | undefined;
}

/**
 * What the living resources of one kind hold at the vendor, as far as this process has seen them. A creation takes over
 * what is there already, and the engine then deletes the old resource, which is the same thing: after `--replace`, after
 * `pulumi state taint`, and for a resource that got another name or parent. Each creation has an id of its own, which
 * stays in the state, so that a deletion can tell what it holds alone, also in another process after a kill.
 */
export class Holdings {
  readonly #byHolder = new Map<string, ReadonlySet<string>>();

  note(holder: Holder, things: readonly string[]): void {
    this.#byHolder.set(keyOf(holder), new Set(things));
  }

  /** It holds nothing any more: it is deleted. */
  forget(holder: Holder): void {
    this.#byHolder.delete(keyOf(holder));
  }

  heldByOthers(holder: Holder): IsHeldByAnother {
    const own = keyOf(holder);
    return (thing) => [...this.#byHolder].some(([other, things]) => other !== own && things.has(thing));
  }
}

const keyOf = ({ id, creationId }: Holder): string => creationId ?? id;
