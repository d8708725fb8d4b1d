/** Whether another resource of the stack holds this object: then it must not be deleted. */
export type IsHeldByAnother = (thing: string) => boolean;

/** Id of the creation behind a state; the vendor's id in states without creation ids. */
export interface Holder {
  id: string;
  creationId?: string | undefined;
}

/**
 * The vendor objects that the existing resources of one kind hold, as far as this process has seen them. A creation
 * adopts an existing object, and the engine then deletes the old resource, which is the same object: after `--replace`,
 * after `pulumi state taint`, and for a resource with a new name or parent. Each creation has its own id in the state,
 * so that a deletion can tell what it holds alone, also in another process after a kill.
 */
export class Holdings {
  readonly #byHolder = new Map<string, ReadonlySet<string>>();

  note(holder: Holder, things: readonly string[]): void {
    this.#byHolder.set(keyOf(holder), new Set(things));
  }

  /** Forgets a resource that was deleted. */
  forget(holder: Holder): void {
    this.#byHolder.delete(keyOf(holder));
  }

  heldByOthers(holder: Holder): IsHeldByAnother {
    const own = keyOf(holder);
    return (thing) => [...this.#byHolder].some(([other, things]) => other !== own && things.has(thing));
  }
}

const keyOf = ({ id, creationId }: Holder): string => creationId ?? id;
