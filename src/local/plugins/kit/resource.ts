import type { Finding, Shape } from "./shape.ts";
import type { Properties } from "./values.ts";

/** The vendor's object and its id in Pulumi's state. */
export interface ManagedObject {
  id: string;
  state: Properties;
}

/** One kind of object that a plugin manages. `planned` has all wanted values that are known (shape.ts). */
export interface Resource<Client> {
  shape: Shape;
  /** Paths of outputs (and inputs) that are secret; `*` for every key. */
  secrets: readonly string[][];
  /** Additional checks besides the shape's. */
  check?(inputs: Properties): Finding[];
  /** Throws `MadeInPart` when the object exists but is not finished. */
  create(client: Client, planned: Properties): Promise<ManagedObject>;
  /** `state` is null for an import, and `id` is then the import's. Returns null when the object no longer exists. */
  read(client: Client, id: string, state: Properties | null): Promise<ManagedObject | null>;
  update(client: Client, id: string, state: Properties, planned: Properties): Promise<Properties>;
  delete(client: Client, id: string, state: Properties): Promise<void>;
}

/** A plugin's definition. */
export interface Plugin<Client> {
  /** Pulumi's name of it, `sentry`. */
  name: string;
  /** By type token. */
  resources: Readonly<Record<string, Resource<Client>>>;
  /** Makes a client from the provider's configuration, by keys without namespace. Sends nothing. */
  configure(config: Readonly<Record<string, string>>): Client;
}

/** Thrown where the real plugin panics: its process ends, with all its running work. */
export class PluginCrash extends Error {
  override name = "PluginCrash";
}

/** The object was created, but a later request failed. The engine stores it, so that the next update can finish it. */
export class MadeInPart extends Error {
  override name = "MadeInPart";
  readonly held: ManagedObject;
  constructor(held: ManagedObject, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.held = held;
  }
}

/** Runs the requests after an object's creation; a failure carries the created object. */
export async function finish<T>(held: ManagedObject, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new MadeInPart(held, error);
  }
}
