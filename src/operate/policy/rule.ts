import { isUnknown } from "../../model/unknown.ts";

/** A resource as a rule sees it: planned, live, or about to be made. */
export interface Subject {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly protect: boolean;
  /** Whether it stays at its vendor when the resource goes; undefined where Pulumi does not say (policy packs). */
  readonly retainOnDelete?: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What rules take from the stack that they look at. */
export interface PolicyContext {
  /** Whether what holds data has to be protected: false for a stack that may be thrown away. */
  readonly protect: boolean;
}

export interface Violation {
  /** What is wrong, in words that need no context but the resource's name. */
  readonly problem: string;
  readonly fix: string;
}

/** A rule that every stack must hold, looked at resource by resource. Pure. */
export interface Rule {
  readonly name: string;
  /** The rule itself, as a sentence. */
  readonly says: string;
  /**
   * What it needs that Pulumi does not show to a policy pack, which sees all values in clear and few of a resource's options
   * (pulumirpc.AnalyzerResourceOptions): such a rule is checked by `obs` alone.
   */
  readonly needs?: "secrecy" | "retainOnDelete";
  /** Whether something that it looks at is known only after the update, so that a preview cannot say that it holds. */
  readonly isOpen?: (subject: Subject) => boolean;
  /** What is not known yet breaks no rule. */
  readonly check: (subject: Subject, context: PolicyContext) => Violation[];
  /** The same for the stack's configuration; encrypted values are "[secret]". */
  readonly checkConfiguration?: (configuration: Readonly<Record<string, string>>) => Violation[];
}

export const isBlankText = (value: unknown): boolean =>
  !isUnknown(value) && (typeof value !== "string" || value.trim() === "");
