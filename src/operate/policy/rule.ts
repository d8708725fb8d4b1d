import { isUnknown } from "../../model/unknown.ts";

/** A resource as a rule sees it: planned, live, or about to be created. */
export interface Subject {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly protect: boolean;
  /** Whether it stays at its vendor when the resource is deleted; undefined when Pulumi does not provide it (policy packs). */
  readonly retainOnDelete?: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Settings of the checked stack that rules depend on. */
export interface PolicyContext {
  /** Whether resources with data must be protected: false for a throw-away stack. */
  readonly protect: boolean;
}

export interface Violation {
  /** The problem, understandable with only the resource's name as context. */
  readonly problem: string;
  readonly fix: string;
}

/** A rule that every stack must obey, checked for each resource. Pure. */
export interface Rule {
  readonly name: string;
  /** The rule itself, as a sentence. */
  readonly says: string;
  /**
   * What it needs that a policy pack does not get: a pack sees all values in clear, but few of a resource's options
   * (pulumirpc.AnalyzerResourceOptions). Only `obs` checks such a rule.
   */
  readonly needs?: "secrecy" | "retainOnDelete";
  /** Whether it depends on a value known only after the update, so that a preview cannot confirm it. */
  readonly isOpen?: (subject: Subject) => boolean;
  /** Violations of a resource. A value that is not known yet is no violation. */
  readonly check: (subject: Subject, context: PolicyContext) => Violation[];
  /** The same for the stack's configuration; encrypted values are "[secret]". */
  readonly checkConfiguration?: (configuration: Readonly<Record<string, string>>) => Violation[];
}

export const isBlankText = (value: unknown): boolean =>
  !isUnknown(value) && (typeof value !== "string" || value.trim() === "");
