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
  said: string;
  found: Set<Operation>;
  met: Set<Operation>;
  metAt: number;
  told: boolean;
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

  function causeOf({ word, said }: Refusal): Cause {
    const known = causes.get(word);
    if (known) return known;
    const cause: Cause = {
      since: new Date(),
      said,
      found: new Set(),
      met: new Set(),
      metAt: 0,
      told: false,
      findable: false,
    };
    causes.set(word, cause);
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

  function tell(word: string, cause: Cause): void {
    cause.told = true;
    const some = cause.found.size === 0 ? "some " : "";
    troubles.begin(word, {
      kind: "redis-refuses",
      message: `Redis refuses ${some}${listed(operationsOf(cause))} (${cause.said}). These use this process's memory until it takes them.`,
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
      const cause = causeOf(refusal);
      cause.met.add(operation);
      cause.metAt = now();
      return isNews;
    },

    found(refusals) {
      for (const cause of causes.values()) cause.found.clear();
      for (const [operation, refusal] of refusals) causeOf(refusal).found.add(operation);
      // A refusal of single keys may not concern others, so calls are still tried.
      refused = new Set([...refusals].filter(([, { ofKey }]) => !ofKey).map(([operation]) => operation));
      for (const [word, cause] of causes) {
        if (cause.found.size > 0) cause.findable = true;
        const lately = !cause.findable && now() - cause.metAt < metForMs;
        if (cause.found.size === 0 && !lately) over(word, cause);
        else if (!cause.told) tell(word, cause);
      }
    },

    detail() {
      if (causes.size === 0) return { status: "ok" };
      const reasons = [...causes].map(
        ([word, cause]): RefusalReason => ({
          word,
          said: cause.said,
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

function operationsOf({ found, met }: Cause): Operation[] {
  return operations.filter((operation) => found.has(operation) || met.has(operation));
}

function listed(some: readonly Operation[]): string {
  const words = some.map((operation) => plural[operation]);
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : (words[0] ?? "commands");
}
