import type { FaultEffect, Twin, Fault as TwinFault } from "../../src/local/twins/kit/index.ts";
import type { Lifetime } from "./lifetime.ts";

/** A command's effect at a vendor, and what existed before it. */
export interface Scenario<World extends { twin: Twin } & AsyncDisposable, Inputs extends object> {
  /** A separate vendor for the test, as people have configured it. */
  start: () => Promise<World>;
  /** The resource in a new provider process, which knows nothing of an earlier one. */
  resource: (at: World) => Lifetime<Inputs>;
  /** What earlier commands, and people in the vendor's app, have done. */
  before?: ((at: World, resource: Lifetime<Inputs>) => Promise<unknown>) | undefined;
  /** The command. Run again in a new process until it succeeds. */
  command: (resource: Lifetime<Inputs>, at: World) => Promise<unknown>;
  /** What must hold at the end, besides equality with the run without the fault. */
  after?: ((at: World, resource: Lifetime<Inputs>) => Promise<void>) | undefined;
  /** All objects at the vendor, without ids and times. */
  standing: (at: World) => unknown;
}

export type Fault = FaultEffect | { kind: "killed"; when: "before" | "after" };

export const faults: Record<string, Fault> = {
  "answers 500": { kind: "status", status: 500 },
  "answers 503": { kind: "status", status: 503 },
  "answers 504": { kind: "status", status: 504 },
  "breaks before it is handled": { kind: "reset-before" },
  "is handled, and its answer is lost": { kind: "reset-after" },
  "is handled, and answers 500": { kind: "status-after", status: 500 },
  "is handled, and a proxy answers 502": { kind: "status-after", status: 502 },
  "is handled, and a proxy answers 504": { kind: "status-after", status: 504 },
  "is handled long after a proxy answered 504": { kind: "late", status: 504, delayMs: 20 },
  "is refused for 61 seconds": { kind: "status", status: 429, retryAfterSeconds: 61 },
  "is refused without a word": { kind: "status", status: 429 },
  "is never sent, because the process is killed": { kind: "killed", when: "before" },
  "is handled, and the process is killed": { kind: "killed", when: "after" },
};

/** Runs without a fault: one is enough for all faults of a scenario. */
const runs = new WeakMap<object, Promise<{ writes: Write[]; end: string }>>();

interface Write {
  method: string;
  /** Index of the write among this method's writes, from 0. */
  index: number;
}

/**
 * Runs the scenario with this fault on each of its writes in turn. Returns the differences from a run without the
 * fault, by the write.
 * @param workers worlds at once; one where the providers of a process share their settings
 */
export async function survive<World extends { twin: Twin } & AsyncDisposable, Inputs extends object>(
  scenario: Scenario<World, Inputs>,
  fault: Fault,
  workers = 1,
): Promise<string[]> {
  const run = runs.get(scenario) ?? undisturbed(scenario);
  runs.set(scenario, run);
  const { writes, end } = await run;
  if (writes.length === 0) throw new Error("the scenario writes nothing");
  const problems: string[] = [];
  const queue = [...writes];
  const work = async () => {
    for (let write = queue.shift(); write; write = queue.shift()) {
      const found = await disturbed(scenario, fault, write).catch((error: unknown) => String(error));
      if (found !== end) problems.push(`${write.method} ${write.index}:\n${found}\ninstead of\n${end}`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return problems;
}

async function undisturbed<World extends { twin: Twin } & AsyncDisposable, Inputs extends object>(
  scenario: Scenario<World, Inputs>,
) {
  await using at = await scenario.start();
  const resource = scenario.resource(at);
  await scenario.before?.(at, resource);
  const mark = at.twin.requests.mark();
  const inNewProcess = resource.in(scenario.resource(at));
  await scenario.command(inNewProcess, at);
  const methods = at.twin.requests.since(mark).flatMap(({ method }) => (method === "GET" ? [] : [method]));
  const counts = new Map<string, number>();
  const writes = methods.map((method): Write => {
    const index = counts.get(method) ?? 0;
    counts.set(method, index + 1);
    return { method, index };
  });
  await scenario.after?.(at, inNewProcess);
  return { writes, end: await seen(scenario, at, inNewProcess) };
}

async function disturbed<World extends { twin: Twin } & AsyncDisposable, Inputs extends object>(
  scenario: Scenario<World, Inputs>,
  fault: Fault,
  { method, index }: Write,
): Promise<string> {
  await using at = await scenario.start();
  let resource = scenario.resource(at);
  await scenario.before?.(at, resource);
  const isKill = fault.kind === "killed";
  const effect: FaultEffect = isKill ? { kind: fault.when === "before" ? "reset-before" : "reset-after" } : fault;
  at.twin.faults.add({ match: { method }, skip: index, effect });
  if (isKill) endWhenHit(at.twin);
  for (let attempt = 1; ; attempt++) {
    const next = resource.in(scenario.resource(at));
    try {
      await scenario.command(next, at);
      resource = next;
      if (attempt === 1 && at.twin.faults.list().length > 0) throw new Error("the fault has hit nothing");
      break;
    } catch (error) {
      if (attempt === 3) throw error;
      // A killed process returns no state; a failed one returns what it created.
      if (!isKill) resource = next;
      at.twin.faults.clear();
    }
  }
  await scenario.after?.(at, resource);
  return await seen(scenario, at, resource);
}

const everything: TwinFault = { match: {}, times: "always", effect: { kind: "reset-before" } };

/** As soon as the fault has hit, no other request of the process arrives. */
function endWhenHit(twin: Twin): void {
  const look = () => {
    if (twin.faults.list().length > 0) return void setImmediate(look);
    twin.faults.add(everything);
  };
  setImmediate(look);
}

/** The objects at the vendor, and the result of a refresh. */
async function seen<World extends { twin: Twin } & AsyncDisposable, Inputs extends object>(
  scenario: Scenario<World, Inputs>,
  at: World,
  resource: Lifetime<Inputs>,
): Promise<string> {
  return JSON.stringify({ standing: await scenario.standing(at), refreshed: await resource.refresh() }, null, 2);
}
