import { RunError, runtime } from "@pulumi/pulumi";
import { runningStack, untaintCommand } from "../settings/commands.ts";

/** Something at a vendor that keeps a resource from being made or changed. */
export interface Obstacle {
  /** What is so, and what the commands do: "the Sentry team platform already exists; to take it over as it is:". */
  problem: string;
  /** Commands, as a shell takes them. */
  commands: readonly string[];
  /** The command for what an `up` of this stack made itself, and lost when it failed. */
  ifOwn?: string | undefined;
}

const all: Obstacle[] = [];

/**
 * Ends the run because of these. A preview goes on to its end first and then tells all of them at once; an `up` makes nothing
 * of what it has been told.
 * @param urn the resource that is not made or changed
 * @throws Error in an `up`
 */
export function refuse(found: readonly Obstacle[], urn: string): void {
  if (found.length === 0) return;
  if (!runtime.isDryRun()) throw new Error([...linesOf(found), ...ifTainted(urn)].join("\n"));
  if (all.length === 0) process.once("beforeExit", () => raise());
  all.push(...found);
}

/** Nothing waits any more: every resource has been looked at. */
function raise(): never {
  const error = new RunError(obstacleReport(runningStack(), all));
  // After the program's end Pulumi prints the stack of an error, a RunError's, too.
  error.stack = error.message;
  throw error;
}

/** All of them as one text, each once. */
export function obstacleReport(stack: string, found: readonly Obstacle[]): string {
  const lines = linesOf(found);
  const count = new Set(found.map(({ problem }) => problem)).size;
  const what = count === 1 ? "1 thing at the vendors keeps" : `${count} things at the vendors keep`;
  const taken = found.some(({ commands }) => commands.length > 0)
    ? ["What is not this stack's is not to be taken over: name another one (docs/settings.md)."]
    : [];
  return [`${what} stack "${stack}" from being deployed as it is`, ...lines.map((line) => `  ${line}`), ...taken].join(
    "\n",
  );
}

/** What is replaced exists, too: where somebody asked for that with a taint, taking it back is the way out. */
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
