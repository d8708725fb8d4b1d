import type { FaultEffect } from "../../../src/local/twins/kit/index.ts";
import type { PosthogTwin } from "../../../src/local/twins/posthog/index.ts";
import type { Lifetime } from "../lifetime.ts";
import { liveDefinitions, liveMarks, type Process, type Setting, setting } from "./support.ts";

/** Something that a command does, and what was there before it. */
export interface Scenario<Resource extends object> {
  /** Which of a process's providers it runs on. */
  resource: (process: Process) => Lifetime<Resource>;
  /** What earlier commands, and people in PostHog's app, have done. */
  before?: (at: Setting, resource: Lifetime<Resource>) => Promise<unknown>;
  /** The command. Run again in a new process until it succeeds. */
  command: (resource: Lifetime<Resource>, at: Setting) => Promise<unknown>;
  /** What must hold at the end, beyond that it is as without the fault. */
  after?: (at: Setting, resource: Lifetime<Resource>) => Promise<void>;
  twin?: Parameters<typeof setting>[0];
}

export type Fault = FaultEffect | { kind: "killed"; when: "before" | "after" };

export const faults: Record<string, Fault> = {
  "answers 500": { kind: "status", status: 500 },
  "answers 503": { kind: "status", status: 503 },
  "breaks before it is handled": { kind: "reset-before" },
  "is handled, and its answer is lost": { kind: "reset-after" },
  "is refused for 61 seconds": { kind: "status", status: 429, retryAfterSeconds: 61 },
  "is never sent, because the process is killed": { kind: "killed", when: "before" },
  "is handled, and the process is killed": { kind: "killed", when: "after" },
};

interface Write {
  method: string;
  /** Which of this method's writes, from 0. */
  index: number;
}

/** Runs the scenario with this fault on each of its writes in turn. Returns what differs from a run without, by the write. */
export async function survive<Resource extends object>(scenario: Scenario<Resource>, fault: Fault): Promise<string[]> {
  const { writes, end } = await undisturbed(scenario);
  if (writes.length === 0) throw new Error("the scenario writes nothing");
  const problems: string[] = [];
  const queue = [...writes];
  const work = async () => {
    for (let write = queue.shift(); write; write = queue.shift()) {
      const found = await disturbed(scenario, fault, write).catch((error: unknown) => String(error));
      if (found !== end) problems.push(`${write.method} ${write.index}:\n${found}\ninstead of\n${end}`);
    }
  };
  await Promise.all([work(), work(), work()]);
  return problems;
}

async function undisturbed<Resource extends object>(scenario: Scenario<Resource>) {
  await using at = await setting(scenario.twin, { times: 1000 });
  const resource = scenario.resource(at.process());
  await scenario.before?.(at, resource);
  const mark = at.twin.requests.mark();
  const inNewProcess = resource.in(scenario.resource(at.process()));
  await scenario.command(inNewProcess, at);
  const methods = at.twin.requests.since(mark).flatMap(({ method }) => (method === "GET" ? [] : [method]));
  const counts = new Map<string, number>();
  const writes = methods.map((method): Write => {
    const index = counts.get(method) ?? 0;
    counts.set(method, index + 1);
    return { method, index };
  });
  await scenario.after?.(at, inNewProcess);
  return { writes, end: await standing(at, inNewProcess) };
}

async function disturbed<Resource extends object>(
  scenario: Scenario<Resource>,
  fault: Fault,
  { method, index }: Write,
): Promise<string> {
  await using at = await setting(scenario.twin, { times: 1000 });
  let resource = scenario.resource(at.process());
  await scenario.before?.(at, resource);
  const isKill = fault.kind === "killed";
  const effect: FaultEffect = isKill ? { kind: fault.when === "before" ? "reset-before" : "reset-after" } : fault;
  at.twin.faults.add({ match: { method }, skip: index, effect });
  if (isKill) endWhenHit(at.twin);
  for (let attempt = 1; ; attempt++) {
    const next = resource.in(scenario.resource(at.process()));
    try {
      await scenario.command(next, at);
      resource = next;
      break;
    } catch (error) {
      if (attempt === 3) throw error;
      // A killed process tells nothing; one that failed tells what there is.
      if (!isKill) resource = next;
      at.twin.faults.clear();
    }
  }
  await scenario.after?.(at, resource);
  return await standing(at, resource);
}

/** As soon as the fault has hit, no other request of the process arrives. */
function endWhenHit(twin: PosthogTwin): void {
  const look = () => {
    if (twin.faults.list().length > 0) return void setImmediate(look);
    twin.faults.add({ match: {}, times: "always", effect: { kind: "reset-before" } });
  };
  setImmediate(look);
}

/** What stands in PostHog, without numbers and times, and what a refresh says of it. */
async function standing<Resource extends object>(at: Setting, resource: Lifetime<Resource>): Promise<string> {
  const { dashboards, insights, alerts } = at.twin.live();
  const plain = {
    dashboards: dashboards.map(({ name, description, tags, filters, tiles }) => ({
      ...{ name, description, tags, filters },
      tiles: tiles
        .map(({ id: _, ...tile }) => ("insight" in tile ? { ...tile, insight: tile.insight.name } : tile))
        .map((tile) => JSON.stringify(tile))
        .sort(),
    })),
    insights: insights
      .map(({ name, description, query, tags, saved }) => JSON.stringify({ name, description, query, tags, saved }))
      .sort(),
    alerts: alerts
      .map(({ id: _, insight_id: __, threshold, created_at: ___, ...rest }) =>
        JSON.stringify({ ...rest, threshold: threshold.configuration }),
      )
      .sort(),
    events: (await liveDefinitions(at)).map(({ name, description, owner, tags, verified, hidden }) =>
      JSON.stringify({ name, description, owner: owner?.email, tags: tags.toSorted(), verified, hidden }),
    ),
    marks: (await liveMarks(at)).map(({ content, scope }) => `${scope} ${content}`),
    refreshed: await resource.refresh(),
  };
  return JSON.stringify(plain, null, 2);
}
