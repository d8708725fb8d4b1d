import { z } from "zod";
import { Failure } from "../command/failure.ts";
import { refusedKeyRemedy } from "./refused-key.ts";

/** What Pulumi shows in place of a secret. */
export const secretText = "[secret]";

const state = z
  .object({
    type: z.string(),
    id: z.string().optional(),
    protect: z.boolean().optional(),
    retainOnDelete: z.boolean().optional(),
    inputs: z.record(z.string(), z.unknown()).default({}),
    outputs: z.record(z.string(), z.unknown()).default({}),
    dependencies: z.array(z.string()).nullish(),
  })
  .nullish();

const step = z.object({
  op: z.string(),
  urn: z.string(),
  oldState: state,
  newState: state,
  detailedDiff: z.record(z.string(), z.object({ kind: z.string() })).nullish(),
});

/** What `pulumi preview --json` and `pulumi refresh --preview-only --json` print (pulumi/pulumi: pkg/display/json.go). */
const previewDigest = z.object({
  /** The stack's configuration; encrypted values are {@link secretText}. */
  config: z.record(z.string(), z.string()).default({}),
  steps: z.array(step).default([]),
  diagnostics: z
    .array(z.object({ message: z.string().optional(), severity: z.string().optional(), urn: z.string().optional() }))
    .default([]),
  /** Nanoseconds. */
  duration: z.number().optional(),
});

/** One resource in a plan or a refresh. */
export interface Resource {
  readonly urn: string;
  /** Its name in the program: the last part of the URN. */
  readonly name: string;
  /** Pulumi's type token, such as `pulumi-nodejs:dynamic/posthog:Dashboard`. */
  readonly type: string;
  /** The vendor's id; undefined before it is created. */
  readonly id: string | undefined;
  readonly protect: boolean;
  /** Whether it stays at the vendor when the resource is deleted. */
  readonly retainOnDelete: boolean;
  /** Secrets are {@link secretText}. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Outputs from the vendor; empty before it is created. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

export type Change = { readonly urn: string; readonly name: string; readonly type: string } & (
  | { readonly kind: "created"; readonly after: Resource }
  | { readonly kind: "deleted"; readonly before: Resource }
  | {
      readonly kind: "changed" | "replaced";
      readonly before: Resource;
      readonly after: Resource;
      /** Pulumi's paths of the inputs that differ, such as `tiles["time-to-finish"].title`. */
      readonly paths: readonly string[];
    }
);

/** The kind of change of a resource. */
export const becomes = { created: "new", deleted: "removed", changed: "changed", replaced: "replaced" } as const;
export type Becomes = (typeof becomes)[Change["kind"]];

/** What an `up` would do; for a refresh, what was changed by hand: `before` as it was written, `after` as it is live. */
export interface Plan {
  readonly changes: readonly Change[];
  /** Every resource after the plan; the rules check these. */
  readonly resources: readonly Resource[];
  /** The stack's configuration by Pulumi's keys; encrypted values are {@link secretText}. */
  readonly configuration: Readonly<Record<string, string>>;
  /** URNs of each resource's dependencies, by its own URN. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  /** Pulumi's error messages. If there are any, the plan is incomplete. */
  readonly errors: readonly string[];
  /** URNs of resources that failed. */
  readonly failed: readonly string[];
  readonly warnings: readonly string[];
}

export const emptyPlan: Plan = {
  changes: [],
  resources: [],
  configuration: {},
  dependencies: new Map(),
  errors: [],
  failed: [],
  warnings: [],
};

/** Parses Pulumi's output. Steps that only read (`same`, `refresh`, `read`) are not changes. */
export function readPlan(json: string): Plan {
  const { config, steps: asTheyCame, diagnostics } = parse(json);
  // Sorted, since Pulumi works on many resources at once and their order differs from run to run.
  const steps = asTheyCame.toSorted((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0));
  const messagesOf = (severity: string): Said[] =>
    diagnostics
      .filter((diagnostic) => (diagnostic.severity ?? "error") === severity)
      .map(({ message = "", urn = "" }) => ({ urn, message: message.replace(leadIn, "").trim() }))
      .filter(({ message }) => message !== "")
      .map(({ message, urn }) => ({
        name: nameOf(urn),
        text: `${message}${remedyFor(message, urn)}${refusedKeyRemedy(message, typeOf(urn))}`,
      }));
  return {
    changes: steps.flatMap(changeOf),
    resources: steps.flatMap((one) => (isGone(one.op) ? [] : resourceOf(one, one.newState ?? one.oldState))),
    configuration: config,
    dependencies: new Map(
      steps.map(({ urn, newState, oldState }) => [urn, (newState ?? oldState)?.dependencies ?? []]),
    ),
    errors: withoutEcho(eachOnce(messagesOf("error"))),
    failed: failedIn(diagnostics),
    warnings: messagesOf("warning").map(({ text }) => text),
  };
}

/** What stands before a message and says nothing of its own: the engine gives the same error with it and without. */
const leadIn = /^(?:(?:error|warning): |(?:preview|refresh|update) failed: )+/i;

/** Left out: the stack and components fail whenever a part of them does. */
const failedIn = (diagnostics: z.output<typeof previewDigest>["diagnostics"]): string[] => {
  const urns = diagnostics.flatMap(({ severity = "error", urn }) => (severity === "error" && urn ? [urn] : []));
  return [...new Set(urns)].filter((urn) => !/^(pulumi|brandvx):/.test(typeOf(urn)));
};

/** Upstash's plugin fails on a database that was deleted by hand, where other plugins would create it again. */
const remedyFor = (message: string, urn: string): string =>
  /:RedisDatabase::/.test(urn) && /\b404\b|not found/i.test(message)
    ? `\n  where it was deleted at Upstash: pulumi state delete '${urn}' --force --target-dependents, then pulumi up makes a new one and names the variables to put into render.adopt`
    : "";

interface Said {
  /** URN of the resource that the message is about. */
  readonly name: string;
  readonly text: string;
}

/** How a provider refers to an error that it already reported for another resource: "Render answered 401: the same error as …". */
const again = /^(?:(\w+) (?:answered|gave no answer)[^:]*|not done): the same error as another resource has/;

/** Reports a cause once, with the names of all resources that it affects. */
function eachOnce(all: readonly Said[]): string[] {
  const firsts = all.filter(({ text }, i) => !again.test(text) && all.findIndex((other) => other.text === text) === i);
  const echoes = all.flatMap(({ name, text }) => {
    const found = again.exec(text);
    return found ? [{ name, vendor: found[1] ?? "" }] : [];
  });
  const concerns = (first: Said): string[] => {
    const same = all.filter(({ text, name }) => text === first.text && name !== first.name);
    return [...same, ...echoes.filter(({ vendor }) => meantBy(vendor, firsts) === first)].map(({ name }) => name);
  };
  const errors = firsts.map((first) => {
    const names = [...new Set(concerns(first))].filter((name) => name !== "");
    return names.length === 0 ? first.text : `${first.text}\n  this also affects: ${names.join(", ")}`;
  });
  const untold = all.filter(({ text }) => again.test(text) && firsts.length === 0).map(({ text }) => text);
  return [...errors, ...new Set(untold)];
}

/** The error that another one refers to: the first that names the vendor, or the first of all. */
const meantBy = (vendor: string, firsts: readonly Said[]): Said | undefined =>
  firsts.find(({ text }) => vendor !== "" && text.toLowerCase().includes(vendor.toLowerCase())) ?? firsts[0];

/** Left out: "preview failed" adds nothing to the error itself. */
const withoutEcho = (errors: readonly string[]): string[] => {
  const telling = errors.filter((message) => !/^(preview|refresh|update) failed$/i.test(message));
  return telling.length > 0 ? telling : [...errors];
};

function parse(json: string): z.output<typeof previewDigest> {
  try {
    return previewDigest.parse(JSON.parse(json));
  } catch {
    throw new Failure("Pulumi did not print the JSON of a preview", {
      fix: "run `pulumi preview --diff`, which shows the cause",
    });
  }
}

type Step = z.output<typeof step>;

/** Partial steps of a replacement count as its `replace` step; the rest are deletions. */
const isGone = (op: string): boolean => op === "delete" || op === "delete-replaced";

function changeOf(one: Step): Change[] {
  const [before] = resourceOf(one, one.oldState);
  const [after] = resourceOf(one, one.newState);
  const what = { urn: one.urn, name: nameOf(one.urn), type: typeOf(one.urn) };
  const paths = Object.keys(one.detailedDiff ?? {});
  switch (one.op) {
    case "create":
      return after ? [{ ...what, kind: "created", after }] : [];
    case "delete":
      return before ? [{ ...what, kind: "deleted", before }] : [];
    case "update":
    case "replace":
      return before && after
        ? [{ ...what, kind: one.op === "update" ? "changed" : "replaced", before, after, paths }]
        : [];
    default:
      return [];
  }
}

/** Skips providers and components, which exist at no vendor, and the provider's source text in a dynamic resource. */
function resourceOf({ urn }: Step, state: Step["newState"]): Resource[] {
  if (!state || /^pulumi:/.test(state.type) || /^brandvx:/.test(state.type)) return [];
  const { __provider, ...inputs } = state.inputs;
  const { type, id, protect = false, retainOnDelete = false, outputs } = state;
  return [{ urn, name: nameOf(urn), type, id, protect, retainOnDelete, inputs, outputs }];
}

export const nameOf = (urn: string): string => urn.split("::").at(-1) ?? urn;
export const typeOf = (urn: string): string => urn.split("::").at(-2)?.split("$").at(-1) ?? "";
