import { describe, expect, test } from "vitest";
import type { MonitorInputs } from "../../../src/resources/sentry/monitor/inputs.ts";
import { monitor } from "../../../src/resources/sentry/providers.ts";
import { errorSpike, givenSentry, organizationPath, resourceOf } from "./support.ts";

const { up, seen, change, remove, check } = resourceOf<MonitorInputs>(monitor);

const monitorsOf = async ({ api, project }: Awaited<ReturnType<typeof givenSentry>>) =>
  (await api.get(`${organizationPath}/detectors/?project=${project.id}&query=type:metric_issue`)).body;

describe("a monitor", () => {
  test("is made, read without a difference, changed and deleted", async () => {
    const sentry = await givenSentry();
    const { id, state } = await up(errorSpike);
    expect(await seen(id, state)).toEqual(errorSpike);

    const stricter = { ...errorSpike, thresholds: { ...errorSpike.thresholds, high: { gt: 200 } } };
    const changed = await change(id, state, stricter);
    expect(await seen(id, changed)).toEqual(stricter);

    await remove(id, changed);
    expect(await seen(id, changed)).toBeUndefined();
    await expect(remove(id, changed)).resolves.toBeUndefined();
    expect(await monitorsOf(sentry)).toEqual([]);
  });

  test("says where it is", async () => {
    const { twin } = await givenSentry();
    const { id, state } = await up(errorSpike);
    expect(state.url).toBe(`${twin.url}/organizations/brandvx/monitors/${id}/`);
  });

  test("is not written when nothing differs", async () => {
    const { writes, twin } = await givenSentry();
    const { id, state } = await up(errorSpike);
    twin.requests.clear();
    await change(id, state, errorSpike);
    expect(writes()).toEqual([]);
  });

  test("with an owner, a description and spans comes back as it was defined", async () => {
    const { team } = await givenSentry();
    const slow: MonitorInputs = {
      ...errorSpike,
      name: "Slow requests",
      owner: `team:${team.id}`,
      description: "Look at the slowest endpoint. ",
      metric: {
        dataset: "events_analytics_platform",
        aggregate: "p95(span.duration)",
        query: "span.op:http.server",
        queryType: 1,
        eventTypes: ["trace_item_span"],
        extrapolationMode: "unknown",
        windowSeconds: 3600,
      },
      thresholds: { high: { gt: 1500.5 }, resolved: { lte: 1500.5 } },
    };
    const { id, state } = await up(slow);
    expect(await seen(id, state)).toEqual(slow);
  });

  test.each<[string, object, Partial<MonitorInputs>]>([
    ["disabled", { enabled: false }, { enabled: false }],
    ["renamed", { name: "Mine" }, { name: "Mine" }],
    ["for another environment", { environment: "staging" }, { environment: "staging" }],
    ["with another window", { windowSeconds: 600 }, { metric: { ...errorSpike.metric, windowSeconds: 600 } }],
    [
      "with a lower threshold",
      { thresholds: { ...errorSpike.thresholds, high: { gt: 7 } } },
      { thresholds: { ...errorSpike.thresholds, high: { gt: 7 } } },
    ],
    [
      "without one of its thresholds",
      { thresholds: { high: { gt: 100 }, resolved: { lte: 50 } } },
      { thresholds: { high: { gt: 100 }, resolved: { lte: 50 } } },
    ],
  ])("that was changed by hand, %s, is seen and put back", async (_, change_, difference) => {
    const { api } = await givenSentry();
    const { id, state } = await up(errorSpike);
    const path = `${organizationPath}/detectors/${id}/`;
    await api.put(path, editedByHand(change_));

    expect(await seen(id, state)).toEqual({ ...errorSpike, ...difference });
    await change(id, state, errorSpike);
    expect(await seen(id, state)).toEqual(errorSpike);
  });

  test("that was made dynamic by hand is seen and put back", async () => {
    const { api } = await givenSentry();
    const { id, state } = await up(errorSpike);
    await api.put(`${organizationPath}/detectors/${id}/`, {
      ...editedByHand({}),
      config: { detectionType: "dynamic" },
    });
    expect(await seen(id, state)).toEqual({ ...errorSpike, byHand: { detectionType: "dynamic" } });
    await change(id, state, errorSpike);
    expect(await seen(id, state)).toEqual(errorSpike);
  });

  test.each([
    ["the answer is lost", { kind: "reset-after" as const }],
    ["the server fails", { kind: "status" as const, status: 500 as const }],
    ["the connection breaks before the request is handled", { kind: "reset-before" as const }],
  ])("is made exactly once when %s", async (_, effect) => {
    const sentry = await givenSentry();
    sentry.twin.faults.add({ match: { method: "POST", path: /\/detectors\// }, effect });
    const { id } = await up(errorSpike);
    expect((await monitorsOf(sentry)).map((live: { id: string }) => live.id)).toEqual([id]);
  });

  test("that an earlier run made without living to tell is taken over, and written over nobody's", async () => {
    const sentry = await givenSentry();
    const first = await up(errorSpike);
    const again = await up(errorSpike);
    expect(again.id).toBe(first.id);
    const other = await up({ ...errorSpike, thresholds: { high: { gt: 5 }, resolved: { lte: 5 } } });
    expect(other.id).not.toBe(first.id);
    expect(await monitorsOf(sentry)).toHaveLength(2);
  });

  test("is not taken for gone when the organization is the wrong one", async () => {
    await givenSentry();
    const { id, state } = await up(errorSpike);
    await expect(seen(id, { ...state, organization: "brandvy" })).rejects.toThrow(
      /there is no organization "brandvy" .* for this token/,
    );
  });

  test("that is gone when it is to be changed says what to do", async () => {
    const { api } = await givenSentry();
    const { id, state } = await up(errorSpike);
    await api.delete(`${organizationPath}/detectors/${id}/`);
    await expect(change(id, state, errorSpike)).rejects.toThrow(
      /"Error spike" is gone from Sentry: `pulumi up --refresh`/,
    );
  });

  test("with bad values is refused before anything is sent, all findings at once", async () => {
    const failures = await check({
      ...errorSpike,
      name: "",
      owner: "platform",
      metric: { ...errorSpike.metric, windowSeconds: 30 },
      thresholds: { high: { gt: 1, lt: 2 }, resolved: {} },
    });
    expect(failures).toEqual([
      { property: "name", reason: 'a monitor needs a name (it is "")' },
      { property: "owner", reason: 'is a team or a user by its number: team:123 (it is "platform")' },
      {
        property: "metric.windowSeconds",
        reason: "a window is at least 60 seconds: this is not in minutes (it is 30)",
      },
      { property: "thresholds.high", reason: 'is one comparison, such as { gt: 100 } (it is {"gt":1,"lt":2})' },
      { property: "thresholds.resolved", reason: "is one comparison, such as { gt: 100 } (it is {})" },
    ]);
  });
});

/** The monitor as a person could leave it in Sentry. */
function editedByHand(edit: {
  enabled?: boolean;
  name?: string;
  environment?: string;
  windowSeconds?: number;
  thresholds?: MonitorInputs["thresholds"];
}) {
  const { high, medium, resolved } = edit.thresholds ?? errorSpike.thresholds;
  const condition = (comparison: object | undefined, conditionResult: number) =>
    Object.entries(comparison ?? {}).map(([type, value]) => ({ type, comparison: value, conditionResult }));
  return {
    projectId: "operator-ui",
    type: "metric_issue",
    name: edit.name ?? errorSpike.name,
    description: null,
    enabled: edit.enabled ?? true,
    owner: null,
    dataSources: [
      {
        aggregate: "count()",
        dataset: "events",
        environment: edit.environment ?? "production",
        eventTypes: ["error"],
        query: "",
        queryType: 0,
        timeWindow: edit.windowSeconds ?? 3600,
      },
    ],
    conditionGroup: {
      logicType: "any",
      conditions: [...condition(high, 75), ...condition(medium, 50), ...condition(resolved, 0)],
    },
    config: { detectionType: "static" },
  };
}
