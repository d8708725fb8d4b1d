import type { ResourceValidationPolicy } from "@pulumi/policy";
import { nameOf } from "../src/operate/plan/plan.ts";
import type { Rule } from "../src/operate/policy/rule.ts";
import { rules } from "../src/operate/policy/rules.ts";

/** `--policy-pack-config` may switch the protection of data off, for a stack that may be thrown away. */
const configSchema: NonNullable<ResourceValidationPolicy["configSchema"]> = {
  properties: { protect: { type: "boolean", default: true } },
};

/**
 * The rules that `obs preview` and `obs drift` run, as a policy pack, without those that need what a pack is not shown: whether
 * a value is secret, and whether a resource is retained.
 */
export const policies: ResourceValidationPolicy[] = rules.filter(({ needs }) => needs === undefined).map(policyOf);

function policyOf({ name, says, check }: Rule): ResourceValidationPolicy {
  return {
    name,
    description: `${says}.`,
    configSchema,
    validateResource: ({ urn, type, props, opts, getConfig }, report) => {
      const { protect = true } = getConfig<{ protect?: boolean }>();
      const subject = { urn, type, name: nameOf(urn), protect: opts.protect, inputs: props };
      for (const { problem, fix } of check(subject, { protect })) report(`${problem}: ${fix}`);
    },
  };
}
