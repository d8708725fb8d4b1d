import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { nameOf } from "../src/operate/plan/plan.ts";
import { undecidedIn, undecidedText } from "../src/operate/policy/check.ts";
import type { Rule, Subject } from "../src/operate/policy/rule.ts";
import { rules } from "../src/operate/policy/rules.ts";

/** `--policy-pack-config` may switch the protection of data off, for a stack that may be thrown away. */
const configSchema: NonNullable<ResourceValidationPolicy["configSchema"]> = {
  properties: { protect: { type: "boolean", default: true } },
};

/** The rules of `obs preview` and `obs drift`, without those that need what a pack does not get: whether a value is secret, and whether a resource is retained. */
const shown: readonly Rule[] = rules.filter(({ needs }) => needs === undefined);

/** Each rule as a policy. */
export const policies: ResourceValidationPolicy[] = shown.map(policyOf);

function policyOf({ name, says, check }: Rule): ResourceValidationPolicy {
  return {
    name,
    description: `${says}.`,
    configSchema,
    validateResource: (args, report) => {
      const { protect = true } = args.getConfig<{ protect?: boolean }>();
      for (const { problem, fix } of check(subjectOf(args), { protect })) report(`${problem}: ${fix}`);
    },
  };
}

/** Printed once, and not after the update, when every value is known. */
export const knownAfterUpdate: StackValidationPolicy = {
  name: "known-after-update",
  description: "Says which rules a preview cannot look at in full, since some values are known only after the update.",
  enforcementLevel: "advisory",
  validateStack: ({ resources }, report) => {
    const undecided = undecidedIn(shown, resources.map(subjectOf));
    if (undecided.length > 0)
      report(`some values are known only after the update, which checks these again: ${undecidedText(undecided)}`);
  },
};

type Validated = Pick<
  Parameters<NonNullable<StackValidationPolicy["validateStack"]>>[0]["resources"][number],
  "urn" | "type" | "props" | "opts"
>;

const subjectOf = ({ urn, type, props, opts }: Validated): Subject => ({
  ...{ urn, type, name: nameOf(urn), protect: opts.protect },
  inputs: withUnknowns(props) as Subject["inputs"],
});

/** The same without Pulumi's proxies, which throw when a value that is not known yet is read. */
function withUnknowns(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  // Reading a property descriptor bypasses the proxy.
  const entries = Object.entries(Object.getOwnPropertyDescriptors(value)).map(
    ([key, one]) => [key, withUnknowns(one.value)] as const,
  );
  return Array.isArray(value)
    ? entries.filter(([key]) => key !== "length").map(([, item]) => item)
    : Object.fromEntries(entries);
}
