import {
  type ComponentResourceOptions,
  type CustomResourceOptions,
  type Output,
  type ResourceOptions,
  runtime,
  unsecret,
} from "@pulumi/pulumi";

export interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  /** Inputs that contain a secret. The mock engine, unlike the real one, does not say where in them. */
  secretInputs: string[];
  options: CustomResourceOptions;
}

/** Pulumi's mocks know no hooks: they are accepted, and never run. Call it after `setMocks`. */
export function acceptHooks(): void {
  const monitor = runtime.getMonitor() as unknown as Record<string, unknown>;
  monitor.registerResourceHook = (_request: unknown, done: (error: null, answer: object) => void) => done(null, {});
}

/** Runs a part of the program without an engine, and returns what it registers. `answers` are the providers' outputs, by type. */
export async function registering<Made>(
  make: (options: ComponentResourceOptions) => Made,
  answers: Record<string, Record<string, unknown>> = {},
): Promise<{
  made: Made;
  types: string[];
  resource: (type: string) => Registered;
  every: Omit<Registered, "options">[];
}> {
  const registered = new Map<string, Omit<Registered, "options">>();
  const every: Omit<Registered, "options">[] = [];
  const options = new Map<string, ResourceOptions>();
  await runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ type, name, inputs, id }) => {
        const secretInputs = Object.keys(inputs).filter((key) => runtime.isRpcSecret(inputs[key]));
        registered.set(type, { type, name, inputs, secretInputs });
        every.push({ type, name, inputs, secretInputs });
        return { id: id || name, state: { ...inputs, ...answers[type] } };
      },
    },
    "brandvx-observability",
    "test",
  );
  acceptHooks();
  const made = make({
    transformations: [
      ({ type, opts }) => {
        options.set(type, opts);
        return undefined;
      },
    ],
  });
  await runtime.disconnect();
  const resource = (type: string): Registered => {
    const found = registered.get(type);
    if (!found) throw new Error(`no ${type} was registered, only ${[...registered.keys()].join(", ")}`);
    const inputs = Object.entries(found.inputs).map(([key, value]) => [key, runtime.unwrapRpcSecret(value)]);
    return { ...found, inputs: Object.fromEntries(inputs), options: options.get(type) ?? {} };
  };
  return { made, types: [...registered.keys()], resource, every };
}

/** The value of an output, secret or not. */
export const resolved = <Value>(output: Output<Value>): Promise<Value> =>
  new Promise((resolve) => unsecret(output).apply((value) => resolve(value as Value)));
