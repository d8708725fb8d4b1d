import { isDeepStrictEqual } from "node:util";
import type { dynamic } from "@pulumi/pulumi";

/** A stack's configuration, as a provider process receives it. */
export type Config = Record<string, string>;

interface Kept {
  id: string;
  inputs: object;
  state: object;
  /** Created or changed in part: the next `up` calls update even when the inputs are the same. */
  isUnfinished: boolean;
}

/**
 * One resource's life under a dynamic provider, called the way the engine calls it: inputs are compared structurally, a
 * half-done operation is stored with its properties, a refresh takes inputs and state from `read`.
 */
export class Lifetime<Inputs extends object> {
  readonly #provider: dynamic.ResourceProvider;
  #kept: Kept | undefined;

  constructor(provider: dynamic.ResourceProvider, config: Config) {
    this.#provider = provider;
    const get = (key: string) => config[key];
    void provider.configure?.({ config: { get, require: (key: string) => get(key) ?? "" } });
  }

  get id(): string | undefined {
    return this.#kept?.id;
  }
  get state(): Record<string, unknown> | undefined {
    return this.#kept?.state as Record<string, unknown> | undefined;
  }
  get isUnfinished(): boolean {
    return this.#kept?.isUnfinished ?? false;
  }

  /** The same resource under another process's provider. */
  in(other: Lifetime<Inputs>): Lifetime<Inputs> {
    other.#kept = this.#kept;
    return other;
  }

  async up(news: Inputs): Promise<"created" | "updated" | "replaced" | "same"> {
    const checked = await this.#provider.check?.(this.#kept?.inputs ?? {}, news);
    const [failure] = checked?.failures ?? [];
    if (failure) throw new Error(`${failure.property} ${failure.reason}`);
    const old = this.#kept;
    if (!old) {
      await this.#create(news);
      return "created";
    }
    const { replaces = [] } = (await this.#provider.diff?.(old.id, old.state, news)) ?? {};
    if (replaces.length > 0) {
      await this.#create(news);
      await this.#provider.delete?.(old.id, old.state);
      return "replaced";
    }
    if (!old.isUnfinished && isDeepStrictEqual(old.inputs, news)) return "same";
    await this.#keeping(news, async () => {
      const updated = await this.#provider.update?.(old.id, old.state, news);
      return { id: old.id, state: updated?.outs };
    });
    return "updated";
  }

  /**
   * As with `pulumi up --replace` or a tainted resource: the new one is created, then the old one is deleted. With
   * `next`, the process is killed in between, and `next` continues.
   */
  async replace(news: Inputs, next?: Lifetime<Inputs>): Promise<Lifetime<Inputs>> {
    const old = this.#kept;
    if (!old) throw new Error("there is nothing to replace");
    await this.#create(news);
    const last = next ? this.in(next) : this;
    if (next !== undefined) await next.#isSeen(news);
    await last.#provider.delete?.(old.id, old.state);
    return last;
  }

  /** Begins like an `up`, which compares the resources that the program still has. */
  async #isSeen(news: Inputs): Promise<void> {
    if (this.#kept) await this.#provider.diff?.(this.#kept.id, this.#kept.state, news);
  }

  /** The live resource as inputs; undefined when it is gone. */
  async refresh(): Promise<Inputs | undefined> {
    if (!this.#kept) return undefined;
    const { id, props, inputs } = (await this.#provider.read?.(this.#kept.id, this.#kept.state)) ?? { id: "" };
    this.#kept = id ? { id, inputs: inputs as object, state: props, isUnfinished: false } : undefined;
    return this.#kept?.inputs as Inputs | undefined;
  }

  async destroy(): Promise<void> {
    if (this.#kept) await this.#provider.delete?.(this.#kept.id, this.#kept.state);
    this.#kept = undefined;
  }

  #create = (news: Inputs) =>
    this.#keeping(news, async () => {
      const { id, outs } = await this.#provider.create(news);
      return { id, state: outs };
    });

  async #keeping(inputs: Inputs, operate: () => Promise<{ id: string; state: object }>): Promise<void> {
    try {
      this.#kept = { ...(await operate()), inputs, isUnfinished: false };
    } catch (error) {
      const half = error as { id?: string; properties?: object };
      if (half.id && half.properties) this.#kept = { id: half.id, inputs, state: half.properties, isUnfinished: true };
      throw error;
    }
  }
}

/** The whole text of an operation's error, to check what it must and must not contain. */
export const failed = (operation: Promise<unknown>): Promise<string> =>
  operation.then(
    () => "it did not fail",
    (error: Error & { reasons?: string[] }) => [error.message, error.stack, ...(error.reasons ?? [])].join("\n"),
  );
