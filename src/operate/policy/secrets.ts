import { environment, type VariableName } from "../../catalog/environment.ts";
import { isObject } from "../../insights/define/check/json.ts";
import { credentialIn } from "../../model/credentials.ts";
import { hasUnknown, isUnknown } from "../../model/unknown.ts";
import { allCredentials } from "../../model/vendors/index.ts";
import { hasOpenSet, variableSets } from "../changes/variable-sets.ts";
import { secretText } from "../plan/plan.ts";
import type { Rule, Subject, Violation } from "./rule.ts";

/** Configuration keys that hold credentials: they must be encrypted, or better stay in the environment. */
const secretKeys = new Set(allCredentials.flatMap(({ configKey, isPublic }) => (isPublic ? [] : configKey)));

export const noPlainSecret: Rule = {
  name: "no-plain-secret",
  says: "No credential stands in a stack's configuration or state as plain text",
  needs: "secrecy",
  isOpen: ({ inputs }) => hasUnknown(inputs),
  check: ({ inputs }) =>
    textsIn(inputs).flatMap(({ path, text }) => {
      const what = credentialIn(text);
      return what === undefined
        ? []
        : [
            {
              problem: `\`${path}\` is ${what}, as plain text`,
              fix: "mark it as a secret where it is made (`pulumi.secret`), and make a new one: this one stands in state and logs",
            },
          ];
    }),
  checkConfiguration: (configuration) =>
    Object.entries(configuration).flatMap(([key, value]) => {
      if (value === secretText || value === "") return [];
      const what = secretKeys.has(key) ? "a key" : credentialIn(value);
      return what === undefined
        ? []
        : [
            {
              problem: `the configuration \`${key}\` is ${what}, as plain text`,
              fix: `run \`pulumi config rm ${key}\`, make a new key, and put that one into the environment or run \`pulumi config set --secret ${key}\``,
            },
          ];
    }),
};

export const secretVariables: Rule = {
  name: "secret-variables",
  says: "A variable that the credential map calls secret is a secret at its vendor, too",
  isOpen: (subject) =>
    hasOpenSet(subject) || statedVariables(subject).some(({ visibility }) => visibility === "unknown"),
  check: (subject) =>
    variableSets(subject).flatMap((set) =>
      Object.entries(set.variables).flatMap(([name, { visibility }]) =>
        visibility === "public" && isSecretVariable(name)
          ? [
              {
                problem: `\`${name}\` of ${set.app} is written to ${set.vendor} as plain text`,
                fix: "write it as a secret: `src/platform` takes the visibility from `src/catalog/environment.ts`",
              },
            ]
          : [],
      ),
    ),
};

const statedVariables = (subject: Subject) =>
  variableSets(subject).flatMap(({ variables }) => Object.values(variables));

const isSecretVariable = (name: string): boolean =>
  Object.hasOwn(environment, name) && environment[name as VariableName].visibility === "secret";

function textsIn(value: unknown, path = ""): { path: string; text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, `${path}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, path === "" ? key : `${path}.${key}`));
}

const redisType = "upstash:index/redisDatabase:RedisDatabase";

export const redisOverTls: Rule = {
  name: "redis-over-tls",
  says: "Redis is reached over TLS",
  isOpen: (subject) =>
    (subject.type === redisType && isUnknown(subject.inputs.tls)) ||
    hasOpenSet(subject) ||
    statedVariables(subject).some(({ value }) => isUnknown(value)),
  check: (subject) => {
    const off =
      subject.type === redisType && subject.inputs.tls !== true && !isUnknown(subject.inputs.tls)
        ? [
            {
              problem: "the Redis database does not set TLS (tls: true)",
              fix: "set `tls: true`; without it the plugin would delete the database and make a new, empty one",
            },
          ]
        : [];
    return [...off, ...plainAddresses(subject)];
  },
};

function plainAddresses(subject: Subject): Violation[] {
  return variableSets(subject).flatMap(({ app, variables }) =>
    Object.entries(variables)
      .filter(([, { value }]) => typeof value === "string" && value.startsWith("redis://"))
      .map(([name]) => ({
        problem: `\`${name}\` of ${app} is an address of Redis without TLS (redis://)`,
        fix: "use the `rediss://` address",
      })),
  );
}
