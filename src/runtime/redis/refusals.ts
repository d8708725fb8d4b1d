import type { Troubles } from "../shared/troubles.ts";
import type { Refusals } from "./check.ts";
import type { Notice } from "./notice.ts";
import { type Operation, operations, type Refusal } from "./outcome.ts";
import type { RedisDetail, RefusalReason } from "./status.ts";

/** Operations that Redis refuses, found by tests and by calls. Each cause is one error code of the server. */
export interface CurrentRefusals {
  /** Whether to skip calls. Refusals of single keys, and those that tests do not find, are still tried. */
  has(operation: Operation): boolean;
  said(word: string): boolean;
  readonly any: boolean;
  /** Records a refused call; returns whether it is new. */
  met(operation: Operation, refusal: Refusal): boolean;
  /** Records a test's result: other refusals have ended, unless calls met them recently. */
  found(refusals: Refusals): void;
  detail(): RedisDetail;
}

interface Cause {
  readonly since: Date;
  /** The server's own words for each operation: one error code may stand for several commands. */
  readonly said: Map<Operation, string>;
  found: Set<Operation>;
  met: Set<Operation>;
  metAt: number;
  /** Operations that a log line has named. */
  readonly logged: Set<Operation>;
  /** Whether tests find it: then it ends as soon as a test does not find it. */
  findable: boolean;
}

/** Milliseconds without a refused call after which a refusal that tests do not find has ended. */
const metForMs = 30_000;

const plural: Readonly<Record<Operation, string>> = {
  read: "reads",
  write: "writes",
  script: "scripts",
  delete: "deletes",
  publish: "events",
};

export function createRefusals(troubles: Troubles<Notice>, now: () => number): CurrentRefusals {
  const causes = new Map<string, Cause>();
  let refused = new Set<Operation>();

  function causeOf(operation: Operation, { word, said }: Refusal): Cause {
    const cause = causes.get(word) ?? {
      ...{ since: new Date(), said: new Map<Operation, string>(), logged: new Set<Operation>() },
      ...{ found: new Set<Operation>(), met: new Set<Operation>(), metAt: 0, findable: false },
    };
    causes.set(word, cause);
    cause.said.set(operation, said);
    return cause;
  }

  function over(word: string, cause: Cause): void {
    causes.delete(word);
    const what = listed(operationsOf(cause));
    troubles.end(word, (seconds): Notice => {
      return {
        kind: "redis-takes",
        message: `Redis takes ${what} again, which it refused for ${seconds} s (${word}).`,
      };
    });
  }

  /** Logs the first line of a cause, and one for each operation that it later concerns as well. */
  function log(word: string, cause: Cause): void {
    const isFirst = cause.logged.size === 0;
    const concerned = operationsOf(cause).filter(
      (each) => isFirst || (cause.found.has(each) && !cause.logged.has(each)),
    );
    if (concerned.length === 0) return;
    for (const operation of concerned) cause.logged.add(operation);
    const what = `${cause.found.size === 0 ? "some " : ""}${listed(concerned)}${isFirst ? "" : " as well"}`;
    // The line at the end names them all: a later one has none of its own, and so comes once in a process.
    troubles.begin(isFirst ? word : `${word} ${concerned}`, {
      kind: "redis-refuses",
      message: `Redis refuses ${what} (${saidOf(cause, concerned)}). ${fallback(concerned)}`,
    });
  }

  return {
    has: (operation) => refused.size > 0 && refused.has(operation),
    said: (word) => causes.has(word),
    get any() {
      return causes.size > 0;
    },

    met(operation, refusal) {
      const isNews = !causes.has(refusal.word);
      const cause = causeOf(operation, refusal);
      cause.met.add(operation);
      cause.metAt = now();
      return isNews;
    },

    found(refusals) {
      for (const cause of causes.values()) cause.found.clear();
      for (const [operation, refusal] of refusals) causeOf(operation, refusal).found.add(operation);
      // A refusal of single keys may not concern others, so calls are still tried.
      refused = new Set([...refusals].filter(([, { ofKey }]) => !ofKey).map(([operation]) => operation));
      for (const [word, cause] of causes) {
        if (cause.found.size > 0) cause.findable = true;
        const lately = !cause.findable && now() - cause.metAt < metForMs;
        if (cause.found.size === 0 && !lately) over(word, cause);
        else log(word, cause);
      }
    },

    detail() {
      if (causes.size === 0) return { status: "ok" };
      const reasons = [...causes].map(
        ([word, cause]): RefusalReason => ({
          word,
          said: saidOf(cause, operationsOf(cause)),
          operations: operationsOf(cause),
          ...(operationsOf(cause).every((operation) => !refused.has(operation)) && { someKeys: true }),
          since: cause.since.toISOString(),
        }),
      );
      const nothingWorks = refused.has("read") && refused.has("write") && refused.has("script");
      return { status: nothingWorks ? "error" : "degraded", reasons };
    },
  };
}

function saidOf({ said }: Cause, some: readonly Operation[]): string {
  return [...new Set(some.map((operation) => said.get(operation)))].join("; ");
}

function fallback(some: readonly Operation[]): string {
  return some.every((operation) => operation === "publish")
    ? "They reach this process alone until it takes them."
    : "These use this process's memory until it takes them.";
}

function operationsOf({ found, met }: Cause): Operation[] {
  return operations.filter((operation) => found.has(operation) || met.has(operation));
}

function listed(some: readonly Operation[]): string {
  const words = some.map((operation) => plural[operation]);
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : (words[0] ?? "commands");
}
