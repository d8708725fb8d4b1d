import { RunError, runtime } from "@pulumi/pulumi";
import { runningStack, untaintCommand } from "../settings/commands.ts";

/** Something at a vendor that prevents a resource from being created or changed. */
export interface Obstacle {
  /** The fact, and what the commands do: "the Sentry team platform already exists; to take it over as it is:". */
  problem: string;
  /** Commands, ready for a shell. */
  commands: readonly string[];
  /** The command for what an `up` of this stack created itself, and lost when it failed. */
  ifOwn?: string | undefined;
}

const all: Obstacle[] = [];

/**
 * Ends the run because of these. A preview runs to its end first and then reports all of them at once; an `up` creates
 * none of the reported resources.
 * @param urn the resource that is not created or changed
 * @throws Error in an `up`
 */
export function refuse(found: readonly Obstacle[], urn: string): void {
  if (found.length === 0) return;
  if (!runtime.isDryRun()) throw new Error([...linesOf(found), ...ifTainted(urn)].join("\n"));
  if (all.length === 0) process.once("beforeExit", () => raise());
  all.push(...found);
}

/** Nothing is pending: every resource has been checked. */
function raise(): never {
  const error = new RunError(obstacleReport(runningStack(), all));
  // After the program's end Pulumi prints the stack of every error, also of a RunError.
  error.stack = error.message;
  throw error;
}

/** All of them as one text, without duplicates. */
export function obstacleReport(stack: string, found: readonly Obstacle[]): string {
  const lines = linesOf(found);
  const count = new Set(found.map(({ problem }) => problem)).size;
  const what = count === 1 ? "1 thing at the vendors keeps" : `${count} things at the vendors keep`;
  const takeOverHint = found.some(({ commands }) => commands.length > 0)
    ? ["What is not this stack's is not to be taken over: name another one (docs/settings.md)."]
    : [];
  return [
    `${what} stack "${stack}" from being deployed as it is`,
    ...lines.map((line) => `  ${line}`),
    ...takeOverHint,
  ].join("\n");
}

/** A resource to be replaced exists, too: if that was requested with a taint, untainting it is the way out. */
const ifTainted = (urn: string): string[] => [
  "  or, if it is replaced because of `pulumi state taint`, so that it stays as it is:",
  `    ${untaintCommand(runningStack(), urn)}`,
];

const linesOf = (found: readonly Obstacle[]): string[] =>
  [...new Map(found.map((one) => [one.problem, one])).values()].flatMap(({ problem, commands, ifOwn }) => [
    problem,
    ...commands.map((command) => `    ${command}`),
    ...(ifOwn === undefined
      ? []
      : ["  or, if an `up` of this stack made it and then failed, back into its state:", `    ${ifOwn}`]),
  ]);
