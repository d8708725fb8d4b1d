import { z } from "zod";
import {
  conditionsIn,
  deepestTree,
  depthOf,
  drops,
  eventFilterModes,
  type FilterNode,
  mostConditions,
} from "../../../model/posthog/event-filter.ts";

const condition = z.strictObject({
  type: z.literal("condition"),
  field: z.enum(["event_name", "distinct_id"]),
  operator: z.enum(["exact", "contains"]),
  value: z.string().min(1, "is empty"),
});
const node: z.ZodType<FilterNode> = z.lazy(() =>
  z.union([
    condition,
    z.strictObject({ type: z.enum(["and", "or"]), children: z.array(node) }),
    z.strictObject({ type: z.literal("not"), child: node }),
  ]),
);

const testCase = z.strictObject({
  event_name: z.string(),
  distinct_id: z.string(),
  expected_result: z.enum(["drop", "ingest"]),
});

/** Inputs of an `EventFilter` resource. The tree is true for what is dropped. */
export const eventFilterInputs = z
  .object({
    projectId: z.int().positive(),
    mode: z.enum(eventFilterModes),
    tree: node
      .refine((tree) => conditionsIn(tree).length > 0, "has no condition: it would drop nothing")
      .refine(
        (tree) => conditionsIn(tree).length <= mostConditions,
        `has more than ${mostConditions} conditions, which PostHog refuses`,
      )
      .refine((tree) => depthOf(tree) <= deepestTree, `is deeper than ${deepestTree}, which PostHog refuses`),
    testCases: z.array(testCase),
  })
  .superRefine(({ tree, testCases }, { addIssue }) => {
    for (const [index, { expected_result: expected, ...event }] of testCases.entries()) {
      const result = drops(tree, event) ? "drop" : "ingest";
      if (result !== expected)
        addIssue({
          code: "custom",
          path: ["testCases", index],
          message: `the filter would ${result} ${event.event_name} of ${event.distinct_id}, and is to ${expected} it`,
        });
    }
  });
export type EventFilterInputs = z.infer<typeof eventFilterInputs>;

export interface EventFilterOutputs {
  /** Whether this PostHog has event filters. Older releases have none, and then nothing is filtered. */
  isAvailable: boolean;
}
