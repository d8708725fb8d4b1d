import { randomUUID } from "node:crypto";
import type { dynamic } from "@pulumi/pulumi";
import type { z } from "zod";
import { findProblems } from "./check.ts";
import { Incomplete, isVendorError } from "./errors.ts";
import { Holdings, type IsHeldByAnother } from "./holdings.ts";
import { type JsonObject, sameJson, withoutUndefined } from "./json.ts";
import { KeyNotGiven } from "./not-given.ts";

/**
 * The stack's configuration as a provider reads it: `get("posthog:host")`. Values are strings, secrets in plain text.
 */
export interface Configuration {
  get(key: string): string | undefined;
}

/**
 * A kind of resource, independent of Pulumi: its inputs and how it is created, read, changed and deleted. Inputs and
 * outputs have different keys; Pulumi's state of a resource contains both.
 */
export interface Model<Inputs extends object, Outputs extends object> {
  /** Validates the inputs. Problems are reported all at once, before anything is sent. */
  inputs: z.ZodObject & z.ZodType<Inputs>;
  /** Inputs that cannot be changed on an existing object: changing one replaces it. */
  identity: readonly (keyof Inputs & string)[];
  /** Inputs with secrets: a problem's text does not repeat their values. */
  secrets?: readonly (keyof Inputs & string)[];
  /** Called with the configuration once in each provider process, before anything else. Must not throw. */
  configure(configuration: Configuration): void;
  /** @throws Incomplete when the object exists but is not finished. */
  create(inputs: Inputs): Promise<{ id: string; outputs: Outputs }>;
  /** The live object in the format of `state`; undefined when it does not exist. */
  read(id: string, state: Inputs & Outputs): Promise<{ inputs: Inputs; outputs: Outputs } | undefined>;
  /** @throws Incomplete when only some of it was changed. */
  update(id: string, olds: Inputs & Outputs, news: Inputs, isHeldByAnother: IsHeldByAnother): Promise<Outputs>;
  /**
   * The vendor objects that a resource holds, each by a unique name: its deletion deletes them, and another resource
   * may have adopted them. Default: one object, its id; then `delete` is not called for one that another resource
   * holds.
   */
  holds?(id: string, state: Inputs & Partial<Outputs>): readonly string[];
  /** Must succeed for an object that is already gone. Objects that another resource holds stay. */
  delete(id: string, state: Inputs & Outputs, isHeldByAnother: IsHeldByAnother): Promise<void>;
}

/** Added to a model's own outputs: the creation behind a state. Absent in states of release 1.0.0. */
interface Created {
  creationId?: string | undefined;
}

/**
 * Implements Pulumi's dynamic provider protocol for a model. What each method must return is not in the SDK's types:
 * - `diff` returns only replacements, so that the engine compares the inputs itself and a preview shows each path;
 * - `read` returns inputs besides outputs, so that a refresh also shows each path;
 * - an incomplete object has all inputs in `properties`, because they contain the provider's own text.
 */
export function dynamicProvider<Inputs extends object, Outputs extends object>(
  model: Model<Inputs, Outputs>,
): dynamic.ResourceProvider {
  type State = Inputs & Outputs & Created;
  let holdings = new Holdings();
  const note = (id: string, state: Inputs & Partial<Outputs> & Created): void =>
    holdings.note({ id, creationId: state.creationId }, model.holds?.(id, state) ?? [id]);
  return {
    // Assigned before the first await: a concurrent call does not wait for `configure`.
    async configure({ config }) {
      model.configure(config);
      holdings = new Holdings();
    },
    async check(_olds, news) {
      const { __provider, ...inputs } = news;
      return { inputs: news, failures: findProblems(model.inputs, inputs, model.secrets) };
    },
    async diff(id, olds: State, news: Inputs) {
      note(id, { ...olds, ...news });
      return { replaces: model.identity.filter((key) => !sameJson(olds[key], news[key])) };
    },
    async create(inputs: Inputs) {
      const creationId = randomUUID();
      try {
        const { id, outputs } = await model.create(inputs);
        const outs = withoutUndefined({ ...inputs, ...outputs, creationId });
        note(id, outs);
        return { id, outs };
      } catch (error) {
        if (error instanceof Incomplete) note(error.id, { ...inputs, ...error.outputs, creationId });
        throw forPulumi(error, { ...inputs, creationId });
      }
    },
    async read(id, state: State) {
      try {
        const found = await model.read(id, state);
        // A blank id tells Pulumi that the object does not exist.
        if (!found) return { id: "", props: {} };
        const { outputs } = withoutUndefined(found);
        const inputs = withoutUndefined(onlyKeys(found.inputs, Object.keys(model.inputs.shape)));
        return { id, inputs, props: withoutUndefined({ ...inputs, ...outputs, creationId: state.creationId }) };
      } catch (error) {
        throw forPulumi(error, state);
      }
    },
    async update(id, olds: State, news: Inputs) {
      const { creationId } = olds;
      try {
        const outputs = await model.update(id, olds, news, holdings.heldByOthers({ id, creationId }));
        const outs = withoutUndefined({ ...news, ...outputs, creationId });
        note(id, outs);
        return { outs };
      } catch (error) {
        throw forPulumi(error, { ...news, creationId });
      }
    },
    async delete(id, state: State) {
      const holder = { id, creationId: state.creationId };
      holdings.forget(holder);
      const isHeldByAnother = holdings.heldByOthers(holder);
      if (!model.holds && isHeldByAnother(id)) return;
      try {
        await model.delete(id, state, isHeldByAnother);
      } catch (error) {
        throw forPulumi(error, state);
      }
    },
  };
}

/** A model often returns the whole state: keys that are not inputs would be shown as drift. */
const onlyKeys = <T extends object>(value: T, keys: string[]): T =>
  Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key))) as T;

/** Messages that this process has already printed in full. The process runs for one command. */
const warned = new Set<string>();

/**
 * An error for Pulumi: without a stack (Pulumi would print it), and with the partial object if one exists. A wrong key
 * fails every resource with the same message, which is printed in full once.
 */
function forPulumi(error: unknown, inputs: object): unknown {
  if (error instanceof Incomplete) {
    const properties: JsonObject = withoutUndefined({ ...inputs, ...error.outputs });
    return Object.assign(new Error(error.message), { id: error.id, properties, reasons: [error.message], stack: "" });
  }
  // An expected error is reported by its message, an unexpected one with its stack.
  if (
    !(error instanceof Error) ||
    !(isVendorError(error) || error instanceof KeyNotGiven || error.constructor === Error)
  )
    return error;
  error.stack = "";
  if (!warned.has(error.message)) {
    warned.add(error.message);
    return error;
  }
  return Object.assign(new Error(`${shortly(error)}: the same error as another resource has, which says what to do`), {
    stack: "",
  });
}

function shortly(error: Error): string {
  if (!isVendorError(error)) return "not done";
  const { vendor, status, code } = error.failure;
  return status === undefined
    ? `${vendor} gave no answer (${code ?? "connection closed"})`
    : `${vendor} answered ${status}`;
}
