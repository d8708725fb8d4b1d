/** Source of a variable's value. */
export type ValueOrigin = {
  /** A secret value cannot feed a public variable. */
  readonly visibility: "public" | "secret";
  /** What the value is, for a person. */
  readonly what: string;
  /** A stack may have no value: then the variable is not made. */
  readonly optional?: true;
} & (
  | { readonly kind: "configuration" /** Pulumi's configuration key. */; readonly key: string }
  | { readonly kind: "output" /** Which part of the stack makes it. */; readonly of: string }
);

/**
 * All sources of variables, by name. The part before the dot is the component that has the value:
 * `sentry.browserDsn` is `browserDsn` of the program's `sentry`.
 */
export const valueOrigins = {
  "posthog.projectKey": {
    visibility: "public",
    kind: "configuration",
    key: "posthog:projectKey",
    what: "the key of PostHog's project that sends events (phc_…); it can write and not read, and stands in the browser's bundle",
  },
  "posthog.ingestHost": {
    visibility: "public",
    kind: "configuration",
    key: "posthog:ingestHost",
    what: "where events are sent to",
  },
  "posthog.flagsKey": {
    visibility: "secret",
    kind: "configuration",
    key: "posthog:flagsKey",
    what: "the secret key of PostHog's project (phs_…), with which servers read the definitions of feature flags; it cannot change anything",
    optional: true,
  },
  "sentry.browserDsn": {
    visibility: "public",
    kind: "output",
    of: "the key of Sentry's browser project",
    what: "where the browser app's errors are sent to; stands in its bundle",
  },
  "sentry.serverDsn": {
    visibility: "secret",
    kind: "output",
    of: "the key of Sentry's server project",
    what: "where the backend's errors are sent to; nobody else can fill the project, or its quota, without it",
  },
  "sentry.tracesSampleRate": {
    visibility: "public",
    kind: "configuration",
    key: "brandvx-observability:sentryTracesSampleRate",
    what: "share of requests that are traced",
  },
  stage: {
    visibility: "public",
    kind: "configuration",
    key: "brandvx-observability:environment",
    what: "name of the stage, as Sentry's alerts know it",
  },
  "redis.url": {
    visibility: "secret",
    kind: "output",
    of: "the Upstash database",
    what: "address of Redis with its password",
  },
} as const satisfies Readonly<Record<string, ValueOrigin>>;

export type ValueOriginName = keyof typeof valueOrigins;

/** Values that anybody may see. */
export type PublicValueOriginName = {
  [Name in ValueOriginName]: (typeof valueOrigins)[Name]["visibility"] extends "public" ? Name : never;
}[ValueOriginName];

/** Values that a stack may do without. */
type OptionalValueOriginName = {
  [Name in ValueOriginName]: (typeof valueOrigins)[Name] extends { readonly optional: true } ? Name : never;
}[ValueOriginName];

/** Whether a stack may have no value of this source. */
export const isOptionalOrigin = (name: ValueOriginName): boolean => "optional" in valueOrigins[name];

type Group<Name extends string> = Name extends `${infer Before}.${string}` ? Before : Name;
type Leaf<Name extends string, Of extends string> = Name extends `${Of}.${infer After}` ? After : never;

/** Some of these values as a program has them: `{ posthog: { projectKey, ingestHost }, stage }`. */
export type ValuesByOrigin<Name extends ValueOriginName, Value> = {
  readonly [Of in Group<Name>]: Of extends Name
    ? Value
    : { readonly [Key in Leaf<Exclude<Name, OptionalValueOriginName>, Of>]: Value } & {
        readonly [Key in Leaf<Extract<Name, OptionalValueOriginName>, Of>]?: Value | undefined;
      };
};

/** Takes one value out of {@link ValuesByOrigin}. Undefined when a program in plain JavaScript left it out. */
export function valueFromOrigin<Value>(values: object, origin: ValueOriginName): Value | undefined {
  return origin.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], values) as
    | Value
    | undefined;
}
