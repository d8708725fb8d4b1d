import { Config, type CustomResourceOptions, getProject, getStack, type Input, type Output } from "@pulumi/pulumi";
import { DynamicResource } from "../../kernel/resource.ts";

export interface FeatureFlagArguments {
  /** The key that apps ask for: letters, digits, - and _. Unique in the project. */
  key: string;
  /** What is different for who has it. */
  meaning: string;
  /** Responsible team; a tag in PostHog. */
  owner: string;
  /**
   * The switch: off is off for everybody.
   * @default true
   */
  active?: boolean;
  /** Who gets it: the first rule that a person fulfils, and within whose rollout they are, decides. */
  rules: readonly {
    /** Conditions on a person's properties, in PostHog's words; all have to hold. Empty: everybody. */
    readonly conditions: readonly { readonly key: string; readonly operator: string; readonly value?: unknown }[];
    /** 0 to 100 per cent. */
    readonly rolloutPercent: number;
    /**
     * The variant for all of them.
     * @default by the variants' shares
     */
    readonly variant?: string | undefined;
  }[];
  /**
   * The variants with their shares in per cent, together 100, in the order that decides which persons get which.
   * @default none: the flag is true or false
   */
  variants?: readonly { readonly key: string; readonly percent: number }[] | undefined;
  /**
   * What people may change in PostHog: no drift, and not put back.
   * @default nothing
   */
  handledInPostHog?: readonly ("active" | "rollout")[];
  /**
   * Number of the project, from its address in PostHog.
   * @default `posthog:projectId` of the stack
   */
  projectId?: Input<number>;
}

/**
 * A feature flag in PostHog. One with the same key is taken over if it gives everybody the same value, else named and left
 * alone. A flag that an experiment uses, or that PostHog is to change at a set time, is not overwritten.
 *
 * @example
 * new FeatureFlag("ask-streaming", {
 *   key: "ask-streaming",
 *   meaning: "The answer is shown while it is written",
 *   owner: "ai",
 *   rules: [{ conditions: [], rolloutPercent: 10 }],
 * });
 */
export class FeatureFlag extends DynamicResource {
  /** Address of the flag in PostHog. */
  declare readonly url: Output<string>;

  constructor(name: string, args: FeatureFlagArguments, options?: CustomResourceOptions) {
    const { projectId } = args;
    super(
      "posthog:FeatureFlag",
      { module: "@brandvx/resources/posthog/providers", name: "featureFlag" },
      name,
      {
        projectId: projectId ?? new Config("posthog").requireNumber("projectId"),
        ...flagInputs(name, args),
      },
      ["url", "withoutTags"],
      options,
    );
  }
}

/** The inputs of a flag beside its project. @param name of the resource */
export const flagInputs = (name: string, args: Omit<FeatureFlagArguments, "projectId">) => {
  const { key, meaning, owner, active = true, rules, variants, handledInPostHog = [] } = args;
  const managedBy = `${getProject()}/${getStack()}/${name}`;
  return { managedBy, key, meaning, owner, active, rules, variants, handledInPostHog };
};
