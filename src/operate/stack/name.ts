import { Failure } from "../command/failure.ts";

/** A stack as Pulumi names it: `production`, `acme/production` or `acme/brandvx-observability/production`. */
export interface StackName {
  readonly organization?: string | undefined;
  readonly project?: string | undefined;
  /** The last part, which `getStack()` returns and the configuration file is named after. */
  readonly stage: string;
}

/**
 * Parses a stack's name.
 * @throws Failure when the text is not the name of a stack
 */
export function stackNameOf(name: string): StackName {
  const parts = name.split("/");
  const [stage = "", ...before] = parts.toReversed();
  if (parts.length > 3 || parts.some((part) => !/^[\w.-]{1,100}$/.test(part))) {
    throw new Failure(`"${name}" is not the name of a stack`, {
      fix: "name it as `pulumi stack ls` does: <stack>, <organization>/<stack> or <organization>/<project>/<stack>",
    });
  }
  const [project, organization] = before.length === 2 ? before : [undefined, before[0]];
  return { organization, project, stage };
}

/** Whether two names can mean the same stack: parts that only one of them has are ignored. */
export function canBeSameStack(one: StackName, other: StackName): boolean {
  const agree = (a: string | undefined, b: string | undefined) => a === undefined || b === undefined || a === b;
  return one.stage === other.stage && agree(one.organization, other.organization) && agree(one.project, other.project);
}
