import type {
  EventFilterDefinition,
  EventFilterMode,
  FilterCondition,
  FilterTestCase,
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
  const known = [...new Map(names.map(conditionFor).map((one) => [one.value, one])).values()];
  return {
    mode,
    tree: {
      type: "or",
      children: [
        ...notInIds.map((value) => ({ type: "condition", field: "distinct_id", operator: "contains", value }) as const),
        named("contains", "@"),
        {
          type: "not",
          child: { type: "or", children: [...others, ...known.filter(({ value }) => !value.startsWith("$"))] },
        },
      ],
    },
    testCases: [
      ...[...names, "$identify", "obs.smoke_test"].map((name) => testCase(name, opaqueId, "ingest")),
      testCase("planted.unknown_event", opaqueId, "drop"),
      testCase("ada@example.com signed in", opaqueId, "drop"),
      ...["ada.planted@example.com", "Ada Planted"].map((id) => testCase(names[0] ?? "$pageview", id, "drop")),
    ],
  };
}

/**
 * An area for names in dot.case (`onboarding.`), else the whole name: a filter has 20 conditions at most. A condition that is too
 * wide lets an unknown event pass, and never drops a known one.
 */
function conditionFor(name: string): FilterCondition {
  const [area] = /^[a-z_]+\./.exec(name) ?? [];
  return area === undefined ? named("exact", name) : named("contains", area);
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
