import type { dynamic } from "@pulumi/pulumi";
import type { z } from "zod";
import { findProblems } from "./check.ts";
import { Incomplete, isVendorError } from "./errors.ts";
import { type JsonObject, sameJson, withoutUndefined } from "./json.ts";

/** Where a provider reads the stack's configuration: `get("posthog:host")`. Values are strings, secrets in clear. */
export interface Configuration {
  get(key: string): string | undefined;
}

/**
 * What a kind of resource is, apart from Pulumi: its inputs and how it is made, read, changed and deleted.
 * Inputs and outputs have different keys; Pulumi's state of a resource is both together.
 */
export interface Model<Inputs extends object, Outputs extends object> {
  /** Validates the inputs. Problems are reported all at once, before anything is sent. */
  inputs: z.ZodObject & z.ZodType<Inputs>;
  /** Inputs that cannot be changed on a living object: a change makes a new one. */
  identity: readonly (keyof Inputs & string)[];
  /** Inputs that hold secrets: a problem with something in them does not repeat it. */
  secrets?: readonly (keyof Inputs & string)[];
  /** Told the configuration once in each provider process, before anything else. Must not throw. */
  configure(configuration: Configuration): void;
  /** @throws Incomplete when the object exists but is not finished. */
  create(inputs: Inputs): Promise<{ id: string; outputs: Outputs }>;
  /** What is live, told in the terms of `state`; undefined when it is gone. */
  read(id: string, state: Inputs & Outputs): Promise<{ inputs: Inputs; outputs: Outputs } | undefined>;
  /** @throws Incomplete when only some of it was changed. */
  update(id: string, olds: Inputs & Outputs, news: Inputs): Promise<Outputs>;
  /** Something that is gone already is a success. */
  delete(id: string, state: Inputs & Outputs): Promise<void>;
}

/**
 * Speaks Pulumi's dynamic provider protocol for a model. What each method must return is not in the SDK's types:
 * - `diff` names replacements only, so that the engine compares the inputs itself and a preview shows each path;
 * - `read` returns inputs beside outputs, so that a refresh shows each path, too;
 * - an incomplete object carries all inputs in `properties`, since they hold the provider's own text.
 */
export function dynamicProvider<Inputs extends object, Outputs extends object>(
  model: Model<Inputs, Outputs>,
): dynamic.ResourceProvider {
  type State = Inputs & Outputs;
  return {
    // Assigned before the first await: a concurrent call does not wait for `configure`.
    async configure({ config }) {
      model.configure(config);
    },
    async check(_olds, news) {
      const { __provider, ...inputs } = news;
      return { inputs: news, failures: findProblems(model.inputs, inputs, model.secrets) };
    },
    async diff(_id, olds, news) {
      return { replaces: model.identity.filter((key) => !sameJson(olds[key], news[key])) };
    },
    async create(inputs: Inputs) {
      try {
        const { id, outputs } = await model.create(inputs);
        return { id, outs: withoutUndefined({ ...inputs, ...outputs }) };
      } catch (error) {
        throw forPulumi(error, inputs);
      }
    },
    async read(id, state: State) {
      try {
        const found = await model.read(id, state);
        // A blank id is how a provider says that the object is gone.
        if (!found) return { id: "", props: {} };
        const { outputs } = withoutUndefined(found);
        const inputs = withoutUndefined(onlyKeys(found.inputs, Object.keys(model.inputs.shape)));
        return { id, inputs, props: { ...inputs, ...outputs } };
      } catch (error) {
        throw forPulumi(error, state);
      }
    },
    async update(_id, olds: State, news: Inputs) {
      try {
        return { outs: withoutUndefined({ ...news, ...(await model.update(_id, olds, news)) }) };
      } catch (error) {
        throw forPulumi(error, news);
      }
    },
    async delete(id, state: State) {
      try {
        await model.delete(id, state);
      } catch (error) {
        throw forPulumi(error, state);
      }
    },
  };
}

/** A model often starts from the whole state: what is not an input would show as drift. */
const onlyKeys = <T extends object>(value: T, keys: string[]): T =>
  Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key))) as T;

/** What this process has told in full. It lives for one command. */
const told = new Set<string>();

/**
 * An error as Pulumi wants it: without a stack (it prints it), and with what exists when something does. A wrong key fails
 * every resource alike: it is told in full once.
 */
function forPulumi(error: unknown, inputs: object): unknown {
  if (error instanceof Incomplete) {
    const properties: JsonObject = withoutUndefined({ ...inputs, ...error.outputs });
    return Object.assign(new Error(error.message), { id: error.id, properties, reasons: [error.message], stack: "" });
  }
  // What is thrown on purpose is told in words; a stack is for what nobody expected.
  if (!(error instanceof Error) || !(isVendorError(error) || error.constructor === Error)) return error;
  error.stack = "";
  if (!told.has(error.message)) {
    told.add(error.message);
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
