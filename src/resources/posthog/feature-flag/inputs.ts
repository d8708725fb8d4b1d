import { z } from "zod";
import { posthogTextProblem } from "../../../model/posthog/texts.ts";
import { stripped, vendorText } from "../../../model/text.ts";
import { ownerName } from "../tags.ts";

/** A condition on a property of a person, in PostHog's words. */
const condition = z.object({
  key: z.string().min(1),
  /** Only where it is not a person's property: "cohort", "flag" or "group". */
  type: z.string().optional(),
  operator: z.string().min(1),
  value: z.unknown().optional(),
});
export type FlagCondition = z.infer<typeof condition>;

const rule = z.object({
  conditions: z.array(condition),
  /** 0 to 100 per cent. */
  rolloutPercent: z.number().min(0).max(100),
  variant: z.string().optional(),
});
export type FlagRuleInputs = z.infer<typeof rule>;

/** Inputs of a `FeatureFlag` resource. */
export const featureFlagInputs = z.object({
  projectId: z.int().positive(),
  /** `<Pulumi project>/<stack>/<resource>`: the owner of the flag. */
  managedBy: ownerName,
  key: z.string().regex(/^[a-zA-Z0-9_-]{1,400}$/, "a flag's key has letters, digits, - and _, at most 400"),
  meaning: vendorText("a flag needs a meaning: what is different for who has it", (text) =>
    posthogTextProblem(text),
  ).overwrite(stripped),
  owner: z.string().min(1, "a flag needs an owner"),
  active: z.boolean(),
  rules: z.array(rule),
  /** In their order, which decides which persons get which. */
  variants: z.array(z.object({ key: z.string().min(1), percent: z.number().min(0).max(100) })).optional(),
  handledInPostHog: z.array(z.enum(["active", "rollout"])),
  /** Only in live state: tags that somebody removed. The next `up` restores them. */
  missingTags: z.array(z.string()).optional(),
  /** Only in live state: what a definition cannot say, by PostHog's name for it. The next `up` removes it. */
  setByHand: z.looseObject({}).optional(),
  /** Only in live state: experiments that use the flag while it differs. No `up` writes it. */
  experiments: z.array(z.string()).optional(),
  /** Only in live state: changes that PostHog will make at a time that somebody set. No `up` removes or outruns them. */
  scheduledChanges: z.array(z.string()).optional(),
});
export type FeatureFlagInputs = z.infer<typeof featureFlagInputs>;

export interface FeatureFlagOutputs {
  /** Address of the flag in PostHog. */
  url: string;
  /** This PostHog stores no tags. */
  withoutTags?: boolean | undefined;
}
