import * as z from "zod";
import { logicType, newCondition, ownerField } from "./detector-rules.ts";
import { textField } from "./http.ts";
import type { ActionFilter, SentryModel, Workflow } from "./model.ts";

/*
 * The valid fields of an alert. Source: the published OpenAPI's text of POST …/workflows/ (types, comparisons); it
 * spells an hour as 1hr in its text and as 1h in its examples: both are accepted.
 */
const interval = z.enum(["1min", "5min", "15min", "1h", "1hr", "1d", "1w", "30d"]);
const match = z.enum(["co", "nc", "eq", "ne", "sw", "ew", "is", "ns"]);
const count = z.number().min(0);
const filters = z
  .array(
    z.looseObject({
      match: match.optional(),
      value: z.string().nullish(),
      key: z.string().nullish(),
      attribute: z.string().nullish(),
    }),
  )
  .optional();
const overTime = z.object({ value: count, interval, filters });
const comparedOverTime = z.object({ value: count, interval, comparisonInterval: interval, filters });

const condition = <Type extends string, Comparison extends z.ZodType>(type: Type, comparison: Comparison) =>
  z.looseObject({ type: z.literal(type), comparison, conditionResult: z.unknown() });

const triggerTypes = [
  ...["first_seen_event", "regression_event", "reappeared_event", "issue_resolved_trigger", "seer_activity_trigger"],
  // Older types, which Sentry's default alert still uses.
  ...["new_high_priority_issue", "existing_high_priority_issue", "every_event"],
] as const;
const trigger = z.looseObject({ type: z.enum(triggerTypes), comparison: z.unknown(), conditionResult: z.unknown() });

const filterCondition = z.discriminatedUnion("type", [
  condition(
    "age_comparison",
    z.object({
      time: z.enum(["minute", "hour", "day", "week"]),
      value: count,
      comparisonType: z.enum(["older", "newer"]),
    }),
  ),
  condition(
    "assigned_to",
    z.object({
      targetType: z.enum(["Unassigned", "NoOne", "Member", "Team"]),
      targetIdentifier: z.union([z.string(), z.int()]).nullish(),
    }),
  ),
  condition("event_attribute", z.object({ attribute: z.string(), match, value: z.string().nullish() })),
  condition("event_frequency_count", overTime),
  condition("event_frequency_percent", comparedOverTime),
  condition("event_unique_user_frequency_count", overTime),
  condition("event_unique_user_frequency_percent", comparedOverTime),
  condition("percent_sessions_count", overTime),
  condition("percent_sessions_percent", comparedOverTime),
  condition("issue_category", z.object({ value: z.int(), include: z.boolean().optional() })),
  condition("issue_type", z.object({ value: z.string(), include: z.boolean().optional() })),
  condition("issue_occurrences", z.object({ value: count })),
  condition("issue_priority_greater_or_equal", z.literal([75, 50, 25])),
  condition("issue_priority_equals", z.literal([75, 50, 25])),
  condition("issue_priority_deescalating", z.unknown()),
  condition("latest_release", z.literal(true)),
  condition(
    "latest_adopted_release",
    z.object({
      environment: z.string(),
      ageComparison: z.enum(["older", "newer"]),
      releaseAgeType: z.enum(["oldest", "newest"]),
    }),
  ),
  condition("level", z.object({ level: z.int(), match: z.enum(["eq", "gte", "lte"]) })),
  condition("tagged_event", z.object({ key: z.string(), match, value: z.string().nullish() })),
]);

/** Actions of an integration: they need its id. */
const integrationActions = [
  "slack",
  "pagerduty",
  "discord",
  "msteams",
  "opsgenie",
  "vsts",
  "jira",
  "jira_server",
  "github",
  "github_enterprise",
] as const;
const actionParts = {
  data: z.record(z.string(), z.unknown()).default({}),
  status: z.string().optional(),
};
const action = z.discriminatedUnion("type", [
  z.looseObject({
    ...actionParts,
    type: z.literal("email"),
    integrationId: z.null().optional(),
    config: z
      .looseObject({ targetType: z.enum(["issue_owners", "team", "user"]), targetIdentifier: z.string().nullish() })
      .refine(
        ({ targetType, targetIdentifier }) => targetType === "issue_owners" || Boolean(targetIdentifier),
        "targetIdentifier is required for a team or a user.",
      ),
    data: z.looseObject({ fallthroughType: z.enum(["ActiveMembers", "AllMembers", "NoOne"]).nullish() }).default({}),
  }),
  z.looseObject({
    ...actionParts,
    type: z.literal(integrationActions),
    integrationId: z.string("This field is required."),
    config: z.looseObject({ targetType: z.literal("specific") }),
  }),
  z.looseObject({
    ...actionParts,
    type: z.literal(["webhook", "plugin", "sentry_app"]),
    integrationId: z.string().nullish(),
    config: z.record(z.string(), z.unknown()).default({}),
  }),
]);

const actionFilter = z.looseObject({
  logicType,
  conditions: z.array(filterCondition).default([]),
  actions: z.array(action).default([]),
});

export const workflowBody = z.looseObject({
  id: z.string().optional(),
  name: textField(256),
  enabled: z.boolean().default(true),
  environment: z.string().nullish(),
  config: z.looseObject({ frequency: z.int().min(0) }).default({ frequency: 30 }),
  detectorIds: z.array(z.coerce.string()).default([]),
  triggers: z
    .looseObject({ logicType: logicType.default("any-short"), conditions: z.array(trigger).default([]) })
    .default({
      logicType: "any-short",
      conditions: [],
    }),
  actionFilters: z.array(actionFilter).default([]),
  owner: ownerField,
});
export type WorkflowBody = z.output<typeof workflowBody>;

/** The stored parts of a request, with new ids in the request's order. */
export function workflowParts(
  body: WorkflowBody,
  newId: SentryModel["newId"],
): Pick<Workflow, "triggers" | "actionFilters"> {
  return {
    triggers: {
      id: newId(),
      logicType: body.triggers.logicType,
      conditions: body.triggers.conditions.map((each) => newCondition(each, newId)),
    },
    actionFilters: body.actionFilters.map(
      (filter): ActionFilter => ({
        id: newId(),
        logicType: filter.logicType,
        conditions: filter.conditions.map((each) => newCondition(each, newId)),
        actions: filter.actions.map((each) => ({
          id: newId(),
          type: each.type,
          integrationId: each.integrationId ?? null,
          data: each.data,
          config: storedConfig(each.type, each.config),
          status: "active",
        })),
      }),
    ),
  };
}

/** Sentry completes a config: absent targets become null, and a Slack channel's id is looked up by its name. */
function storedConfig(type: string, config: Record<string, unknown>): Record<string, unknown> {
  const complete: Record<string, unknown> = { targetDisplay: null, targetIdentifier: null, ...config };
  if (type === "slack" && !complete.targetIdentifier && typeof complete.targetDisplay === "string")
    complete.targetIdentifier = channelId(complete.targetDisplay);
  return complete;
}

/** A generated id, always the same for the same channel. */
function channelId(channel: string): string {
  let hash = 0;
  for (const letter of channel) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 36 ** 8;
  return `C${hash.toString(36).toUpperCase().padStart(8, "0")}`;
}
