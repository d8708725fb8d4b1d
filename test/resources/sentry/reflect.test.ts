import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/resources/kernel/json.ts";
import { alertBody, allActions } from "../../../src/resources/sentry/alert/body.ts";
import type { AlertInputs } from "../../../src/resources/sentry/alert/inputs.ts";
import { reflectAlert } from "../../../src/resources/sentry/alert/reflect.ts";
import { detectorAnswer, workflowAnswer } from "../../../src/resources/sentry/answers.ts";
import { monitorBody } from "../../../src/resources/sentry/monitor/body.ts";
import type { MonitorInputs } from "../../../src/resources/sentry/monitor/inputs.ts";
import { reflectMonitor } from "../../../src/resources/sentry/monitor/reflect.ts";
import { errorSpike, newIssue } from "./support.ts";

/** The order in which an answer lists its parts, as one number for each. */
const orders = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));
type Orders = IterableIterator<number> | Iterator<number>;

function shuffled<T>(items: readonly T[], numbers: Orders): T[] {
  return items
    .map((item) => ({ item, at: Number(numbers.next().value) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Sentry's answer to a request: assigns ids to all parts in the order they were sent, then returns them in any order. */
function answering(numbers: Orders) {
  let last = 1000;
  const id = (): string => String(++last);
  const numbered = (items: Json): JsonObject[] => (items as JsonObject[]).map((item) => ({ id: id(), ...item }));
  return {
    detector(body: JsonObject) {
      const [{ queryType, ...query } = {}] = body.dataSources as JsonObject[];
      const group = body.conditionGroup as { logicType: string; conditions: Json };
      return detectorAnswer.parse({
        ...body,
        id: id(),
        projectId: "102",
        owner: body.owner ? { type: "team", id: "7", name: "platform" } : null,
        dataSources: [
          {
            type: "snuba_query_subscription",
            queryObj: {
              snubaQuery: {
                ...query,
                extrapolationMode: query.extrapolationMode ?? "unknown",
                eventTypes: shuffled(query.eventTypes as string[], numbers),
              },
            },
          },
        ],
        conditionGroup: { ...group, id: id(), conditions: shuffled(numbered(group.conditions), numbers) },
        config: { detectionType: "static", comparisonDelta: null },
      });
    },
    workflow(body: JsonObject) {
      const triggers = body.triggers as { logicType: string; conditions: Json };
      return workflowAnswer.parse({
        ...body,
        id: id(),
        owner: body.owner ?? null,
        detectorIds: shuffled(body.detectorIds as string[], numbers),
        triggers: { ...triggers, id: id(), conditions: shuffled(numbered(triggers.conditions), numbers), actions: [] },
        actionFilters: (body.actionFilters as JsonObject[]).map((filter) => ({
          ...filter,
          id: id(),
          conditions: shuffled(numbered(filter.conditions ?? []), numbers),
          actions: shuffled(numbered(filter.actions ?? []).map(completed), numbers),
        })),
      });
    },
  };
}

/** What Sentry adds to an action. */
const completed = (action: JsonObject): JsonObject => ({
  integrationId: null,
  status: "active",
  ...action,
  config: {
    targetDisplay: null,
    targetIdentifier: null,
    ...(action.config as JsonObject),
    ...(action.type === "slack" ? { targetIdentifier: "C0123" } : {}),
  },
});

const thresholdNames = ["gt", "gte", "lt", "lte"] as const;
const threshold = fc
  .tuple(
    fc.constantFrom(...thresholdNames),
    fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
  )
  // JSON knows no -0.
  .map(([type, value]): Record<string, number> => ({ [type]: value === 0 ? 0 : value }));

const anyMonitor: fc.Arbitrary<MonitorInputs> = fc.record(
  {
    organization: fc.constant("brandvx"),
    project: fc.constant("operator-ui"),
    name: fc.string({ minLength: 1 }),
    owner: fc.constant("team:7"),
    environment: fc.constantFrom("production", "staging"),
    enabled: fc.boolean(),
    metric: fc.record(
      {
        dataset: fc.constantFrom("events", "events_analytics_platform"),
        aggregate: fc.constantFrom("count()", "p95(span.duration)"),
        query: fc.string(),
        queryType: fc.constantFrom(0, 1),
        eventTypes: fc.uniqueArray(fc.constantFrom("error", "default")),
        extrapolationMode: fc.constantFrom("unknown", "none"),
        windowSeconds: fc.integer({ min: 1, max: 1440 }).map((minutes) => minutes * 60),
      },
      { requiredKeys: ["dataset", "aggregate", "query", "queryType", "eventTypes", "windowSeconds"] },
    ),
    thresholds: fc.record(
      { high: threshold, medium: threshold, low: threshold, resolved: threshold },
      { requiredKeys: ["resolved"] },
    ),
  },
  { requiredKeys: ["organization", "project", "name", "enabled", "metric", "thresholds"] },
) as fc.Arbitrary<MonitorInputs>;

const condition = fc.oneof(
  fc.record({
    type: fc.constantFrom("event_frequency_count", "event_unique_user_frequency_count"),
    comparison: fc.record({ value: fc.nat(), interval: fc.constantFrom("1h", "1d"), filters: fc.constant([]) }),
  }),
  fc.record({ type: fc.constant("issue_priority_greater_or_equal"), comparison: fc.constantFrom(25, 50, 75) }),
  fc.record({
    type: fc.constant("tagged_event"),
    comparison: fc.record({ key: fc.string(), match: fc.constantFrom("eq", "is"), value: fc.string() }),
  }),
);
const action = fc.oneof(
  fc.record({
    type: fc.constant("email"),
    config: fc.oneof(
      fc.constant({ targetType: "issue_owners" }),
      fc.nat().map((id) => ({ targetType: "team", targetIdentifier: String(id) })),
    ),
    data: fc.constantFrom({}, { fallthroughType: "ActiveMembers" }, { fallthroughType: "NoOne" }),
  }),
  fc.record({
    type: fc.constant("slack"),
    integrationId: fc.nat().map(String),
    config: fc.record({
      targetType: fc.constant("specific"),
      targetIdentifier: fc.constant(""),
      targetDisplay: fc.stringMatching(/^[a-z][a-z-]{0,9}$/),
    }),
    data: fc.constant({}),
  }),
);
const userIds = { "ada@brandvx.example": "11", "grace@brandvx.example": "12" };
const triggerTypes = ["first_seen_event", "regression_event", "reappeared_event", "issue_resolved_trigger"];
const anyAlert: fc.Arbitrary<AlertInputs> = fc.record({
  organization: fc.constant("brandvx"),
  name: fc.string({ minLength: 1 }),
  environment: fc.constant("production"),
  enabled: fc.boolean(),
  frequencyMinutes: fc.constantFrom(0, 30, 1440),
  projectMonitors: fc.constant({ "operator-ui": "error" as const }),
  monitorIds: fc.constant(["105", "106"]),
  triggers: fc.dictionary(fc.constantFrom(...triggerTypes), fc.constant(true)),
  match: fc.constantFrom("all", "any-short"),
  conditions: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), condition, { maxKeys: 4 }),
  emails: fc.uniqueArray(fc.constantFrom(...Object.keys(userIds))),
  actions: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), action, { maxKeys: 4 }),
}) as fc.Arbitrary<AlertInputs>;
const numbersOfSentry = { projectMonitorIds: { "operator-ui": "103" }, userIds };

describe("what is live, in the words of the definition", () => {
  test("is the monitor's definition, in whatever order its conditions come", () => {
    fc.assert(
      fc.property(anyMonitor, orders, (defined, numbers) => {
        const live = answering(numbers[Symbol.iterator]()).detector(monitorBody(defined));
        expect(reflectMonitor(defined, live)).toEqual(defined);
      }),
    );
  });

  test("is the alert's definition, in whatever order its conditions, actions and monitors come", () => {
    fc.assert(
      fc.property(anyAlert, orders, (defined, numbers) => {
        const live = answering(numbers[Symbol.iterator]()).workflow(alertBody(defined, numbersOfSentry));
        expect(reflectAlert(defined, numbersOfSentry, live)).toEqual(defined);
      }),
    );
  });

  test("is another alert's definition when that one is live, so that a difference is never overlooked", () => {
    fc.assert(
      fc.property(anyAlert, anyAlert, orders, (defined, other, numbers) => {
        const live = answering(numbers[Symbol.iterator]()).workflow(alertBody(other, numbersOfSentry));
        const shown = reflectAlert(defined, numbersOfSentry, live);
        // Parts may have other keys: what matters is that writing the shown inputs would write the live alert.
        const parts = (inputs: AlertInputs) => ({
          ...{ match: inputs.match, name: inputs.name.trim(), enabled: inputs.enabled, triggers: inputs.triggers },
          frequencyMinutes: inputs.frequencyMinutes,
          conditions: sortedJson(Object.values(inputs.conditions)),
          actions: sortedJson(Object.values(allActions(inputs, numbersOfSentry)).map(withChannelLookedUp)),
        });
        expect(parts(shown)).toEqual(parts(other));
      }),
    );
  });

  test("stays the same when it is read again", () => {
    fc.assert(
      fc.property(anyAlert, anyAlert, orders, (defined, other, numbers) => {
        const live = answering(numbers[Symbol.iterator]()).workflow(alertBody(other, numbersOfSentry));
        const shown = reflectAlert(defined, numbersOfSentry, live);
        expect(reflectAlert(shown, numbersOfSentry, live)).toEqual(shown);
      }),
    );
  });

  test("names a threshold that was added by hand beside the one that was defined", () => {
    const numbers = [0.5, 0.1, 0.9][Symbol.iterator]();
    const live = answering(numbers).detector(monitorBody(errorSpike));
    live.conditionGroup?.conditions.push({ id: "1", type: "gt", comparison: 500, conditionResult: 75 });
    expect(reflectMonitor(errorSpike, live).thresholds).toEqual({ ...errorSpike.thresholds, "high (#1)": { gt: 500 } });
  });

  test("tells which of two conditions of one type was changed", () => {
    const tagged = (value: string) => ({ type: "tagged_event", comparison: { key: "plan", match: "eq", value } });
    const defined: AlertInputs = { ...newIssue, conditions: { free: tagged("free"), paid: tagged("paid") } };
    const edited: AlertInputs = { ...newIssue, conditions: { free: tagged("trial"), paid: tagged("paid") } };
    const live = answering([0.9, 0.1, 0.5, 0.3, 0.7, 0.2][Symbol.iterator]()).workflow(
      alertBody(edited, numbersOfSentry),
    );
    expect(reflectAlert(defined, numbersOfSentry, live).conditions).toEqual(edited.conditions);
  });
});

const sortedJson = (values: unknown[]): string[] => values.map((value) => JSON.stringify(canonical(value))).sort();

/** Without the order of keys and without empty values, which mean nothing to Sentry. */
const canonical = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
        .map(([key, item]) => [key, canonical(item)])
        .filter(([, item]) => !Array.isArray(item) || item.length > 0)
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
    : value;

/** A channel's id is present or not, depending on the definition that the live one is compared with. */
const withChannelLookedUp = <T extends { config: JsonObject }>(part: T): T =>
  part.config.targetType === "specific" ? { ...part, config: { ...part.config, targetIdentifier: "C0123" } } : part;
