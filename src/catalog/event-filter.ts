import {
  type EventFilterDefinition,
  type EventFilterMode,
  type FilterCondition,
  type FilterNode,
  type FilterTestCase,
  mostConditions,
} from "../model/posthog/event-filter.ts";

/**
 * What PostHog does with an event that no app of BrandVX sends by its helpers: one whose name the catalog does not have, or
 * whose id shows a person. `dry_run` counts such events and stores them, so that nothing is lost until somebody has looked at
 * the counts (PostHog: Data management > Event filtering). `live` drops them for good.
 */
export const eventFilterMode: EventFilterMode = "dry_run";

/** Names that are not in the catalog and pass: PostHog's own, and the marks of `obs`. */
const others = [named("contains", "$"), named("contains", "obs.")];

/** What an id of the class `id` (privacy.ts) never has, and a person's address or name does. */
const notInIds = ["@", " "];

/** The filter that follows from a catalog, with a test case for each of its events. */
export function eventFilterOf(
  catalog: Readonly<Record<string, unknown>>,
  mode = eventFilterMode,
): EventFilterDefinition {
  const names = Object.keys(catalog);
  const persons = [
    ...notInIds.map((value) => ({ type: "condition", field: "distinct_id", operator: "contains", value }) as const),
    named("contains", "@"),
  ];
  const known = conditionsFor(names, mostConditions - persons.length - others.length);
  const unknown: FilterNode[] = known ? [{ type: "not", child: { type: "or", children: [...others, ...known] } }] : [];
  return {
    mode,
    tree: { type: "or", children: [...persons, ...unknown] },
    testCases: [
      ...[...names, "$identify", "obs.smoke_test"].map((name) => testCase(name, opaqueId, "ingest")),
      ...(known ? [testCase("planted_unknown_event", opaqueId, "drop")] : []),
      testCase("ada@example.com signed in", opaqueId, "drop"),
      ...["ada.planted@example.com", "Ada Planted"].map((id) => testCase(names[0] ?? "$pageview", id, "drop")),
    ],
  };
}

/**
 * Conditions that are true for the catalog's events, at most `most`: by area for names in dot.case (`onboarding.`), else the
 * whole name; all names in dot.case together where there are too many areas. A condition that is too wide lets an unknown event
 * pass, and never drops a known one.
 *
 * @returns undefined where even these are too many: then events are not looked at by name
 */
function conditionsFor(names: readonly string[], most: number): readonly FilterCondition[] | undefined {
  const ours = names.filter((name) => !name.startsWith("$"));
  const byArea = (area: RegExp) =>
    ours.map((name) => {
      const [found] = area.exec(name) ?? [];
      return found === undefined ? named("exact", name) : named("contains", found);
    });
  return [byArea(/^[a-z_]+\./), byArea(/\./)]
    .map((conditions) => [...new Map(conditions.map((one) => [one.value, one])).values()])
    .find(({ length }) => length <= most);
}

function named(operator: FilterCondition["operator"], value: string): FilterCondition {
  return { type: "condition", field: "event_name", operator, value };
}

const opaqueId = "01938a5e-7c41-7d2b-9f10-3a4b5c6d7e8f";

const testCase = (
  event_name: string,
  distinct_id: string,
  expected_result: FilterTestCase["expected_result"],
): FilterTestCase => ({ event_name, distinct_id, expected_result });
