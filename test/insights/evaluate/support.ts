import {
  type EvaluationContext,
  evaluate,
  type FunnelStepItem,
  type OpenOptions,
  openEvents,
  type StoredEvent,
  type TrendsItem,
} from "../../../src/insights/evaluate/index.ts";

/** "2020-01-09" is noon of that day, "2020-01-09 10:00" and "2020-01-09 10:00:00" that time, in UTC. */
export function at(text: string): string {
  if (text.length === 10) return `${text}T12:00:00Z`;
  return `${text.replace(" ", "T")}${text.length === 16 ? ":00" : ""}Z`;
}

/** One event for each time. */
export function does(
  person: string,
  event: string,
  times: readonly string[],
  properties: Record<string, unknown> = {},
): StoredEvent[] {
  return times.map((time) => ({ event, distinct_id: person, timestamp: at(time), properties }));
}

/** Events at these seconds after midnight of 2026-01-01; letters are names of events: `{ A: [0, 10], B: [20] }`. */
export function seconds(
  person: string,
  events: Record<string, readonly number[]>,
  properties: Record<string, unknown> = {},
): StoredEvent[] {
  return Object.entries(events).flatMap(([event, times]) =>
    times.map((time) => ({ event, distinct_id: person, timestamp: Date.UTC(2026, 0, 1) + time * 1000, properties })),
  );
}

type Asking = Partial<Omit<EvaluationContext, "now">> & { readonly now?: string };

/** What PostHog would answer; `now` as in {@link at}. */
export async function ask(
  events: readonly StoredEvent[],
  query: Record<string, unknown>,
  { now = "2026-01-02", ...context }: Asking = {},
  options: OpenOptions & { persons?: readonly (readonly [string, string])[] } = {},
) {
  await using table = await openEvents({ threads: 1, ...options });
  table.append(events);
  if (options.persons) await table.mapPersons(options.persons);
  return await evaluate(table, query, { now: new Date(at(now)), ...context });
}

export async function askTrend(
  ...[events, query, context, options]: Parameters<typeof ask>
): Promise<readonly TrendsItem[]> {
  const answer = await ask(events, { kind: "TrendsQuery", ...query }, context, options);
  if (answer.kind !== "trends") throw new Error(`not a trend but ${answer.kind}`);
  return answer.results;
}

/** The steps of a funnel without a breakdown. */
export async function askFunnel(
  ...[events, query, context, options]: Parameters<typeof ask>
): Promise<readonly FunnelStepItem[]> {
  const answer = await ask(events, { kind: "FunnelsQuery", ...query }, context, options);
  if (answer.kind !== "funnel steps") throw new Error(`not the steps of a funnel but ${answer.kind}`);
  return answer.results as readonly FunnelStepItem[];
}

/** The funnels of each breakdown value: its value, and people by step. */
export async function askFunnels(...[events, query, context, options]: Parameters<typeof ask>) {
  const answer = await ask(events, { kind: "FunnelsQuery", ...query }, context, options);
  if (answer.kind !== "funnel steps") throw new Error(`not the steps of a funnel but ${answer.kind}`);
  const groups = answer.results as readonly (readonly FunnelStepItem[])[];
  return groups.map((steps) => ({ value: steps[0]?.breakdown_value, counts: counts(steps) }));
}

export const counts = (steps: readonly FunnelStepItem[]) => steps.map(({ count }) => count);

export const node = (event: string | null, more: Record<string, unknown> = {}) => ({
  kind: "EventsNode",
  event,
  ...more,
});

export const nodes = (...events: readonly string[]) => events.map((event) => node(event));
