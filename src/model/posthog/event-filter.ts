/*
 * PostHog's event filter: what a project does not take in, by an event's name and distinct id alone. Source:
 * posthog/models/event_filter_config.py.
 */

/** live: matching events are dropped, for good. dry_run: they are counted and stored. disabled: nothing is looked at. */
export const eventFilterModes = ["disabled", "dry_run", "live"] as const;
export type EventFilterMode = (typeof eventFilterModes)[number];

export interface FilterCondition {
  readonly type: "condition";
  readonly field: "event_name" | "distinct_id";
  readonly operator: "exact" | "contains";
  readonly value: string;
}

/** A tree that is true for the events to drop. */
export type FilterNode =
  | FilterCondition
  | { readonly type: "and" | "or"; readonly children: readonly FilterNode[] }
  | { readonly type: "not"; readonly child: FilterNode };

/** An event that PostHog tries the tree on when it is saved. */
export interface FilterTestCase {
  readonly event_name: string;
  readonly distinct_id: string;
  readonly expected_result: "drop" | "ingest";
}

/** The filter of a project, as one definition. */
export interface EventFilterDefinition {
  readonly mode: EventFilterMode;
  readonly tree: FilterNode;
  readonly testCases: readonly FilterTestCase[];
}

export const mostConditions = 20;
export const deepestTree = 5;

export function conditionsIn(node: FilterNode): readonly FilterCondition[] {
  if (node.type === "condition") return [node];
  return node.type === "not" ? conditionsIn(node.child) : node.children.flatMap(conditionsIn);
}

export function depthOf(node: FilterNode): number {
  if (node.type === "condition") return 0;
  if (node.type === "not") return 1 + depthOf(node.child);
  return Math.max(0, ...node.children.map((child) => 1 + depthOf(child)));
}

/** Whether the event is dropped. A group without children drops nothing. */
export function drops(node: FilterNode, event: Pick<FilterTestCase, "event_name" | "distinct_id">): boolean {
  switch (node.type) {
    case "condition":
      return node.operator === "exact" ? event[node.field] === node.value : event[node.field].includes(node.value);
    case "not":
      return !drops(node.child, event);
    case "and":
      return node.children.length > 0 && node.children.every((child) => drops(child, event));
    case "or":
      return node.children.some((child) => drops(child, event));
  }
}

/** The tree as PostHog saves it: without empty groups, groups of one child collapsed, a group at the root. */
export function saved(node: FilterNode): FilterNode | null {
  const kept = pruned(node);
  return kept === null || kept.type === "and" || kept.type === "or" ? kept : { type: "or", children: [kept] };
}

function pruned(node: FilterNode): FilterNode | null {
  if (node.type === "condition") return node;
  if (node.type === "not") {
    const child = pruned(node.child);
    return child && { ...node, child };
  }
  const children = node.children.map(pruned).filter((child) => child !== null);
  const [only = null] = children;
  return children.length > 1 ? { ...node, children } : only;
}
