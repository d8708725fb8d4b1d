import type { Finding, Shape } from "./shape.ts";
import type { Properties } from "./values.ts";

/** The object as the vendor holds it, and its id in Pulumi's state. */
export interface ManagedObject {
  id: string;
  state: Properties;
}

/** One kind of object that a plugin manages. `planned` holds everything wanted that is known (shape.ts). */
export interface Resource<Client> {
  shape: Shape;
  /** Paths of outputs (and inputs) that are secret; `*` for every key. */
  secrets: readonly string[][];
  /** Findings beyond the shape's. */
  check?(inputs: Properties): Finding[];
  /** Throws `MadeInPart` when the object exists but is not finished. */
  create(client: Client, planned: Properties): Promise<ManagedObject>;
  /** `state` is null for an import, whose `id` is then the import's; null for an object that is gone. */
  read(client: Client, id: string, state: Properties | null): Promise<ManagedObject | null>;
  update(client: Client, id: string, state: Properties, planned: Properties): Promise<Properties>;
  delete(client: Client, id: string, state: Properties): Promise<void>;
}

/** What a plugin serves. */
export interface Plugin<Client> {
  /** Pulumi's name of it, `sentry`. */
  name: string;
  /** By type token. */
  resources: Readonly<Record<string, Resource<Client>>>;
  /** A client from the provider's configuration, by its keys without the namespace. Sends nothing. */
  configure(config: Readonly<Record<string, string>>): Client;
}

/** The real plugin panics here: its process ends, and with it whatever it was doing. */
export class PluginCrash extends Error {
  override name = "PluginCrash";
}

/** The object was made, but a later request failed: the engine keeps it, so that the next update can finish it. */
export class MadeInPart extends Error {
  override name = "MadeInPart";
  readonly held: ManagedObject;
  constructor(held: ManagedObject, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.held = held;
  }
}

/** Runs what follows after an object was made; its failure says what was made. */
export async function finish<T>(held: ManagedObject, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new MadeInPart(held, error);
  }
}
